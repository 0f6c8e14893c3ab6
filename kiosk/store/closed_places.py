"""Slots, levels and shelves that take no parcels for now."""

from kiosk.store.sqlite import sqlite3


def closed_now(conn: sqlite3.Connection) -> dict[str, tuple[int, str]]:
    """Name of a slot, a level or a shelf → row id and reason."""
    rows = conn.execute("SELECT place, id, reason FROM closed_places WHERE reopened_at IS NULL")
    return {place: (row_id, reason) for place, row_id, reason in rows}
