"""Pickup codes: whose they are, and those that are in use or cooling, so that none means two parcels.

A parcel that is put elsewhere gets another code, and the one on its label stays good while it is here. The table of
retired codes says when that was, and the event of that very moment whose code it was.
"""

from collections.abc import Mapping

from kiosk.parcels.codes import PickupCode
from kiosk.parcels.states import IN_CUSTODY
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.parcels import CUSTODY, Parcel, by_id, some_parcels

OLD_CODE = "old_code"  # the fact in an event that gave a parcel another code: the one before, which stays good


def by_code(conn: sqlite3.Connection, code: PickupCode) -> Parcel | None:
    """The parcel a code means: the one in custody, else the latest that had it. Typed without separators it
    matches too; typed with them they must be right."""
    have_it = _having(conn, code)
    here = next((parcel for parcel in have_it if parcel.in_custody), None)
    if here is not None:
        return here
    had_it = with_earlier_code(conn, code)
    return next((parcel for parcel in had_it if parcel.in_custody), next(iter((*have_it, *had_it)), None))


def with_code(conn: sqlite3.Connection, code: PickupCode) -> list[Parcel]:
    """Every parcel that has or had the code, newest first."""
    every = {one.id: one for one in (*_having(conn, code), *with_earlier_code(conn, code))}
    return sorted(every.values(), key=lambda parcel: -parcel.id)


def has_code(conn: sqlite3.Connection, parcel: Parcel, code: PickupCode) -> bool:
    """Whether it is the parcel's, now or before it was put elsewhere."""
    return any(one.id == parcel.id for one in with_code(conn, code))


def _having(conn: sqlite3.Connection, code: PickupCode) -> list[Parcel]:
    rows = some_parcels(conn, "code_compact = ? ORDER BY id DESC", (code.compact,))
    return [row for row in rows if not code.parted or row.code == code.text]


def with_earlier_code(conn: sqlite3.Connection, code: PickupCode) -> list[Parcel]:
    """The parcels that had the code before they were put elsewhere, the last one first."""
    told = conn.execute(
        f"SELECT subject_id, json_extract(changes, '$.{OLD_CODE}') FROM retired_codes JOIN events"
        " ON events.occurred_at = retired_codes.released_at AND subject = 'parcel'"
        f" WHERE code_compact = ? AND json_extract(changes, '$.{OLD_CODE}') IS NOT NULL ORDER BY seq DESC",
        (code.compact,),
    ).fetchall()
    theirs = [number for number, text in told if _is(code, PickupCode(text))]
    return [by_id(conn, number) for number in dict.fromkeys(theirs)]


def _is(asked: PickupCode, code: PickupCode) -> bool:
    return asked.text == code.text if asked.parted else asked.compact == code.compact


def earlier_codes(conn: sqlite3.Connection, parcel_id: int) -> list[str]:
    """What a parcel had before it was put elsewhere, the last one first."""
    had = (
        f"SELECT json_extract(changes, '$.{OLD_CODE}') FROM events WHERE subject_id = ? AND subject = 'parcel'"
        f" AND json_extract(changes, '$.{OLD_CODE}') IS NOT NULL ORDER BY seq DESC"
    )
    return list(dict.fromkeys(str(code) for (code,) in conn.execute(had, (parcel_id,))))


def code_is_taken(conn: sqlite3.Connection, code: PickupCode, released_after: str) -> bool:
    """Whether a parcel here or out has the code or had it before it was moved, or one released later than
    `released_after` (cooling) had it."""
    having = conn.execute("SELECT state, released_at FROM parcels WHERE code_compact = ?", (code.compact,))
    if any(_holds(state, released_at, released_after) for state, released_at in having):
        return True
    retired = conn.execute("SELECT max(released_at) FROM retired_codes WHERE code_compact = ?", (code.compact,))
    (retired_at,) = retired.fetchone()
    if retired_at is None or retired_at > released_after:
        return retired_at is not None
    return any(_holds(had.state, had.released_at, released_after) for had in with_earlier_code(conn, code))


def _holds(state: str, released_at: str | None, released_after: str) -> bool:
    return state in IN_CUSTODY or released_at is None or released_at > released_after


def code_in_custody(conn: sqlite3.Connection, code: PickupCode, *, but: int) -> bool:
    """Whether another parcel than `but` has the code now, or had it before it was moved."""
    held = f"SELECT 1 FROM parcels WHERE code_compact = ? AND id <> ? AND state IN ({CUSTODY})"
    if conn.execute(held, (code.compact, but)).fetchone() is not None:
        return True
    return any(parcel.id != but and parcel.in_custody for parcel in with_earlier_code(conn, code))


def leave_code(
    conn: sqlite3.Connection, parcel: Parcel | None, changes: Mapping[str, object], at: str
) -> dict[str, str]:
    """Where an event of that time (UTC) gives a parcel another code, its old one is not free before the parcel has left
    and it has cooled. The fact that says so in the event."""
    before = parcel.code if parcel is not None else None
    if before is None or changes.get("code", before) == before:
        return {}
    retire(conn, before, at)
    return {OLD_CODE: before}


def retire(conn: sqlite3.Connection, code: str, at: str) -> None:
    """A parcel has had another code since then (UTC)."""
    conn.execute("INSERT INTO retired_codes VALUES (?, ?)", (PickupCode(code).compact, at))
