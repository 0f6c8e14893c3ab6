"""A strip's SPI device through gpiozero; one program locks it at a time."""

import contextlib
import errno
import fcntl
import os
import warnings
from typing import Any

from gpiozero import Device
from gpiozero.exc import SPISoftwareFallback
from gpiozero.pins.local import LocalPiFactory

from hardware.devices import DEVICE_FILE
from hardware.pins import ensure_pins
from hardware.strips.wiring import SpiBus, longest_transfer
from hardware.trouble import DeviceError, Trouble, in_use, kernel_says, open_device, reason_of, trouble_of


class SpiLine:
    """`strip` names the line in a mock's trace."""

    def __init__(self, strip: str, bus: SpiBus) -> None:
        self._device = DEVICE_FILE.format(port=bus.port, device=bus.device)
        self._lock: int | None = None
        ensure_pins()
        try:
            self._lock = _locked(self._device) if isinstance(Device.pin_factory, LocalPiFactory) else None
            self._spi = _open(strip, bus)
        except DeviceError:
            self._let_go()
            raise
        except Exception as broken:
            self._let_go()
            raise DeviceError(
                "{device} cannot be opened: {reason}", device=self._device, reason=reason_of(broken)
            ) from broken

    def write(self, data: bytearray) -> None:
        """One transfer. Raises DeviceError."""
        try:
            written = self._spi.write(data)
        except Exception as broken:  # lgpio.error is a plain Exception, and keeps the kernel's reason to itself
            written = self._once_more(data, broken)
        if written is not None and written < len(data):
            raise DeviceError("SPI write was cut short: {written} of {length} bytes", written=written, length=len(data))

    def close(self) -> None:
        try:
            self._spi.close()
        finally:
            self._let_go()

    def _once_more(self, data: bytearray, broken: Exception) -> int:
        """The kernel itself is asked for the same transfer, at the rate that was set: it tells why, or does it."""
        if self._lock is None:
            raise DeviceError("SPI write failed: {reason}", reason=reason_of(broken)) from broken
        try:
            return os.write(self._lock, data)
        except OSError as told:
            if told.errno == errno.EMSGSIZE and len(data) > longest_transfer():
                raise DeviceError(
                    "{device}: a frame of {length} bytes, and one transfer takes {most}", Trouble.TOO_LONG,
                    device=self._device, length=len(data), most=longest_transfer(),
                ) from told  # fmt: skip
            if trouble_of(told) is Trouble.NOT_FOUND:
                raise DeviceError("{device} has gone", Trouble.GONE, device=self._device) from told
            raise kernel_says(told, self._device) from told

    def _let_go(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


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


def _locked(device: str) -> int:
    """Lock the device file: gpiozero keeps programs of one process apart, not two processes or two stations."""
    lock = open_device(device)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise in_use(device) from None
    return lock
