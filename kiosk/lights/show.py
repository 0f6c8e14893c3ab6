"""The render loop: it keeps the strips of all supplies showing the live leases."""

import contextlib
import select
import socket
from collections.abc import Callable, Sequence
from math import inf
from pathlib import Path
from threading import Condition, Event
from time import monotonic

from hardware.strips.light_strip import LightStrip
from hardware.strips.supply import Supply
from hardware.trouble import DeviceFault
from kiosk.config import Settings
from kiosk.faults import Fault, StationFault, expected
from kiosk.lights.picture import Picture, Plan
from kiosk.lights.status import publish, strip_statuses
from kiosk.store.lease_book.book import LeaseBook
from kiosk.store.lease_book.sessions import LitSlot
from kiosk.watchdog import Watchdog

LOOK_S = 5.0  # how often it looks for itself: a bell may be lost with the program that rang it
FRAME_S = 1 / 25  # a pulse of 0.5 Hz looks no smoother with more
_STATUS_S = 2.0


def open_supplies(settings: Settings) -> tuple[Supply, ...]:
    """The station's supplies with their strips; each strip is opened when it first shows something."""
    strips = [LightStrip(wiring, monotonic) for wiring in settings.strips]
    return tuple(
        Supply(supply, [strip for strip in strips if strip.wiring.supply == supply.name])
        for supply in settings.supplies
    )


class Show:
    """draw → gamma → power → compare → encode → one write, whenever something changed or moves."""

    def __init__(
        self,
        settings: Settings,
        runtime: Path,
        leases: LeaseBook,
        bell: socket.socket,
        supplies: Sequence[Supply],
        is_owner: Callable[[], bool],
        note_fault: Callable[[str], None],
    ) -> None:
        self._is_owner, self._note_fault = is_owner, note_fault
        self._picture = Picture(settings)
        self._runtime, self._leases, self._bell, self._supplies = runtime, leases, bell, supplies
        self._strips = [strip for supply in supplies for strip in supply.strips]
        self._version = leases.version()  # before the leases: a change between the two is seen as one
        self._lit: Sequence[LitSlot] = ()
        self._plan: Plan = self._picture.plan(())
        self._first_end = inf
        self._take(leases.lit_slots())
        self.pictures = 0
        self.redrawn = Condition()
        self._faults: list[tuple[DeviceFault | None, str | None]] = []
        self._currents: list[int] = []
        self._publish_at = 0.0

    def run(self, stopping: Event, watchdog: Watchdog) -> None:
        """Until `stopping`. Raises StationFault when the runtime folder has gone, for then nobody can be heard."""
        redraw_at = look_at = 0.0
        rung = True
        while not stopping.is_set():
            now = monotonic()
            looks = rung or now >= look_at
            if looks:
                look_at = now + LOOK_S
                if not self._is_owner():
                    raise StationFault(Fault.UNWRITABLE_HOME, path=self._runtime, detail=expected("the folder is gone"))
            changed = looks and self._leases_changed()
            if changed or now >= redraw_at:
                redraw_at = self._redraw(now)
            if changed:
                with self.redrawn:
                    self.pictures += 1
                    self.redrawn.notify_all()
            watchdog.alive(now)
            rung = self._wait(min(redraw_at, look_at, now + watchdog.every_s) - monotonic())

    def _leases_changed(self) -> bool:
        version = self._leases.version()
        if version == self._version:
            return False
        self._version = version
        self._take(self._leases.lit_slots())
        return True

    def _take(self, lit: Sequence[LitSlot]) -> None:
        """These are lit until the first of them ends."""
        self._lit = lit
        self._plan = self._picture.plan(lit)
        self._first_end = min((one.lit_until for one in lit), default=inf)

    def _redraw(self, now: float) -> float:
        """Show what is lit now; returns when the picture changes by itself (monotonic seconds)."""
        if now >= self._first_end:
            self._take([one for one in self._lit if one.lit_until > now])
        frames = self._picture.draw(self._plan, now)
        for supply in self._supplies:
            supply.show(frames)
        self._publish(now)
        due = min(self._first_end, *[strip.next_due() for strip in self._strips])
        return min(due, now + FRAME_S) if self._plan.is_animated else due

    def _publish(self, now: float) -> None:
        """A fault is told at once, a changing current every other second."""
        faults = [(strip.fault, strip.node) for strip in self._strips]
        if faults == self._faults and now < self._publish_at:
            return
        currents = [round(strip.used_ma) for strip in self._strips]
        if faults != self._faults or currents != self._currents:
            publish(self._runtime, strip_statuses(self._supplies))
        before = self._faults or [(None, None)] * len(faults)
        for strip, (fault, _), (old, _) in zip(self._strips, faults, before, strict=True):
            if fault is not None and old is None:
                self._note_fault(strip.wiring.name)
        self._faults, self._currents, self._publish_at = faults, currents, now + _STATUS_S

    def _wait(self, seconds: float) -> bool:
        """Until the bell rings (True) or the seconds are over."""
        ready, _, _ = select.select([self._bell], [], [], max(seconds, 0))
        if not ready:
            return False
        with contextlib.suppress(BlockingIOError):
            while True:
                self._bell.recv(16)
        return True
