"""Pickup codes that are in use or cooling, so that none means two parcels."""

from kiosk.parcels.codes import PickupCode
from kiosk.parcels.states import IN_CUSTODY
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.parcels import CUSTODY


def code_is_taken(conn: sqlite3.Connection, code: PickupCode, released_after: str) -> bool:
    """Whether a parcel in custody has the code, or one released later than `released_after` (cooling) had it."""
    rows = conn.execute("SELECT state, released_at FROM parcels WHERE code_compact = ?", (code.compact,)).fetchall()
    if any(state in IN_CUSTODY or released is None or released > released_after for state, released in rows):
        return True
    retired = "SELECT 1 FROM retired_codes WHERE code_compact = ? AND released_at > ?"
    return conn.execute(retired, (code.compact, released_after)).fetchone() is not None


def code_in_custody(conn: sqlite3.Connection, code: PickupCode, *, but: int) -> bool:
    """Whether another parcel than `but` has the code now."""
    held = f"SELECT 1 FROM parcels WHERE code_compact = ? AND id <> ? AND state IN ({CUSTODY})"
    return conn.execute(held, (code.compact, but)).fetchone() is not None


def retire_code(conn: sqlite3.Connection, code: str, released_at: str) -> None:
    """A parcel in custody got another code: its old one cools like one that was handed over."""
    conn.execute("INSERT INTO retired_codes VALUES (?, ?)", (PickupCode(code).compact, released_at))
