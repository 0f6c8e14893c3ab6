"""Strips that stopped answering go on record, for the report of the day."""

import logging
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Thread

from kiosk.clock import stamped
from kiosk.faults import StationFault
from kiosk.home import StationHome
from kiosk.store.file.database import naming_faults, open_database, transaction
from kiosk.store.tables.attempts import last_light_fault, record_light_fault

SAME_OUTAGE_S = 30  # a loose wire is one outage, however often it comes and goes
log = logging.getLogger("kiosk.lights")


class FaultLog:
    """Writes in a thread of its own: a busy database must not keep the lights waiting."""

    def __init__(self, home: StationHome, now: Callable[[], datetime]) -> None:
        self._home, self._now = home, now

    def note(self, strip: str) -> None:
        Thread(target=self._write, args=(strip, self._now().astimezone(UTC)), name="light fault", daemon=True).start()

    def _write(self, strip: str, at: datetime) -> None:
        since = stamped(at - timedelta(seconds=SAME_OUTAGE_S))
        try:
            with (
                closing(open_database(self._home.database)) as conn,
                naming_faults(self._home.database),
                transaction(conn),
            ):
                last = last_light_fault(conn, strip)
                if last is None or not since < last <= stamped(at):
                    record_light_fault(conn, strip, stamped(at))
        except StationFault as fault:
            log.error("a light fault is not on record: %s", fault)
