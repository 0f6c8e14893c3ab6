"""The people who work here."""

import hashlib
from typing import NamedTuple

from kiosk.store.file.sqlite import sqlite3


class Colleague(NamedTuple):
    """`number` is what they type and what events carry; the name stays here.

    `standing` is another one as soon as their role, PIN or badge is: whoever signed in before has to do it again.
    """

    id: int
    number: str
    role: str
    name: str
    pin_hash: str | None
    has_badge: bool
    pin_must_change: bool
    standing: str


_WHO = "staff-"  # and their number
_FIELDS = "id, number, role, coalesce(name, ''), pin_hash, pin_must_change, badge_hash"
_HERE = f"SELECT {_FIELDS} FROM staff WHERE left_at IS NULL"


def colleagues(conn: sqlite3.Connection) -> list[Colleague]:
    """Everybody who has not left, by number."""
    return [_read(row) for row in conn.execute(f"{_HERE} ORDER BY number")]


def by_number(conn: sqlite3.Connection, number: str) -> Colleague | None:
    found = conn.execute(f"{_HERE} AND number = ?", (number,)).fetchone()
    return _read(found) if found else None


def who_is(number: str) -> str:
    """As every event names whoever of the staff did it."""
    return f"{_WHO}{number}"


def is_staffs(who: str) -> bool:
    """Whether one of the staff did it, or somebody at a desk where none are registered."""
    return who.startswith(_WHO) or who == _WHO.removesuffix("-")


def by_who(conn: sqlite3.Connection, who: str) -> Colleague | None:
    """The one whom events name so."""
    return by_number(conn, who.removeprefix(_WHO))


def was_given(conn: sqlite3.Connection, number: str) -> bool:
    """Whether anybody has or had the number."""
    return conn.execute("SELECT 1 FROM staff WHERE number = ?", (number,)).fetchone() is not None


def was_anybody(conn: sqlite3.Connection) -> bool:
    """Whether anybody was ever registered."""
    return conn.execute("SELECT 1 FROM staff LIMIT 1").fetchone() is not None


def by_badge(conn: sqlite3.Connection, badge_hash: bytes) -> Colleague | None:
    found = conn.execute(f"{_HERE} AND badge_hash = ?", (badge_hash,)).fetchone()
    return _read(found) if found else None


def _read(row: tuple[int, str, str, str, str | None, int, bytes | None]) -> Colleague:
    one, number, role, name, pin_hash, pin_must_change, badge_hash = row
    standing = hashlib.sha256(repr((role, pin_hash, badge_hash)).encode()).hexdigest()
    return Colleague(one, number, role, name, pin_hash, badge_hash is not None, bool(pin_must_change), standing)
