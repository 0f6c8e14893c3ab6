"""How far the log was checked, in one row; and what has happened since."""

from collections.abc import Iterator
from typing import NamedTuple

from kiosk.store.events import EVENT_COLUMNS, EventRow
from kiosk.store.file.sqlite import sqlite3


class SealedPoint(NamedTuple):
    """`seq`, `link`: the last event that was checked; `state`: what the tables must hold after it (32 bytes).

    `checked_at`: when that was, `whole_at`: when last every event was. Times are UTC. `seal`: of all of these.
    """

    seq: int
    link: bytes
    state: bytes
    checked_at: str
    whole_at: str
    seal: bytes


def read_point(conn: sqlite3.Connection) -> SealedPoint | None:
    found = conn.execute("SELECT seq, link, state, checked_at, whole_at, seal FROM sealed_point").fetchone()
    return SealedPoint._make(found) if found else None


def write_point(conn: sqlite3.Connection, point: SealedPoint) -> None:
    conn.execute("INSERT OR REPLACE INTO sealed_point VALUES (1, ?, ?, ?, ?, ?, ?)", point)


def changed_since(conn: sqlite3.Connection, seq: int) -> list[tuple[str, int]]:
    """What events after this one were about: subject and row id."""
    return list(conn.execute("SELECT DISTINCT subject, subject_id FROM events WHERE seq > ?", (seq,)))


def events_until(conn: sqlite3.Connection, seq: int, subject: str, subject_id: int) -> Iterator[EventRow]:
    """All of one row up to an event, in order."""
    asked = f"SELECT {EVENT_COLUMNS} FROM events WHERE subject_id = ? AND subject = ? AND seq <= ? ORDER BY seq"
    return map(EventRow._make, conn.execute(asked, (subject_id, subject, seq)))
