"""What a screen asks of whoever drives the strips while it is open."""

from collections.abc import Mapping
from typing import Protocol

from hardware.trouble import DeviceFault


class Lights(Protocol):
    """The owner of the lights, or what waits until it may be."""

    def run(self) -> None:
        """Until stop(); in a thread of its own."""

    def stop(self) -> None:
        """From any thread; the strips go dark."""

    def pictures(self) -> int:
        """How many changes are on the strips so far."""

    def wait_for_picture(self, after: int, seconds: float) -> None:
        """Until one more change is on the strips, or for so many seconds."""

    def dark_slots(self) -> frozenset[str]:
        """Slots whose light is out of order."""

    def strip_faults(self) -> Mapping[str, DeviceFault]:
        """What is wrong with which strip."""
