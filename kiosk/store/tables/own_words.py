"""What staff wrote in their own words, such as why a parcel is held: kept apart, because a name may stand in it.

The event, and the column that it writes, hold a mark: the keyed hash of the words. The log stays as it is when the
words are erased, and nobody puts others in their place.
"""

import re
import secrets
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kiosk.parcels.states import IN_CUSTODY
from kiosk.store.file.keys import StationKey
from kiosk.store.file.sqlite import sqlite3

ERASED = "…"
_MARK = "words:"
_MARKED = re.compile(r"words:[0-9a-f]{32}")
_SALT = 16  # bytes
_HERE = ", ".join(f"'{state}'" for state in sorted(IN_CUSTODY))


class OwnWords(NamedTuple):
    """`salt`: random, so that the same words have another mark each time; and what erasing leaves no trace of."""

    mark: str
    salt: bytes
    words: str


PUT_APART = frozenset("hold_note return_reason note reason resolution proof".split())  # by their names in events
_OURS = frozenset({"code", "phone tail"})  # by which a parcel was delivered


def put_apart(key: StationKey, name: str, text: str, words: list[OwnWords]) -> str:
    """What an event has under this name; where these are words of staff they are added to `words`, and it is a mark."""
    if name not in PUT_APART or not text or text in _OURS or is_mark(text):  # a mark is what undoing puts back
        return text
    salt = secrets.token_bytes(_SALT)
    words.append(OwnWords(_mark(key, salt, text), salt, text))
    return words[-1].mark


def is_mark(value: object) -> bool:
    return isinstance(value, str) and _MARKED.fullmatch(value) is not None


def keep_words(conn: sqlite3.Connection, kept: OwnWords, subject: str, subject_id: int, now: str) -> None:
    """In the transaction of the event that holds the mark."""
    insert = "INSERT INTO own_words (mark, salt, words, subject, subject_id, written_at) VALUES (?, ?, ?, ?, ?, ?)"
    conn.execute(insert, (*kept, subject, subject_id, now))


def as_told(column: str) -> str:
    """SQL: a column's own words, or what it holds where that is no mark."""
    words = f"coalesce((SELECT words FROM own_words WHERE mark = {column}), '{ERASED}')"
    return f"CASE WHEN {column} GLOB '{_MARK}*' THEN {words} ELSE {column} END"


def told_words(conn: sqlite3.Connection, changes: dict[str, object]) -> dict[str, object]:
    """An event's changes with the words that its marks stand for."""
    return {name: _told(conn, value) if is_mark(value) else value for name, value in changes.items()}


def _told(conn: sqlite3.Connection, mark: object) -> str:
    found = conn.execute("SELECT words FROM own_words WHERE mark = ?", (mark,)).fetchone()
    return str(found[0]) if found else ERASED


def erase_words_of(conn: sqlite3.Connection, contact_id: int) -> list[bytes]:
    """About the parcels of a person. Returns the bytes that must not be found in any file any more."""
    theirs = (
        "subject = 'parcel' AND subject_id IN (SELECT id FROM parcels WHERE contact_id = ?1 UNION ALL"
        " SELECT id FROM parcels WHERE collector_id = ?1)"
    )
    salts = [bytes(salt) for (salt,) in conn.execute(f"SELECT salt FROM own_words WHERE {theirs}", (contact_id,))]
    conn.execute(f"DELETE FROM own_words WHERE {theirs}", (contact_id,))
    return salts


_OVER: Mapping[str, str] = {
    "parcel": f"SELECT id FROM parcels WHERE state NOT IN ({_HERE}, 'OUT_FOR_DELIVERY') AND released_at <= ?1",
    "sheet": "SELECT id FROM sheets WHERE closed_at <= ?1",
    "place": "SELECT id FROM closed_places WHERE reopened_at <= ?1",
}


def forget_words(conn: sqlite3.Connection, cutoff: str) -> None:
    """About what was over before the cutoff (UTC), whoever it was about."""
    for subject, over in _OVER.items():
        conn.execute(f"DELETE FROM own_words WHERE subject = '{subject}' AND subject_id IN ({over})", (cutoff,))
    others = ", ".join(f"'{subject}'" for subject in _OVER)
    conn.execute(f"DELETE FROM own_words WHERE subject NOT IN ({others}) AND written_at <= ?", (cutoff,))


def altered_words(conn: sqlite3.Connection, key: StationKey) -> Iterator[str]:
    """Marks whose words are not those that were written."""
    for mark, salt, words in conn.execute("SELECT mark, salt, words FROM own_words"):
        if _mark(key, salt, words) != mark:
            yield str(mark)


def all_words(conn: sqlite3.Connection) -> Iterator[str]:
    for (words,) in conn.execute("SELECT words FROM own_words"):
        yield str(words)


def _mark(key: StationKey, salt: bytes, words: str) -> str:
    return _MARK + key.secret_hash("own words", f"{salt.hex()}\0{words}")[:16].hex()
