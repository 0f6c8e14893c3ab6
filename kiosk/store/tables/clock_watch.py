"""What was seen of the clock: so that a jump is told from time that has passed."""

from typing import NamedTuple

from kiosk.store.file.sqlite import sqlite3


class ClockWatch(NamedTuple):
    """`seen_at` (UTC) and `monotonic_s` of `boot` are of one moment; None before the first look.

    Nothing is erased before `doubted_until` (UTC). Times of events up to `believed_seq` bind the clock no more:
    a person has said that it is right despite of them.
    """

    seen_at: str | None = None
    boot: str = ""
    monotonic_s: float = 0.0
    doubted_until: str | None = None
    believed_seq: int = 0


def read_watch(conn: sqlite3.Connection) -> ClockWatch:
    row = conn.execute("SELECT seen_at, boot, monotonic_s, doubted_until, believed_seq FROM clock_watch").fetchone()
    return ClockWatch._make(row) if row else ClockWatch()


def write_watch(conn: sqlite3.Connection, watch: ClockWatch) -> None:
    conn.execute(
        "INSERT OR REPLACE INTO clock_watch (id, seen_at, boot, monotonic_s, doubted_until, believed_seq)"
        " VALUES (1, ?, ?, ?, ?, ?)",
        watch,
    )
