"""Contact data, the one table that knows a phone: a keyed hash to find a consignee, and the last 4 digits."""

from kiosk.parcels.phones import Phone
from kiosk.store.chain import StationKey
from kiosk.store.sqlite import sqlite3


def contact_of(conn: sqlite3.Connection, key: StationKey, phone: Phone | None) -> int | None:
    """The contact's id, made when new. A tail alone makes a contact of its own; a virtual number makes none."""
    if phone is None or phone.tail is None:
        return None
    if phone.number is None:
        return _insert(conn, None, phone.tail)
    digest = key.phone_hash(phone.number)
    found = conn.execute("SELECT id FROM contacts WHERE phone_hash = ?", (digest,)).fetchone()
    if found:
        return int(found[0])
    return _insert(conn, digest, phone.tail)


def _insert(conn: sqlite3.Connection, digest: bytes | None, tail: str) -> int:
    contact_id = conn.execute("INSERT INTO contacts (phone_hash, phone_tail) VALUES (?, ?)", (digest, tail)).lastrowid
    return int(contact_id)


def phone_tail(conn: sqlite3.Connection, contact_id: int | None) -> str | None:
    """The last 4 digits of a contact's phone."""
    found = conn.execute("SELECT phone_tail FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return str(found[0]) if found and found[0] else None
