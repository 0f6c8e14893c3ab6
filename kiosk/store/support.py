"""The database for whoever helps: how much of what there is; and what is personal in it, so that it can be masked."""

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from kiosk.faults import StationFault
from kiosk.store.file.keys import StationKey
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.contacts import known_contacts, read_contact
from kiosk.store.tables.own_words import PUT_APART, all_words
from kiosk.store.tables.parcels import CUSTODY

_WORDS = (("staff", "name"), ("sheets", "party"), ("sheets", "note"), ("closed_places", "reason"))
_OF_PARCELS = ("hold_note", "return_reason")  # as the first versions kept them
_NUMBERS = "waybill canonical second_waybill second_canonical raw_scan code code_compact".split()
_NEWEST = 20_000  # rows: what a log can still tell of; a station of years is as quickly looked through as a new one
_OVER_THE_YEARS = ("events", "parcels", "contacts")  # their rows never go
_OWN_WORDS = PUT_APART | {"party"}


class PersonalKind(StrEnum):
    """What of a person a text is."""

    NAME = "name"
    ADDRESS = "address"
    EMAIL = "email"
    NUMBER = "number"
    OWN_WORDS = "own_words"


class Personal(NamedTuple):
    """A text of the database that tells of a person, or may."""

    kind: PersonalKind
    text: str


def counts(conn: sqlite3.Connection) -> dict[str, object]:
    """Rows by table, parcels here by state, the newest events by kind, faults by strip; the schema and the size in
    pages."""
    tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    kinds = "SELECT event, count(*) FROM events WHERE seq > (SELECT max(seq) FROM events) - ? GROUP BY event"
    here = f"FROM parcels WHERE state IN ({CUSTODY})"
    return {
        "schema": conn.execute("PRAGMA user_version").fetchone()[0],
        "pages": conn.execute("PRAGMA page_count").fetchone()[0],
        "rows": {name: _rows(conn, name) for name in tables},
        "parcels": dict(conn.execute(f"SELECT state, count(*) {here} GROUP BY state")),
        "held": conn.execute(f"SELECT count(*) {here} AND hold_reason IS NOT NULL").fetchone()[0],
        "events": dict(conn.execute(kinds, (_NEWEST,))),
        "light_faults": dict(conn.execute("SELECT strip, count(*) FROM light_faults GROUP BY strip")),
    }


def _rows(conn: sqlite3.Connection, table: str) -> int:
    """By its highest number, where no row ever goes: counting them takes longer each year."""
    what = "coalesce(max(rowid), 0)" if table in _OVER_THE_YEARS else "count(*)"
    return int(conn.execute(f"SELECT {what} FROM {_quoted(table)}").fetchone()[0])


def last_events(conn: sqlite3.Connection, most: int) -> list[tuple[int, str, str, str, str, str]]:
    """seq, event, subject, who, recorded_at, changes; the newest last."""
    rows = conn.execute(
        "SELECT seq, event, subject, who, recorded_at, changes FROM events ORDER BY seq DESC LIMIT ?", (most,)
    )
    return list(rows)[::-1]


def personal_words(conn: sqlite3.Connection, key: StationKey | None) -> Iterator[Personal]:
    """Names, addresses, phones, what else is known of a person, and whatever people wrote in their own words."""
    for table, column in _WORDS:
        kind = PersonalKind.NAME if column in ("name", "party") else PersonalKind.OWN_WORDS
        for (word,) in conn.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"):
            yield Personal(kind, str(word))
    for word in chain(all_words(conn), _of_parcels(conn, _OF_PARCELS)):
        yield Personal(PersonalKind.OWN_WORDS, word)
    yield from _words_in_log(conn)
    if key is None:
        return
    for number in known_contacts(conn):
        try:
            contact = read_contact(conn, key, number)
        except StationFault:
            continue  # sealed with another key: nobody here can read it
        if contact is not None:
            told = (
                (PersonalKind.NAME, contact.name),
                (PersonalKind.ADDRESS, contact.address),
                (PersonalKind.EMAIL, contact.email),
            )
            yield from (Personal(kind, word) for kind, word in (*told, (PersonalKind.NUMBER, contact.phone)) if word)


def _words_in_log(conn: sqlite3.Connection) -> Iterator[Personal]:
    """What the first versions wrote into the log: a hold that was released, who signed at a door."""
    newest = "SELECT changes FROM events ORDER BY seq DESC LIMIT ?"
    for (text,) in conn.execute(newest, (_NEWEST,)):
        if any(f'"{name}":' in text for name in _OWN_WORDS):
            changes = json.loads(text)
            yield from (
                Personal(PersonalKind.OWN_WORDS, str(changes[name])) for name in _OWN_WORDS if changes.get(name)
            )


def shelf_numbers(conn: sqlite3.Connection) -> Iterator[str]:
    """Waybills and codes, of parcels here and of those that were here lately."""
    yield from _of_parcels(conn, _NUMBERS)


def _of_parcels(conn: sqlite3.Connection, columns: Sequence[str]) -> Iterator[str]:
    asked = f"SELECT {', '.join(columns)} FROM parcels WHERE"
    newest = conn.execute(f"{asked} id > (SELECT max(id) FROM parcels) - ?", (_NEWEST,))
    for row in chain(newest, conn.execute(f"{asked} state IN ({CUSTODY})")):
        yield from (str(value) for value in row if value is not None)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
