"""What lies in which slot, and what is to be put in one."""

from collections.abc import Sequence

from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.parcels import CUSTODY, Parcel, some_parcels


def in_custody_at(conn: sqlite3.Connection, place: str) -> list[Parcel]:
    """What lies in a slot, on a level or on a shelf, by slot and age."""
    # "-" sorts right before ".": these are the names that begin with the place and a dash.
    found = some_parcels(conn, "slot = ?1 OR (slot > ?1 || '-' AND slot < ?1 || '.')", (place,))
    return sorted(found, key=lambda parcel: (parcel.slot or "", parcel.id))


def slots_of_consignee(conn: sqlite3.Connection, contact_id: int) -> Sequence[str]:
    """Slots that hold or await this consignee's parcels."""
    rows = conn.execute(
        f"SELECT coalesce(slot, proposed_slot) FROM parcels WHERE contact_id = ? AND state IN ({CUSTODY})",
        (contact_id,),
    )
    return [slot for (slot,) in rows if slot]


def held_in(conn: sqlite3.Connection, slot: str) -> int:
    """Parcels lying in a slot."""
    return int(conn.execute("SELECT count(*) FROM parcels WHERE slot = ?", (slot,)).fetchone()[0])


def held_by_slot(conn: sqlite3.Connection) -> dict[str, int]:
    """Parcels lying in each slot that has any."""
    return dict(conn.execute("SELECT slot, count(*) FROM parcels WHERE slot IS NOT NULL GROUP BY slot").fetchall())


def waiting_for_place(conn: sqlite3.Connection, most: int) -> list[tuple[Parcel, str]]:
    """The parcels that are to be put in a slot and are not held, each with when it was taken in hand (UTC), the oldest
    first. Slots are proposed for so few that their own small index answers."""
    waiting = "proposed_slot IS NOT NULL AND state = 'CHECKED_IN' AND hold_reason IS NULL ORDER BY id LIMIT ?"
    since = (
        "SELECT max(occurred_at) FROM events WHERE subject_id = ? AND subject = 'parcel'"
        " AND event IN ('check_in', 'fail_delivery', 'undo_shelve')"
    )
    return [(row, str(conn.execute(since, (row.id,)).fetchone()[0])) for row in some_parcels(conn, waiting, (most,))]


def last_place_at(conn: sqlite3.Connection, terminal: str, batch: int) -> str | None:
    """Where the parcel lies, or belongs, that this terminal took in last, if it came with this batch."""
    taken_in = (
        "SELECT coalesce(slot, proposed_slot) FROM parcels WHERE batch_id = ? AND id = (SELECT subject_id FROM events"
        " WHERE terminal = ? AND event IN ('check_in', 'fail_delivery', 'undo_shelve') ORDER BY seq DESC LIMIT 1)"
    )
    found = conn.execute(taken_in, (batch, terminal)).fetchone()
    return found[0] if found else None


def size_was_said(conn: sqlite3.Connection, parcel_id: int) -> bool:
    """Whether any event has set it: the column has M where nobody did."""
    told = "SELECT 1 FROM events WHERE subject = 'parcel' AND subject_id = ? AND changes LIKE '%\"size\"%' LIMIT 1"
    return conn.execute(told, (parcel_id,)).fetchone() is not None
