"""The one thread of a screen that owns the station: jobs go in, answers come back as messages."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from queue import SimpleQueue
from secrets import token_hex
from threading import Thread
from typing import Any, NamedTuple, TypeVar

from textual.app import App
from textual.message import Message

from kiosk.faults import Fault, StationFault
from kiosk.jobs.station import Operation, Station
from kiosk.parcels.roles import Role
from kiosk.safety.offer_backup import offering_backup
from kiosk.store.file.database import naming_faults

T = TypeVar("T")
log = logging.getLogger("kiosk.screens")


@dataclass
class Answered(Message):
    """A job is done; `then` takes its answer in the app's own thread."""

    then: Callable[[Any], None]
    answer: object


@dataclass
class JobFailed(Message):
    """A job met something broken; None stands for a defect of ours, which is in the log. `quietly`: nobody asked.
    `about`: the parcel that it was about."""

    fault: StationFault | None
    quietly: bool = False
    about: str = ""


class _Asked(NamedTuple):
    job: Callable[[Station], Any]
    then: Callable[[Any], None]
    quietly: bool
    about: str


class JobThread:
    """Jobs run in the order they were asked for, none is dropped: a burst of scans waits in the queue."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._queue: SimpleQueue[tuple[Callable[[Station], Any], Callable[[Any], None], bool, str] | None] = (
            SimpleQueue()
        )
        self._thread = Thread(target=self._run, name="jobs", daemon=True)
        self._app: App[Any] | None = None
        self._last_fault: StationFault | None = None

    def start(self, app: App[Any]) -> None:
        self._app = app
        self._thread.start()

    def ask(
        self,
        job: Callable[[Station], T],
        then: Callable[[T], None] = lambda _: None,
        *,
        quietly: bool = False,
        about: str = "",
    ) -> None:
        """Run `job(station)`; later `then(answer)` is called in the app's thread. `quietly`: no person waits for it;
        `about`: what to name where it fails."""
        self._queue.put(_Asked(job, then, quietly, about))

    def become(self, who: str, role: Role, standing: str = "") -> None:
        """To be called from inside a job: the next one already is this person's."""
        self._station = replace(self._station, who=who, role=role, standing=standing)

    def stop(self) -> None:
        """Finish what was asked for, then close the station."""
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout=5)
        elif self._app is None:  # the screen broke before it began
            self._station.close()

    def _run(self) -> None:
        assert self._app is not None
        while (asked := self._queue.get()) is not None:
            job, then, quietly, about = asked
            try:
                self._tell(Answered(then, self._do(job)))
                self._last_fault = None
            except StationFault as fault:
                self._note(fault)
                self._tell(JobFailed(fault, quietly, about))
            except Exception:
                log.exception("a job failed")
                self._tell(JobFailed(None, quietly, about))
        self._station.close()

    def _do(self, job: Callable[[Station], T]) -> T:
        """A commit that failed may have come through all the same: asked again, the operation is not done twice."""
        station = replace(self._station, operation=Operation(token_hex(8)))
        with naming_faults(station.home.database):
            try:
                return job(station)
            except StationFault as fault:
                if fault.fault is not Fault.UNWRITABLE_HOME:
                    raise
                return job(station)

    def _note(self, fault: StationFault) -> None:
        """In the log, with the way back; once while it stays, for the screen looks for news twice a second."""
        if self._last_fault is not None and str(self._last_fault) == str(fault):
            fault.remedy = self._last_fault.remedy
            return
        self._last_fault = fault
        with suppress(StationFault), offering_backup(self._station.home, self._station.clock):
            raise fault
        log.error("%s", fault)

    def _tell(self, message: Message) -> None:
        """A screen that broke hears no more; its jobs are finished all the same."""
        assert self._app is not None
        with suppress(RuntimeError):
            self._app.post_message(message)
