"""LEDs on the Pi's own pins: gpiozero's LED for a plain one, its RGBLED for a coloured one."""

from typing import Any

from gpiozero import LED, RGBLED

from hardware.pins import ensure_pins, pin_failed
from hardware.strips.wiring import GpioWiring, StripDriver


class GpioLeds(StripDriver):
    def __init__(self, chips: GpioWiring) -> None:
        ensure_pins()
        self._leds: list[Any] = []
        self._pins = chips.leds
        try:
            for pins in chips.leds:
                device = RGBLED if len(pins) == 3 else LED
                self._leds.append(device(*pins, active_high=chips.active_high))
        except Exception as broken:
            self.close()
            raise pin_failed(broken, ", ".join(map(str, pins))) from broken
        self._shown = bytes(3 * len(self._leds))

    def write(self, frame: bytes) -> None:
        """A plain LED is lit by any colour."""
        try:
            for number, led in enumerate(self._leds):
                rgb = frame[3 * number : 3 * number + 3]
                if rgb != self._shown[3 * number : 3 * number + 3]:
                    led.value = tuple(value / 255 for value in rgb) if isinstance(led, RGBLED) else any(rgb)
        except Exception as broken:
            raise pin_failed(broken, ", ".join(map(str, self._pins[number]))) from broken
        self._shown = bytes(frame)

    def close(self) -> None:
        for led in self._leds:
            led.close()
