"""Slots, levels and shelves that take no parcels for now."""

from typing import NamedTuple

from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.own_words import as_told


def closed_now(conn: sqlite3.Connection) -> dict[str, tuple[int, str]]:
    """Name of a slot, a level or a shelf → row id and reason."""
    rows = conn.execute(f"SELECT place, id, {as_told('reason')} FROM closed_places WHERE reopened_at IS NULL")
    return {place: (row_id, reason) for place, row_id, reason in rows}


class Closing(NamedTuple):
    """One time that a place was closed. `is_last`: it was not closed again since."""

    place: str
    reopened_at: str | None
    is_last: bool


def closing_by_id(conn: sqlite3.Connection, row_id: int) -> Closing:
    """The closing with this row id."""
    place, reopened_at = conn.execute("SELECT place, reopened_at FROM closed_places WHERE id = ?", (row_id,)).fetchone()
    last = conn.execute("SELECT max(id) FROM closed_places WHERE place = ?", (place,)).fetchone()[0]
    return Closing(place, reopened_at, last == row_id)
