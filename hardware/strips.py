"""What every LED strip driver does, and what it is told about its strip."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StripWiring:
    """A strip as wired: `rate_hz` of the bus, `colour_order` as the chip wants it, `brightness` 1–31 (APA102)."""

    name: str
    driver: str
    pixels: int
    port: int
    device: int
    rate_hz: int
    colour_order: str
    brightness: int
    budget_ma: int


class StripError(Exception):
    """A strip could not be opened or written."""


class StripDriver(Protocol):
    """Turns a frame of RGB bytes (3 × pixels, gamma and limits already applied) into light."""

    def write(self, frame: bytes) -> None:
        """Raises StripError when the strip did not take the frame."""

    def close(self) -> None:
        """Release the device; the pixels stay as they are."""
