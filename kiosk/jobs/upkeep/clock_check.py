"""Whether the clock can be right: it cannot be before what was recorded by it."""

from datetime import datetime, timedelta

from kiosk.store.events import last_recorded_at
from kiosk.store.file.sqlite import sqlite3

_AHEAD = timedelta(minutes=5)  # that the newest event may be ahead of a clock that was set right


def recorded_after(conn: sqlite3.Connection, now: datetime) -> datetime | None:
    """When the newest event was recorded, if the clock says that this is still to come."""
    newest = last_recorded_at(conn)
    at = datetime.fromisoformat(newest) if newest else None
    return at if at is not None and at > now + _AHEAD else None
