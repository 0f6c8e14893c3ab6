"""The database for whoever helps: how much of what there is; and what is personal in it, so that it can be masked."""

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from kiosk.faults import StationFault
from kiosk.store.file.keys import StationKey
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.contacts import read_contact

_WORDS = (
    ("staff", "name"),
    ("sheets", "party"),
    ("sheets", "note"),
    ("closed_places", "reason"),
    ("parcels", "hold_note"),
    ("parcels", "return_reason"),
)
_NUMBERS = "waybill canonical second_waybill second_canonical raw_scan code code_compact".split()


# Where people write in their own words, by the names that events give it; so many of the newest are looked through.
_OWN_WORDS = frozenset("hold_note return_reason note party reason resolution proof".split())
_LOOKED_THROUGH = 20_000


class Kind(StrEnum):
    """What of a person a text is."""

    NAME = "name"
    ADDRESS = "address"
    EMAIL = "email"
    NUMBER = "number"
    OWN_WORDS = "own_words"


class Personal(NamedTuple):
    """A text of the database that tells of a person, or may."""

    kind: Kind
    text: str


def counts(conn: sqlite3.Connection) -> dict[str, object]:
    """Rows by table, parcels by state, events by kind, faults by strip; the schema and the size in pages."""
    tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {
        "schema": conn.execute("PRAGMA user_version").fetchone()[0],
        "pages": conn.execute("PRAGMA page_count").fetchone()[0],
        "rows": {name: conn.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()[0] for name in tables},
        "parcels": dict(conn.execute("SELECT state, count(*) FROM parcels GROUP BY state")),
        "held": conn.execute("SELECT count(*) FROM parcels WHERE hold_reason IS NOT NULL").fetchone()[0],
        "events": dict(conn.execute("SELECT event, count(*) FROM events GROUP BY event")),
        "light_faults": dict(conn.execute("SELECT strip, count(*) FROM light_faults GROUP BY strip")),
    }


def last_events(conn: sqlite3.Connection, most: int) -> list[tuple[int, str, str, str, str, str]]:
    """seq, event, subject, who, recorded_at, changes; the newest last."""
    rows = conn.execute(
        "SELECT seq, event, subject, who, recorded_at, changes FROM events ORDER BY seq DESC LIMIT ?", (most,)
    )
    return list(rows)[::-1]


def personal_words(conn: sqlite3.Connection, key: StationKey | None) -> Iterator[Personal]:
    """Names, addresses, phones, what else is known of a person, and whatever people wrote in their own words."""
    for table, column in _WORDS:
        kind = Kind.NAME if column in ("name", "party") else Kind.OWN_WORDS
        for (word,) in conn.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"):
            yield Personal(kind, str(word))
    yield from _words_in_log(conn)
    if key is None:
        return
    for (number,) in conn.execute("SELECT id FROM contacts").fetchall():
        try:
            contact = read_contact(conn, key, number)
        except StationFault:
            continue  # sealed with another key: nobody here can read it
        if contact is not None:
            told = ((Kind.NAME, contact.name), (Kind.ADDRESS, contact.address), (Kind.EMAIL, contact.email))
            yield from (Personal(kind, word) for kind, word in (*told, (Kind.NUMBER, contact.phone)) if word)


def _words_in_log(conn: sqlite3.Connection) -> Iterator[Personal]:
    """What stood in a table and is only in the log by now: a hold that was released, who signed at a door."""
    newest = "SELECT changes FROM events ORDER BY seq DESC LIMIT ?"
    for (text,) in conn.execute(newest, (_LOOKED_THROUGH,)):
        if any(f'"{name}":' in text for name in _OWN_WORDS):
            changes = json.loads(text)
            yield from (Personal(Kind.OWN_WORDS, str(changes[name])) for name in _OWN_WORDS if changes.get(name))


def shelf_numbers(conn: sqlite3.Connection) -> Iterator[str]:
    """Waybills and codes, of parcels here and gone."""
    for column in _NUMBERS:
        for (number,) in conn.execute(f"SELECT {column} FROM parcels WHERE {column} IS NOT NULL"):
            yield str(number)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
