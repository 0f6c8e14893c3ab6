"""What was done at a terminal lately, and how a parcel stood before."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from kiosk.parcels.sheets import Subject
from kiosk.store.events import TABLES, About, read_events
from kiosk.store.sqlite import sqlite3

_LOOK_BACK = 5000  # events of all terminals; a terminal that was silent for longer has nothing to take back


class Action(NamedTuple):
    """One event of a terminal; `undoes` is the seq of the event it took back, if it did."""

    seq: int
    event: str
    subject: str
    subject_id: int
    occurred_at: str
    changes: dict[str, object]

    @property
    def undoes(self) -> int | None:
        undone = self.changes.get("undoes")
        return int(str(undone)) if undone is not None else None


def actions_at(conn: sqlite3.Connection, terminal: str) -> Iterator[Action]:
    """Newest first, read as far as is asked for."""
    rows = conn.execute(
        "SELECT seq, event, subject, subject_id, occurred_at, changes FROM events"
        " WHERE seq > (SELECT coalesce(max(seq), 0) FROM events) - ? AND +terminal = ? ORDER BY seq DESC",
        (_LOOK_BACK, terminal),
    )
    for row in rows:
        yield Action._make((*row[:5], json.loads(row[5])))


def values_before(conn: sqlite3.Connection, parcel_id: int, seq: int) -> dict[str, object]:
    """The parcel's columns as they were just before an event, as the log tells them."""
    values: dict[str, object] = dict.fromkeys(TABLES[Subject.PARCEL].columns)
    values |= TABLES[Subject.PARCEL].defaults
    for row, _ in read_events(conn, About(Subject.PARCEL, parcel_id)):
        if row.seq < seq:
            values |= json.loads(row.changes)
    return values
