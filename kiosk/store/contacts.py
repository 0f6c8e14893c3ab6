"""Contact data, the one table that knows a phone: a keyed hash to find a consignee, and the last 4 digits."""

from kiosk.parcels.phones import Phone
from kiosk.store.chain import StationKey
from kiosk.store.sqlite import sqlite3


def find_contact(conn: sqlite3.Connection, key: StationKey, phone: Phone | None) -> int | None:
    """The consignee with this number, if we know one. A tail or a virtual number is no identity."""
    if phone is None or phone.number is None:
        return None
    found = conn.execute("SELECT id FROM contacts WHERE phone_hash = ?", (key.phone_hash(phone.number),)).fetchone()
    return int(found[0]) if found else None


def contact_of(conn: sqlite3.Connection, key: StationKey, phone: Phone | None) -> int | None:
    """The contact's id, made when new. A tail alone makes a contact of its own; a virtual number makes none."""
    if phone is None or phone.tail is None:
        return None
    digest = key.phone_hash(phone.number) if phone.number else None
    return find_contact(conn, key, phone) or _insert(conn, digest, phone.tail)


def set_address(conn: sqlite3.Connection, contact_id: int | None, address: str | None) -> int:
    """Where a home delivery goes; None erases it. A parcel of nobody known gets a contact for it."""
    if contact_id is None:
        contact_id = _insert(conn, None, None)
    conn.execute("UPDATE contacts SET address = ? WHERE id = ?", (address, contact_id))
    return contact_id


def address_of(conn: sqlite3.Connection, contact_id: int | None) -> str | None:
    found = conn.execute("SELECT address FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return str(found[0]) if found and found[0] else None


def _insert(conn: sqlite3.Connection, digest: bytes | None, tail: str | None) -> int:
    contact_id = conn.execute("INSERT INTO contacts (phone_hash, phone_tail) VALUES (?, ?)", (digest, tail)).lastrowid
    return int(contact_id)


def phone_tail(conn: sqlite3.Connection, contact_id: int | None) -> str | None:
    """The last 4 digits of a contact's phone."""
    found = conn.execute("SELECT phone_tail FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return str(found[0]) if found and found[0] else None
