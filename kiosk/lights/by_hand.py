"""Driving the strips by hand, without leases: for blanking, testing and measuring them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from hardware.file_lock import FileLock
from hardware.strips.supply import Supply
from hardware.trouble import DeviceError, DeviceFault
from kiosk.config import Settings
from kiosk.lights.show import open_supplies
from kiosk.lights.status import LOCK_NAME, take

ANSWER_S = 4.0  # the longest that a strip may take to answer
_ASK_S = 0.02
_NO_ANSWER = DeviceError("no answer").fault


@contextmanager
def strips_by_hand(settings: Settings, runtime: Path, holder: str) -> Iterator["StripsByHand"]:
    """Own the strips for a while; they are dark afterwards. Raises StationFault(LIGHTS_OWNED)."""
    lock = FileLock(runtime / LOCK_NAME)
    take(lock, holder)
    hand = StripsByHand(open_supplies(settings))
    try:
        yield hand
    finally:
        for supply in hand.supplies:
            supply.close()
        lock.release()


class StripsByHand:
    """Shows frames (RGB bytes as seen, by strip); a strip without a frame is dark."""

    def __init__(self, supplies: Sequence[Supply]) -> None:
        self.supplies = supplies
        self._given_up: set[str] = set()  # strips that are not waited for again
        self.strips = {strip.wiring.name: strip for supply in supplies for strip in supply.strips}

    def show(self, frames: Mapping[str, bytes], *, wait_s: float = ANSWER_S) -> None:
        """Returns when every strip has taken its frame or has a fault, or after `wait_s`."""
        give_up = monotonic() + wait_s
        while True:
            for supply in self.supplies:
                supply.show(frames)
            silent = {name for name, strip in self.strips.items() if not strip.has_frame and not strip.fault}
            if silent <= self._given_up:
                return
            if monotonic() >= give_up:
                self._given_up |= silent
                return
            sleep(_ASK_S)

    @property
    def faults(self) -> dict[str, DeviceFault]:
        """What is wrong with which strip; one that has not answered so far counts as well."""
        return {
            name: strip.fault or _NO_ANSWER for name, strip in self.strips.items() if strip.fault or not strip.has_frame
        }
