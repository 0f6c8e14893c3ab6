"""Contact data, the one table that knows a person: the phone as a keyed hash to find it by, sealed, and its last 4
digits; sealed too an e-mail address, the address of a home delivery, and who collected for somebody else."""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kiosk.faults import StationFault
from kiosk.parcels.phones import Phone
from kiosk.store.file.database import ADDRESS
from kiosk.store.file.keys import StationKey
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.own_words import erase_words_of
from kiosk.store.tables.parcels import CUSTODY

_PHONE, _NAME, _EMAIL = "phone", "name", "email"


class Contact(NamedTuple):
    """All that is kept of a person. `phone` is None where only its end is known."""

    id: int
    phone: str | None
    phone_tail: str | None
    address: str | None
    name: str | None
    email: str | None


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
    if phone.number is None:
        return _insert(conn, None, phone.tail, None)
    known = find_contact(conn, key, phone)
    if known is None:
        return _insert(conn, key.phone_hash(phone.number), phone.tail, key.seal(_PHONE, phone.number))
    # Stations of the first versions kept the hash and the tail only.
    if conn.execute("SELECT 1 FROM contacts WHERE id = ? AND phone_sealed IS NULL", (known,)).fetchone():
        conn.execute("UPDATE contacts SET phone_sealed = ? WHERE id = ?", (key.seal(_PHONE, phone.number), known))
    return known


def set_address(conn: sqlite3.Connection, key: StationKey, contact_id: int | None, address: str | None) -> int:
    """Where a home delivery goes; None erases it. A parcel of nobody known gets a contact for it."""
    if contact_id is None:
        contact_id = _insert(conn, None, None, None)
    sealed = key.seal(ADDRESS, address) if address else None
    conn.execute("UPDATE contacts SET address_sealed = ? WHERE id = ?", (sealed, contact_id))
    return contact_id


def set_email(conn: sqlite3.Connection, key: StationKey, contact_id: int | None, email: str) -> int:
    """Where messages go. It identifies nobody: a parcel of nobody known gets a contact of its own for it."""
    if contact_id is None:
        contact_id = _insert(conn, None, None, None)
    conn.execute("UPDATE contacts SET email_sealed = ? WHERE id = ?", (key.seal(_EMAIL, email), contact_id))
    return contact_id


def of_contact(contact_id: int | None) -> dict[str, object] | None:
    """The parcel's private column, where anybody is known."""
    return None if contact_id is None else {"contact_id": contact_id}


def known_by_email(conn: sqlite3.Connection, key: StationKey, email: str) -> list[int]:
    """People with this address, for their own request. Each address is opened for it, and small letters are not told
    from large ones: no mail service does."""
    rows = conn.execute("SELECT id, email_sealed FROM contacts WHERE email_sealed IS NOT NULL")
    return [number for number, sealed in rows if key.unseal(_EMAIL, sealed).lower() == email.lower()]


def add_person(conn: sqlite3.Connection, key: StationKey, name: str) -> int:
    """Somebody who collects for another: their name, or what staff saw of them; never the number of their card."""
    from kiosk.parcels.identity_cards import without_identities  # few do

    sealed = key.seal(_NAME, without_identities(name))
    return int(conn.execute("INSERT INTO contacts (name_sealed) VALUES (?)", (sealed,)).lastrowid)


def read_contact(conn: sqlite3.Connection, key: StationKey, contact_id: int | None) -> Contact | None:
    """Unsealed: whoever shows the number puts that on record. None for nobody known."""
    columns = "id, phone_sealed, phone_tail, address_sealed, name_sealed, email_sealed"
    row = conn.execute(f"SELECT {columns} FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    if row is None:
        return None
    phone, address = row[1] and key.unseal(_PHONE, row[1]), row[3] and key.unseal(ADDRESS, row[3])
    name, email = row[4] and key.unseal(_NAME, row[4]), row[5] and key.unseal(_EMAIL, row[5])
    return Contact(row[0], phone, row[2], address, name, email)


def address_of(conn: sqlite3.Connection, key: StationKey, contact_id: int | None) -> str | None:
    """Where a home delivery goes."""
    contact = read_contact(conn, key, contact_id)
    return contact.address if contact else None


def _insert(conn: sqlite3.Connection, digest: bytes | None, tail: str | None, sealed: bytes | None) -> int:
    insert = "INSERT INTO contacts (phone_hash, phone_tail, phone_sealed) VALUES (?, ?, ?)"
    return int(conn.execute(insert, (digest, tail, sealed)).lastrowid)


def phone_tail(conn: sqlite3.Connection, contact_id: int | None) -> str | None:
    """The last 4 digits of a contact's phone."""
    found = conn.execute("SELECT phone_tail FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return str(found[0]) if found and found[0] else None


class Reach(NamedTuple):
    """How far a contact is known: the last 4 digits of the phone, whether all of it is, and whether messages can be
    sent."""

    tail: str | None = None
    has_phone: bool = False
    is_told: bool = False


def reach_of(conn: sqlite3.Connection, contact_id: int | None) -> Reach:
    """Nothing is unsealed for it."""
    columns = "phone_tail, phone_hash IS NOT NULL, phone_sealed IS NOT NULL OR email_sealed IS NOT NULL"
    row = conn.execute(f"SELECT {columns} FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return Reach(row[0] or None, bool(row[1]), bool(row[2])) if row else Reach()


_PERSONAL = ("phone_hash", "phone_tail", "phone_sealed", "address_sealed", "name_sealed", "email_sealed")
_IS_KNOWN = "coalesce({}) IS NOT NULL".format(", ".join(_PERSONAL))
# In custody, on the way, or gone for less than so long: the person may still be needed.
_KEEPS = f"(state IN ({CUSTODY}, 'OUT_FOR_DELIVERY') OR coalesce(released_at, checked_in_at, announced_at) > :cutoff)"


def known_contacts(conn: sqlite3.Connection) -> list[int]:
    """Everybody of whom something is still known."""
    return [number for (number,) in conn.execute(f"SELECT id FROM contacts WHERE {_IS_KNOWN}")]


def with_number(conn: sqlite3.Connection, contact_ids: list[int]) -> set[int]:
    """Those of whom the whole phone is known."""
    some = "SELECT id FROM contacts WHERE phone_hash IS NOT NULL AND id IN (SELECT value FROM json_each(?))"
    return {number for (number,) in conn.execute(some, (json.dumps(contact_ids),))}


def number_of(conn: sqlite3.Connection, key: StationKey, contact_id: int) -> str | None:
    """The whole phone, None where it is not kept: for comparing, a look at it is an event."""
    (sealed,) = conn.execute("SELECT phone_sealed FROM contacts WHERE id = ?", (contact_id,)).fetchone()
    return key.unseal(_PHONE, sealed) if sealed else None


def is_known_contact(conn: sqlite3.Connection, contact_id: int | None) -> bool:
    """Whether anything of this person is still kept."""
    return conn.execute(f"SELECT 1 FROM contacts WHERE id = ? AND {_IS_KNOWN}", (contact_id,)).fetchone() is not None


def due_contacts(conn: sqlite3.Connection, cutoff: str, now: str, most: int) -> list[int]:
    """People of whom something is known, and whose last parcel left (or was announced) before the cutoff; who collects
    for somebody else is known as long as their pass is valid, or the parcel they took would be. Times are UTC."""
    rows = conn.execute(
        f"SELECT id FROM contacts c WHERE {_IS_KNOWN}"
        f" AND NOT EXISTS (SELECT 1 FROM parcels WHERE contact_id = c.id AND {_KEEPS})"
        f" AND NOT EXISTS (SELECT 1 FROM parcels WHERE collector_id = c.id AND {_KEEPS})"
        f" AND NOT EXISTS (SELECT 1 FROM passes WHERE bearer_id = c.id AND valid_until > :now) LIMIT :most",
        {"cutoff": cutoff, "now": now, "most": most},
    )
    return [number for (number,) in rows]


def erase_contacts(conn: sqlite3.Connection, contact_ids: list[int]) -> list[bytes]:
    """The rows stay, empty, so that counts stay; what staff wrote of their parcels goes.

    Returns the bytes that must not be found in any file any more.
    """
    traces: list[bytes] = []
    for number in contact_ids:
        columns = "phone_hash, phone_sealed, address_sealed, name_sealed, email_sealed"
        row = conn.execute(f"SELECT {columns} FROM contacts WHERE id = ?", (number,)).fetchone()
        traces += [trace for trace in row or () if trace is not None]
        traces += erase_words_of(conn, number)
        conn.execute(f"UPDATE contacts SET {', '.join(f'{name} = NULL' for name in _PERSONAL)} WHERE id = ?", (number,))
    return traces


def misfits(conn: sqlite3.Connection, key: StationKey, parcels: Iterable[int] | None = None) -> Iterator[int]:
    """Contacts whose sealed data cannot be opened, or is another phone than the hash and the last digits say: all of
    them, or those of these parcels."""
    columns = "id, phone_hash, phone_tail, phone_sealed, address_sealed, name_sealed, email_sealed"
    those = (
        ""
        if parcels is None
        else " WHERE id IN (SELECT contact_id FROM parcels WHERE id IN (SELECT value FROM json_each(?)))"
    )
    given = () if parcels is None else (json.dumps(list(parcels)),)
    for number, digest, tail, phone, address, name, email in conn.execute(
        f"SELECT {columns} FROM contacts{those}", given
    ):
        try:
            told = key.unseal(_PHONE, phone) if phone is not None else None
            others = ((ADDRESS, address), (_NAME, name), (_EMAIL, email))
            _ = [key.unseal(purpose, sealed) for purpose, sealed in others if sealed is not None]
        except StationFault:
            yield number
        else:
            if told is not None and (key.phone_hash(told), told[-4:]) != (digest, tail):
                yield number
