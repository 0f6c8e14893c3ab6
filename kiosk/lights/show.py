"""The render loop: it keeps the strips of all supplies showing the live leases."""

import contextlib
import select
import socket
from collections.abc import Sequence
from pathlib import Path
from threading import Condition, Event
from time import monotonic

from hardware.light_strip import LightStrip
from hardware.supply import Supply
from kiosk.config import Settings
from kiosk.lights.picture import Picture, Plan
from kiosk.lights.status import publish, rows
from kiosk.lights.watchdog import Watchdog
from kiosk.store.leases import LeaseBook
from kiosk.store.light_sessions import LitSlot

LOOK_S = 0.25  # how often it looks for itself: a bell may be lost with the program that rang it
FRAME_S = 1 / 30
_STATUS_S = 1.0


def open_supplies(settings: Settings) -> tuple[Supply, ...]:
    """The station's supplies with their strips; each strip is opened when it first shows something."""
    strips = [LightStrip(wiring, monotonic) for wiring in settings.strips]
    return tuple(
        Supply(supply, [strip for strip in strips if strip.wiring.supply == supply.name])
        for supply in settings.supplies
    )


def show_dark(supplies: Sequence[Supply]) -> None:
    for supply in supplies:
        supply.show({strip.wiring.name: bytes(3 * strip.wiring.pixels) for strip in supply.strips})


class Show:
    """draw → gamma → power → compare → encode → one write, whenever something changed or moves."""

    def __init__(
        self,
        settings: Settings,
        runtime: Path,
        leases: LeaseBook,
        bell: socket.socket,
        supplies: Sequence[Supply],
    ) -> None:
        self._picture = Picture(settings)
        self._runtime, self._leases, self._bell, self._supplies = runtime, leases, bell, supplies
        self._strips = [strip for supply in supplies for strip in supply.strips]
        self._version = leases.version()  # before the leases: a change between the two is seen as one
        self._lit: Sequence[LitSlot] = leases.lit_slots()
        self._plan: Plan = self._picture.plan(self._lit)
        self.pictures = 0
        self.changed = Condition()
        self._faults: list[str | None] = []
        self._currents: list[int] = []
        self._publish_at = 0.0

    def run(self, stopping: Event, watchdog: Watchdog) -> None:
        redraw_at = 0.0
        while not stopping.is_set():
            now = monotonic()
            changed = self._leases_changed()
            if changed or now >= redraw_at:
                redraw_at = self._redraw(now)
            if changed:
                with self.changed:
                    self.pictures += 1
                    self.changed.notify_all()
            watchdog.alive(now)
            self._wait(min(redraw_at - monotonic(), LOOK_S, watchdog.every_s))

    def _leases_changed(self) -> bool:
        version = self._leases.version()
        if version == self._version:
            return False
        self._version = version
        self._lit = self._leases.lit_slots()
        self._plan = self._picture.plan(self._lit)
        return True

    def _redraw(self, now: float) -> float:
        """Show what is lit now; returns when the picture changes by itself (monotonic seconds)."""
        lit = [one for one in self._lit if one.lit_until > now]
        if len(lit) < len(self._lit):
            self._lit, self._plan = lit, self._picture.plan(lit)
        frames = self._picture.draw(self._plan, now)
        for supply in self._supplies:
            supply.show(frames)
        self._publish(now)
        due = [strip.next_due() for strip in self._strips] + [one.lit_until for one in self._lit]
        if self._plan.is_animated:
            due.append(now + FRAME_S)
        return min(due)

    def _publish(self, now: float) -> None:
        """A fault is told at once, a changing current once a second."""
        faults = [strip.fault for strip in self._strips]
        currents = [round(strip.used_ma) for strip in self._strips]
        if faults != self._faults or (currents != self._currents and now >= self._publish_at):
            publish(self._runtime, rows(self._supplies))
            self._faults, self._currents, self._publish_at = faults, currents, now + _STATUS_S

    def _wait(self, seconds: float) -> None:
        ready, _, _ = select.select([self._bell], [], [], max(seconds, 0))
        if ready:
            with contextlib.suppress(BlockingIOError):
                while True:
                    self._bell.recv(16)
