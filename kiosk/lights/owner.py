"""The light owner: one thread that keeps every strip of the station showing the live leases."""

import contextlib
import logging
import select
import socket
from collections.abc import Sequence
from pathlib import Path
from threading import Condition, Event
from time import monotonic

from hardware.file_lock import FileLock
from hardware.light_strip import LightStrip
from kiosk.config import Settings
from kiosk.lights.picture import Picture
from kiosk.lights.status import LOCK_NAME, publish
from kiosk.store.bell import Bell, listen
from kiosk.store.leases import LeaseBook
from kiosk.store.light_sessions import LitSlot

LOOK_S = 0.05  # how often it looks for itself when no bell is rung
FRAME_S = 1 / 30
TAKE_OVER_S = 0.5  # how often another process tries to become the owner
_STATUS_S = 1.0
log = logging.getLogger("kiosk.lights")


class LightOwner:
    """Becomes the owner as soon as nobody else is, shows what is leased, and leaves everything dark."""

    def __init__(self, settings: Settings, runtime: Path, holder: str) -> None:
        self._settings = settings
        self._runtime = runtime
        self._holder = holder
        self._lock = FileLock(runtime / LOCK_NAME)
        self._stopping = Event()
        self._showing: _Show | None = None

    def run(self) -> None:
        """Until stop(): wait for the lock, then own the strips. Meant for a thread of its own."""
        while not self._stopping.is_set():
            try:
                self._runtime.mkdir(mode=0o700, exist_ok=True)
                if self._lock.try_hold(self._holder):
                    self.own()
            except Exception:
                log.exception("the light owner stumbled; it starts again")
            finally:
                self._lock.release()
            self._stopping.wait(TAKE_OVER_S)

    def try_lock(self) -> bool:
        """Take the lock now or not at all; own() may follow."""
        return self._lock.try_hold(self._holder)

    def holder(self) -> str | None:
        return self._lock.holder()

    def stop(self) -> None:
        """Safe from any thread and from a signal handler; run() ends with dark strips."""
        self._stopping.set()
        bell = Bell(self._runtime)
        bell.ring()
        bell.close()

    def pictures(self) -> int:
        """How many changes of leases are on the strips so far; 0 while somebody else owns them."""
        return self._showing.pictures if self._showing else 0

    def wait_for_picture(self, after: int, seconds: float) -> None:
        """Return as soon as one more change is on the strips, or after `seconds`; at once for whoever is no owner."""
        showing = self._showing
        if showing is not None:
            with showing.changed:
                showing.changed.wait_for(lambda: showing.pictures > after, timeout=seconds)

    def own(self) -> None:
        """Show the leases until stop(); the lock must be held."""
        strips = {wiring.name: LightStrip(wiring, monotonic) for wiring in self._settings.strips}
        leases = LeaseBook(self._runtime, monotonic)
        bell = listen(self._runtime)
        try:
            for strip in strips.values():
                strip.show(bytes(3 * strip.wiring.pixels))
            self._showing = _Show(self._settings, self._runtime, leases, bell, strips)
            self._showing.run(self._stopping)
        finally:
            self._showing = None
            for strip in strips.values():
                strip.close()
            publish(self._runtime, strips.values())
            bell.close()
            leases.close()


class _Show:
    """draw → gamma → power → compare → encode → one write, whenever something changed or moves."""

    def __init__(
        self,
        settings: Settings,
        runtime: Path,
        leases: LeaseBook,
        bell: socket.socket,
        strips: dict[str, LightStrip],
    ) -> None:
        self._picture = Picture(settings)
        self._runtime, self._leases, self._bell, self._strips = runtime, leases, bell, strips
        self._version = leases.version()  # before the leases: a change between the two is seen as one
        self._lit: Sequence[LitSlot] = leases.lit_slots()
        self.pictures = 0
        self.changed = Condition()
        self._faults: list[str | None] = []
        self._currents: list[int] = []
        self._publish_at = 0.0

    def run(self, stopping: Event) -> None:
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
            self._wait(min(redraw_at - monotonic(), LOOK_S))

    def _leases_changed(self) -> bool:
        version = self._leases.version()
        if version == self._version:
            return False
        self._version = version
        self._lit = self._leases.lit_slots()
        return True

    def _redraw(self, now: float) -> float:
        """Show what is lit now; returns when the picture changes by itself (monotonic seconds)."""
        self._lit = [one for one in self._lit if one.lit_until > now]
        for name, frame in self._picture.draw(self._lit, now).items():
            self._strips[name].show(frame)
        self._publish(now)
        due = [strip.next_due() for strip in self._strips.values()] + [one.lit_until for one in self._lit]
        if self._picture.is_animated(self._lit):
            due.append(now + FRAME_S)
        return min(due)

    def _publish(self, now: float) -> None:
        """A fault is told at once, a changing current once a second."""
        faults = [strip.fault for strip in self._strips.values()]
        currents = [round(strip.used_ma) for strip in self._strips.values()]
        if faults != self._faults or (currents != self._currents and now >= self._publish_at):
            publish(self._runtime, self._strips.values())
            self._faults, self._currents, self._publish_at = faults, currents, now + _STATUS_S

    def _wait(self, seconds: float) -> None:
        ready, _, _ = select.select([self._bell], [], [], max(seconds, 0))
        if ready:
            with contextlib.suppress(BlockingIOError):
                while True:
                    self._bell.recv(16)
