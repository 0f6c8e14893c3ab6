"""Reading back what strips show: from the mock's bytes and pins, or from a WLED node itself."""

import contextlib
from collections import deque
from collections.abc import Callable, Iterable
from typing import Protocol

from gpiozero import Device

from hardware.mocks.apa102_reader import Apa102Chain
from hardware.mocks.lightmock import LightMockFactory, Transfer
from hardware.mocks.shift_reader import ShiftChain
from hardware.mocks.ws2812_reader import Ws2812Chain
from hardware.pins import ensure_pins
from hardware.strips.wiring import (
    Apa102Wiring,
    GpioWiring,
    ShiftWiring,
    StripWiring,
    WledWiring,
    Ws2812Wiring,
)
from hardware.trouble import DeviceError


class StripReader(Protocol):
    def rgb(self) -> bytes:
        """3 bytes a pixel as the strip shows them now (gamma applied); empty when it cannot tell every pixel.

        Raises DeviceError when it does not answer.
        """


def open_readers(strips: Iterable[StripWiring]) -> dict[str, StripReader]:
    """A reader for each strip that can be read back, by name; a wire to real LEDs cannot."""
    mock = _mock()
    found = {strip.name: _reader(strip, mock) for strip in strips}
    return {name: reader for name, reader in found.items() if reader is not None}


def _mock() -> LightMockFactory | None:
    with contextlib.suppress(DeviceError):  # a machine without pins may have network nodes
        ensure_pins()
    return Device.pin_factory if isinstance(Device.pin_factory, LightMockFactory) else None


def _reader(strip: StripWiring, factory: LightMockFactory | None) -> StripReader | None:
    if isinstance(strip.chips, WledWiring):
        from hardware.strips.wled import WledReader

        return WledReader(strip, strip.chips)
    if factory is None:
        return None
    match strip.chips:
        case Apa102Wiring(_, order, _):
            apa102 = Apa102Chain(strip.pixels, order, sk9822=True)  # the stricter of the two chips
            return _BusReader(factory, strip.name, lambda transfer: apa102.clock_in(transfer.data), apa102.rgb)
        case Ws2812Wiring(_, order):
            ws2812 = Ws2812Chain(strip.pixels, order)
            return _BusReader(
                factory, strip.name, lambda transfer: ws2812.clock_in(transfer.data, transfer.rate_hz), ws2812.rgb
            )
        case ShiftWiring():
            shift = ShiftChain(strip.pixels)
            return _BusReader(factory, strip.name, lambda transfer: shift.clock_in(transfer.data), shift.rgb)
        case GpioWiring():
            return _PinReader(factory, strip.chips)
        case _:
            return None


class _BusReader:
    """Keeps the transfers of one strip and decodes them when asked, not in the thread that drives the lights."""

    def __init__(
        self, factory: LightMockFactory, strip: str, clock_in: Callable[[Transfer], None], rgb: Callable[[], bytes]
    ) -> None:
        self._strip, self._clock_in, self._rgb = strip, clock_in, rgb
        self._transfers: deque[Transfer] = deque()
        factory.listeners.append(self._listen)

    def _listen(self, transfer: Transfer) -> None:
        if transfer.strip == self._strip:
            self._transfers.append(transfer)

    def rgb(self) -> bytes:
        while self._transfers:
            self._clock_in(self._transfers.popleft())
        return self._rgb()


class _PinReader:
    """The levels of mock pins; a dimmed LED's level is how much of the time it is on."""

    def __init__(self, factory: LightMockFactory, chips: GpioWiring) -> None:
        self._factory, self._chips = factory, chips

    def rgb(self) -> bytes:
        return b"".join(self._led(pins) for pins in self._chips.leds)

    def _led(self, pins: tuple[int, ...]) -> bytes:
        levels = bytes(map(self._level, pins))
        return levels if len(pins) == 3 else levels * 3

    def _level(self, number: int) -> int:
        pin = self._factory.pin(number)
        if pin.function != "output":
            return 0
        level: float = pin.state if self._chips.active_high else 1 - pin.state
        return round(255 * level)
