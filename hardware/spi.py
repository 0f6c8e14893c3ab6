"""A strip's SPI device through gpiozero, held by one program at a time."""

import contextlib
import fcntl
import os
import warnings
from typing import Any

from gpiozero import Device
from gpiozero.exc import SPISoftwareFallback
from gpiozero.pins.local import LocalPiFactory

from hardware.pins import ensure_pins
from hardware.strips import SpiBus, StripError

DEVICE_FILE = "/dev/spidev{port}.{device}"


class SpiLine:
    """`strip` names the line in a mock's trace."""

    def __init__(self, strip: str, bus: SpiBus) -> None:
        name = f"SPI {bus.port}.{bus.device}"
        self._held: int | None = None
        try:
            ensure_pins()
            self._held = _hold(bus) if isinstance(Device.pin_factory, LocalPiFactory) else None
            self._spi = _open(strip, bus)
        except Exception as broken:
            self._let_go()
            raise StripError(f"{name} cannot be opened: {broken}") from broken

    def write(self, data: bytearray) -> None:
        """One transfer. Raises StripError."""
        try:
            written = self._spi.write(data)
        except Exception as broken:  # lgpio.error is a plain Exception
            raise StripError(f"SPI write failed: {broken}") from broken
        if written is not None and written < len(data):
            raise StripError(f"SPI write was cut short: {written} of {len(data)} bytes")

    def close(self) -> None:
        try:
            self._spi.close()
        finally:
            self._let_go()

    def _let_go(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _open(strip: str, bus: SpiBus) -> Any:
    """Silent bit-banging is refused: it would be 100 times too slow on a Pi."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", SPISoftwareFallback)
        spi = Device.pin_factory.spi(port=bus.port, device=bus.device)
    if hasattr(spi, "strip"):
        spi.strip = strip
    with contextlib.suppress(AttributeError, NotImplementedError):  # gpiozero's own mock is bit-banged, without a rate
        spi.rate = bus.rate_hz
    return spi


def _hold(bus: SpiBus) -> int | None:
    """Lock the device file: gpiozero keeps programs of one process apart, not two processes or two stations."""
    try:
        device = os.open(DEVICE_FILE.format(port=bus.port, device=bus.device), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None  # opening it for writing will say what is wrong
    try:
        fcntl.flock(device, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(device)
        raise StripError("another program drives it") from None
    return device
