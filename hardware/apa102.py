"""APA102 and SK9822 strips: clocked pixels on the SPI bus of gpiozero.

Frame: 32 zero bits; per pixel 0b111 + 5-bit brightness and three colour bytes; then 32 zeros that latch an SK9822
and n/2 more clocks that push the data through to the last chip. Zeros, because ones would light pixels beyond n.
"""

import contextlib
import warnings
from typing import Any

from gpiozero import Device
from gpiozero.exc import SPISoftwareFallback

from hardware.strips import StripError, StripWiring

_START = 4
_MARKER = 0b1110_0000


class Apa102:
    """Keeps one frame of bytes and rewrites its colours in place: 11 µs for 300 pixels."""

    def __init__(self, wiring: StripWiring) -> None:
        self._end = _START + 4 * wiring.pixels
        self._bytes = bytearray(self._end + 4 + -(-wiring.pixels // 16))
        self._bytes[_START : self._end : 4] = bytes([_MARKER | wiring.brightness]) * wiring.pixels
        self._order = ["rgb".index(channel) for channel in wiring.colour_order]
        self._spi = open_spi(wiring)

    def write(self, frame: bytes) -> None:
        for place, channel in enumerate(self._order, 1):
            self._bytes[_START + place : self._end : 4] = frame[channel::3]
        try:
            self._spi.write(self._bytes)
        except Exception as broken:  # lgpio.error is a plain Exception
            raise StripError(f"SPI write failed: {broken}") from broken

    def close(self) -> None:
        self._spi.close()


def open_spi(wiring: StripWiring) -> Any:
    """gpiozero's SPI for the strip. Silent bit-banging is refused: it would be 100 times too slow on a Pi."""
    try:
        Device.ensure_pin_factory()  # GPIOZERO_PIN_FACTORY, else what the machine has
        with warnings.catch_warnings():
            warnings.simplefilter("error", SPISoftwareFallback)
            spi = Device.pin_factory.spi(port=wiring.port, device=wiring.device)
    except Exception as broken:
        raise StripError(f"SPI {wiring.port}.{wiring.device} cannot be opened: {broken}") from broken
    if hasattr(spi, "strip"):
        spi.strip = wiring.name
    with contextlib.suppress(AttributeError, NotImplementedError):  # gpiozero's own mock is bit-banged, without a rate
        spi.rate = wiring.rate_hz
    return spi
