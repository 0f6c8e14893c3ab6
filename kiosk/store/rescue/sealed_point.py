"""How far the log was checked, in one row."""

from typing import NamedTuple

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
