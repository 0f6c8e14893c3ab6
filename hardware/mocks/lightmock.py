"""Mock pins and a mock SPI bus for laptops and CI: the very bytes that would go out, at the rate they would go.

Chosen with GPIOZERO_PIN_FACTORY=lightmock. KIOSK_LIGHT_TRACE=FILE appends each transfer as one JSON line.
While the file KIOSK_LIGHT_FAULT=FILE exists, writing fails; with `short` in it, only half of each transfer goes out.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple, TextIO

from gpiozero.exc import DeviceClosed
from gpiozero.pins import SPI
from gpiozero.pins.mock import MockFactory, MockPWMPin
from gpiozero.pins.pi import spi_port_device

from hardware.strips.wiring import LGPIO_MOST, longest_transfer


class Transfer(NamedTuple):
    """What went out on the bus: `strip` as the driver named its line, `rate_hz` of the clock."""

    strip: str
    rate_hz: int
    data: bytes


Listener = Callable[[Transfer], None]


class TransferError(Exception):
    """What lgpio does with a transfer that fails: a plain Exception, not an OSError."""


class LightMockSPI(SPI):  # type: ignore[misc]  # gpiozero has no types
    """Keeps gpiozero's pin reservations and lgpio's limits; what the bytes mean is for a reader of bytes to say."""

    def __init__(
        self,
        clock_pin: str,
        mosi_pin: str,
        miso_pin: str | None,
        select_pin: str,
        pin_factory: "LightMockFactory",
    ) -> None:
        self._closed = True
        super().__init__(pin_factory=pin_factory)
        port, self._device = spi_port_device(clock_pin, mosi_pin, miso_pin, select_pin)
        pins = {pin for pin in (clock_pin, mosi_pin, miso_pin, select_pin) if pin is not None}
        pin_factory.reserve_pins(self, *pins)
        self._closed = False
        self._rate = 500_000
        self.strip = f"spi{port}.{self._device}"

    def _conflicts_with(self, other: Any) -> bool:
        return not (isinstance(other, LightMockSPI) and other._device != self._device)

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self.pin_factory.release_all(self)
        super().close()

    @property
    def closed(self) -> bool:
        return self._closed

    def _get_rate(self) -> int:
        return self._rate

    def _set_rate(self, value: int) -> None:
        self._rate = int(value)

    def write(self, data: bytes | bytearray) -> int:
        if self._closed:
            raise DeviceClosed("the mock SPI bus is closed")
        cut_short = self.pin_factory.is_short()
        if not 0 < len(data) <= LGPIO_MOST:
            raise TransferError("bad SPI count")
        if len(data) > longest_transfer():
            raise TransferError(f"spi xfer/read/write failed: {len(data)} bytes in one transfer")
        sent = bytes(data[: len(data) // 2] if cut_short else data)
        self.pin_factory.send(Transfer(self.strip, self._rate, sent))
        return len(sent)


class LightMockPin(MockPWMPin):  # type: ignore[misc]
    """A pin whose level is traced; a write to it fails like one to the bus."""

    def _set_state(self, value: float) -> None:
        self.factory.is_short()  # a level has no half
        super()._set_state(value)
        self.factory.trace(Transfer(self.info.name.lower(), 0, bytes([round(255 * value)])))


SHORT = "short"  # a fault: half of a transfer goes out


class LightMockFactory(MockFactory):  # type: ignore[misc]
    """`listeners` are called with each transfer, in the writer's thread. `broken` is a fault to inject."""

    def __init__(self) -> None:
        super().__init__(pin_class=LightMockPin)
        self.listeners: list[Listener] = []
        self.broken: str | None = None
        self._fault_file = os.environ.get("KIOSK_LIGHT_FAULT")
        trace = os.environ.get("KIOSK_LIGHT_TRACE")
        self._trace: TextIO | None = open(trace, "a", encoding="ascii") if trace else None  # noqa: SIM115, PTH123

    def close(self) -> None:
        super().close()
        if self._trace:
            self._trace.close()
            self._trace = None

    def fault(self) -> str | None:
        """What is wrong with the bus and the pins now."""
        if self.broken is None and self._fault_file and Path(self._fault_file).exists():
            return Path(self._fault_file).read_text(encoding="utf-8").strip() or "write error"
        return self.broken

    def is_short(self) -> bool:
        """Whether only half of a transfer goes out now. Raises TransferError where nothing does."""
        fault = self.fault()
        if fault not in (None, SHORT):
            raise TransferError(fault)
        return fault == SHORT

    def send(self, transfer: Transfer) -> None:
        self.trace(transfer)
        for listener in self.listeners:
            listener(transfer)

    def trace(self, transfer: Transfer) -> None:
        if self._trace:
            line = {"t": round(monotonic(), 6), "strip": transfer.strip, "rate": transfer.rate_hz}
            self._trace.write(json.dumps(line | {"hex": transfer.data.hex()}) + "\n")
            self._trace.flush()

    def _get_spi_class(self, shared: bool, hardware: bool) -> type[SPI]:
        del shared, hardware  # one byte-level bus whatever is asked for
        return LightMockSPI
