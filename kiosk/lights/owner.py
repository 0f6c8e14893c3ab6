"""The light owner: one thread that keeps every strip of the station showing the live leases."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event
from time import monotonic
from types import MappingProxyType

from hardware.file_lock import FileLock
from hardware.trouble import DeviceFault
from kiosk.config import Settings
from kiosk.faults import StationFault
from kiosk.lights.show import Show, open_supplies
from kiosk.lights.status import LOCK_NAME, dark_slots, publish, read_status, strip_statuses, take
from kiosk.store.lease_book.bell import Bell, listen
from kiosk.store.lease_book.book import LeaseBook
from kiosk.watchdog import Watchdog

TAKE_OVER_S = 0.5  # how often another process tries to become the owner
log = logging.getLogger("kiosk.lights")


class LightOwner:
    """Becomes the owner as soon as nobody else is, shows what is leased, and leaves everything dark."""

    def __init__(
        self,
        settings: Settings,
        runtime: Path,
        name: str,
        environment: Mapping[str, str] = MappingProxyType({}),
        note_fault: Callable[[str], None] = lambda strip: None,
    ) -> None:
        """`environment` says whether systemd wants to hear from the render loop (from that of a screen it does not: the
        screen speaks for itself); `note_fault` hears of strips (by name) that stopped answering."""
        self._note_fault = note_fault
        self._settings = settings
        self._watchdog = Watchdog(environment)
        self._runtime = runtime
        self._name = name
        self._lock = FileLock(runtime / LOCK_NAME)
        self._stopping = Event()
        self._showing: Show | None = None
        self._stumbled: str | None = None

    def run(self) -> None:
        """Until stop(): wait for the lock, then own the strips. Meant for a thread of its own."""
        while not self._stopping.is_set():
            try:
                self._runtime.mkdir(mode=0o700, exist_ok=True)
                if self._lock.try_lock(self._name):
                    self.own()
                else:
                    self._watchdog.ready()  # to step in
                    self._watchdog.alive(monotonic())
            except Exception as broken:
                if str(broken) != self._stumbled:  # said once, however often it comes back
                    defect = None if isinstance(broken, StationFault) else broken
                    log.error("the light owner stumbled and starts again: %s", broken, exc_info=defect)
                self._stumbled = str(broken)
            finally:
                self._lock.release()
            self._stopping.wait(TAKE_OVER_S)

    def take(self) -> None:
        """Take the lock now, or raise StationFault(LIGHTS_OWNED); own() may follow."""
        take(self._lock, self._name)

    def locked_by(self) -> str | None:
        return self._lock.locked_by()

    def dark_slots(self) -> frozenset[str]:
        """Slots whose light is out, whoever owns the strips."""
        return dark_slots(self._settings, read_status(self._runtime))

    def strip_faults(self) -> Mapping[str, DeviceFault]:
        """What is wrong with which strip, whoever owns them."""
        return read_status(self._runtime).faults

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
            with showing.redrawn:
                showing.redrawn.wait_for(lambda: showing.pictures > after, timeout=seconds)

    def own(self) -> None:
        """Show the leases until stop(); the lock must be ours."""
        supplies = open_supplies(self._settings)
        leases = LeaseBook(self._runtime, monotonic)
        bell = listen(self._runtime)
        try:
            for supply in supplies:
                supply.show({})  # whatever was left lit goes out, then the live leases come back
            self._showing = Show(
                self._settings, self._runtime, leases, bell, supplies, self._lock.is_in_place, self._note_fault
            )
            self._watchdog.ready()
            self._showing.run(self._stopping, self._watchdog)
        finally:
            self._showing = None
            if self._stopping.is_set():
                self._watchdog.stopping()
            for supply in supplies:
                supply.close()
            publish(self._runtime, strip_statuses(supplies))
            bell.close()
            leases.close()
