"""Opening a strip by its wiring; each driver is loaded when it is used."""

from typing import assert_never

from hardware.strips.wiring import (
    Apa102Wiring,
    GpioWiring,
    NoWiring,
    ShiftWiring,
    StripDriver,
    StripWiring,
    WledWiring,
    Ws2812Wiring,
)


def open_driver(wiring: StripWiring) -> StripDriver:
    """The driver for a strip's chips. Raises DeviceError."""
    match wiring.chips:
        case Apa102Wiring():
            from hardware.strips.apa102 import Apa102

            return Apa102(wiring, wiring.chips)
        case Ws2812Wiring():
            from hardware.strips.ws2812 import Ws2812

            return Ws2812(wiring, wiring.chips)
        case ShiftWiring():
            from hardware.strips.shift import ShiftRegisters

            return ShiftRegisters(wiring, wiring.chips)
        case GpioWiring():
            from hardware.strips.gpio_leds import GpioLeds

            return GpioLeds(wiring.chips)
        case WledWiring():
            from hardware.strips.wled import Wled

            return Wled(wiring, wiring.chips)
        case NoWiring():
            return NoLight()
        case _:
            assert_never(wiring.chips)


class NoLight(StripDriver):
    """For shelves without light."""

    def write(self, frame: bytes) -> None:
        pass

    def close(self) -> None:
        pass
