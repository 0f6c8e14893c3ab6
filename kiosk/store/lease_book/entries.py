"""What stands in the book: a session with its leases, and which session has a parcel."""

from collections.abc import Sequence

from kiosk.parcels.looks import Colour, Look, Pattern
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.lease_book.sessions import Lease, Purpose, Session


def read_session(conn: sqlite3.Connection, session_id: str) -> Session | None:
    """As it stands, be it live or not."""
    row = conn.execute(
        "SELECT id, terminal, purpose, colour, pattern, lit_until, ends_at FROM sessions WHERE id = ?",
        (session_id,),
    ).fetchone()
    if row is None:
        return None
    look = Look(Colour(row[3]), Pattern(row[4]))
    return Session(row[0], row[1], Purpose(row[2]), look, row[5], row[6], leases_of(conn, session_id))


def leases_of(conn: sqlite3.Connection, session_id: str) -> tuple[Lease, ...]:
    """Oldest first."""
    rows = conn.execute(
        "SELECT id, parcel_id, slot, handed_over FROM leases WHERE session_id = ? ORDER BY id",
        (session_id,),
    )
    return tuple(Lease(i, parcel, slot, bool(gone)) for i, parcel, slot, gone in rows)


def session_id_of(conn: sqlite3.Connection, parcel_ids: Sequence[int], purpose: Purpose) -> str | None:
    """The session that has had one of the parcels for the shortest time."""
    marks = ", ".join("?" * len(parcel_ids))
    found = conn.execute(
        f"SELECT session_id FROM leases JOIN sessions ON sessions.id = session_id"
        f" WHERE parcel_id IN ({marks}) AND purpose = ? AND handed_over = 0 ORDER BY leases.id DESC LIMIT 1",
        (*parcel_ids, purpose),
    ).fetchone()
    return found[0] if found else None
