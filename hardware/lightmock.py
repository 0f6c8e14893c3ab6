"""A mock SPI bus for laptops and CI: records the very bytes that would go out, at the rate they would go.

Chosen with GPIOZERO_PIN_FACTORY=lightmock. KIOSK_LIGHT_TRACE=FILE appends each transfer as one JSON line.
"""

import json
import os
from collections.abc import Callable
from time import monotonic
from typing import Any, TextIO

from gpiozero.exc import DeviceClosed
from gpiozero.pins import SPI
from gpiozero.pins.mock import MockFactory
from gpiozero.pins.pi import spi_port_device

LONGEST_TRANSFER = 4096  # bytes: the kernel's spidev.bufsiz

Listener = Callable[[str, bytes], None]


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
        self._trace: TextIO | None = None
        super().__init__(pin_factory=pin_factory)
        port, self._device = spi_port_device(clock_pin, mosi_pin, miso_pin, select_pin)
        pins = {pin for pin in (clock_pin, mosi_pin, miso_pin, select_pin) if pin is not None}
        pin_factory.reserve_pins(self, *pins)
        self._closed = False
        self._rate = 500_000
        self.strip = f"spi{port}.{self._device}"
        self.last_write = b""
        self.fault: str | None = None
        trace = os.environ.get("KIOSK_LIGHT_TRACE")
        if trace:
            self._trace = open(trace, "a", encoding="ascii")  # noqa: SIM115, PTH123

    def _conflicts_with(self, other: Any) -> bool:
        return not (isinstance(other, LightMockSPI) and other._device != self._device)

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self.pin_factory.release_all(self)
            if self._trace:
                self._trace.close()
        super().close()

    @property
    def closed(self) -> bool:
        return self._closed

    def _get_rate(self) -> int:
        return self._rate

    def _set_rate(self, value: int) -> None:
        self._rate = int(value)

    def write(self, data: bytes | bytearray) -> None:
        if self._closed:
            raise DeviceClosed("the mock SPI bus is closed")
        if self.fault is not None:
            raise TransferError(self.fault)
        if len(data) > LONGEST_TRANSFER:
            raise TransferError(f"bad SPI count: {len(data)} bytes in one transfer")
        self.last_write = bytes(data)
        if self._trace:
            line = {"t": round(monotonic(), 6), "strip": self.strip, "rate": self._rate, "hex": data.hex()}
            self._trace.write(json.dumps(line) + "\n")
            self._trace.flush()
        for listener in self.pin_factory.listeners:
            listener(self.strip, self.last_write)


class LightMockFactory(MockFactory):  # type: ignore[misc]
    """`listeners` are called with a strip's name and the bytes of each transfer, in the writer's thread."""

    def __init__(self) -> None:
        super().__init__()
        self.listeners: list[Listener] = []

    def _get_spi_class(self, shared: bool, hardware: bool) -> type[SPI]:
        del shared, hardware  # one byte-level bus whatever is asked for
        return LightMockSPI
