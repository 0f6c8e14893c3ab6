"""The event log: the only way a row that counts is written, so that each change has exactly one event."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring_ascii as _text
from typing import NamedTuple

from kiosk.parcels.canonical import canonical
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import Event, ForbiddenTransition, State, next_state
from kiosk.store.file.keys import FIRST_LINK, StationKey, compact_json
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.parcels import CANONICAL, COLUMNS


class Table(NamedTuple):
    """A table that events write. `private` columns never go into an event: they may tell of a person.

    `defaults`: what a new row holds in the columns that its first event need not name, if not NULL.
    `canonical`: columns that no event tells, each with the number's column that it is the canonical number of.
    """

    name: str
    columns: frozenset[str]
    private: frozenset[str] = frozenset()
    defaults: Mapping[str, object] = {}
    canonical: Mapping[str, str] = {}

    def with_canonical(self, row: Mapping[str, object]) -> Mapping[str, object]:
        """A row, or what changes of it, with what follows from its numbers."""
        told = [(name, row[of]) for name, of in self.canonical.items() if of in row]
        return {**row, **{name: canonical(str(number)) if number else None for name, number in told}} if told else row


_PARCEL_DEFAULTS = {
    "courier_decided": 0, "piece": 1, "pieces": 1, "size": "M", "consent": "not_asked", "kind": "parcel",
    "freight_collect_fen": 0, "cod_fen": 0, "price_fen": 0, "fee_fen": 0, "paid_fen": 0, "waived_fen": 0,
    "reminders": 0,
}  # fmt: skip
TABLES: Mapping[Subject, Table] = {
    Subject.PARCEL: Table("parcels", COLUMNS, frozenset({"contact_id", "collector_id"}), _PARCEL_DEFAULTS, CANONICAL),
    Subject.SHEET: Table("sheets", frozenset("kind party expected scanned note opened_at closed_at".split())),
    Subject.PLACE: Table("closed_places", frozenset("place reason closed_at reopened_at".split())),
    Subject.STAFF: Table(
        "staff",
        frozenset("number role left_at pin_must_change".split()),
        frozenset("name pin_hash badge_hash".split()),
        {"pin_must_change": 0},
    ),
    Subject.PASS: Table(
        "passes",
        frozenset("parcels valid_until session".split()),
        frozenset({"token_hash", "bearer_id", "token_sealed"}),
    ),
}
STATION_ID = 0  # of the one subject without a table


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who did it where and when. Times are ISO 8601 in UTC; `occurred_at` differs from `recorded_at` on replay."""

    who: str
    terminal: str
    occurred_at: str
    recorded_at: str


class EventRow(NamedTuple):
    """One row of the event log. Times are UTC; `changes` is JSON, `link` chains it to the row before."""

    seq: int
    event: str
    subject: str
    subject_id: int
    who: str
    terminal: str
    occurred_at: str
    recorded_at: str
    changes: str
    link: bytes

    def chained(self) -> bytes:
        """What the link covers: the row as a JSON list, written out here because a million are checked in a night."""
        seq, event, subject, number, who, terminal, occurred_at, recorded_at, changes, _ = self
        about = number if subject == "parcel" else f"[{_text(subject)},{number}]"
        return (
            f"[{seq},{_text(event)},{about},{_text(who)},{_text(terminal)},{_text(occurred_at)},{_text(recorded_at)},"
            f"{_text(changes)}]"
        ).encode()


def record(
    conn: sqlite3.Connection,
    key: StationKey,
    event: Event,
    parcel: tuple[int, State] | None,
    changes: Mapping[str, object],
    stamp: Stamp,
    private: Mapping[str, object] | None = None,
    facts: Mapping[str, object] | None = None,
) -> int:
    """Write one transition: the parcel's row and its event, inside the caller's transaction. Returns the parcel id.

    `parcel` is (id, state now), None for a new episode. `facts` stand in the event only, such as a reason.
    `private` columns, such as the contact, stay out of the event: events carry no phone and no name.
    """
    assert conn.in_transaction
    full = {"state": next_state(parcel[1] if parcel else None, event), **changes}
    written = TABLES[Subject.PARCEL].with_canonical({**full, **private} if private else full)
    if parcel is None:
        parcel_id = int(conn.execute(_insert("parcels", tuple(written)), tuple(written.values())).lastrowid)
    else:
        parcel_id = parcel[0]
        done = conn.execute(_update("parcels", tuple(written)) + " AND state = ?", (*written.values(), *parcel))
        if done.rowcount != 1:
            raise ForbiddenTransition(f"{event}: parcel {parcel_id} is not {parcel[1]} any more")
    told = {**full, **facts} if facts else full
    _append(conn, key, event, Subject.PARCEL, parcel_id, compact_json(told), stamp)
    return parcel_id


def record_about(
    conn: sqlite3.Connection,
    key: StationKey,
    event: StationEvent,
    subject: Subject,
    subject_id: int | None,
    changes: Mapping[str, object],
    stamp: Stamp,
    private: Mapping[str, object] | None = None,
    facts: Mapping[str, object] | None = None,
) -> int:
    """The same for something else than a parcel: a new row where `subject_id` is None. Returns its id."""
    assert conn.in_transaction
    written = {**changes, **(private or {})}
    if subject is Subject.STATION:
        subject_id = STATION_ID
    elif subject_id is None:
        insert = _insert(TABLES[subject].name, tuple(written))
        subject_id = int(conn.execute(insert, tuple(written.values())).lastrowid)
    elif written:
        conn.execute(_update(TABLES[subject].name, tuple(written)), (*written.values(), subject_id))
    _append(conn, key, event, subject, subject_id, compact_json({**changes, **(facts or {})}), stamp)
    return subject_id


def _append(
    conn: sqlite3.Connection,
    key: StationKey,
    event: Event | StationEvent,
    subject: Subject,
    subject_id: int,
    changes: str,
    stamp: Stamp,
) -> None:
    last = conn.execute("SELECT seq, link FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (last[0] + 1, last[1]) if last else (1, FIRST_LINK)
    at = (stamp.occurred_at, stamp.recorded_at)
    row = EventRow(seq, event, subject, subject_id, stamp.who, stamp.terminal, *at, changes, b"")
    conn.execute(
        "INSERT INTO events (seq, event, subject, subject_id, who, terminal, occurred_at, recorded_at, changes, link)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (seq, event, subject, subject_id, stamp.who, stamp.terminal, *at, changes, key.link(previous, row.chained())),
    )


_KNOWN = {table.name: table.columns | table.private | table.canonical.keys() for table in TABLES.values()}


@lru_cache(maxsize=128)
def _insert(table: str, columns: tuple[str, ...]) -> str:
    assert set(columns) <= _KNOWN[table]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


@lru_cache(maxsize=128)
def _update(table: str, columns: tuple[str, ...]) -> str:
    assert set(columns) <= _KNOWN[table]
    return f"UPDATE {table} SET {', '.join(f'{column} = ?' for column in columns)} WHERE id = ?"


EVENT_COLUMNS = "seq, event, subject, subject_id, who, terminal, occurred_at, recorded_at, changes, link"


def whole_log(conn: sqlite3.Connection, after: int = 0) -> Iterator[EventRow]:
    """Every event in order, or those after one, for whoever checks them."""
    where = f"WHERE seq > {int(after)}" if after else ""  # the first number may be anything: a check reads it too
    return map(EventRow._make, conn.execute(f"SELECT {EVENT_COLUMNS} FROM events {where} ORDER BY seq"))


def last_seq(conn: sqlite3.Connection) -> int:
    """The number of the newest event, 0 where there is none."""
    return int(conn.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])


def latest_at(conn: sqlite3.Connection) -> str | None:
    """The latest time of any event (UTC), but of those that a person said to be dated wrong."""
    found = conn.execute(
        "SELECT occurred_at FROM events WHERE seq > coalesce((SELECT believed_seq FROM clock_watch), 0)"
        " ORDER BY occurred_at DESC LIMIT 1"
    ).fetchone()
    return str(found[0]) if found else None


def erased_since(conn: sqlite3.Connection, seq: int) -> tuple[list[int], int]:
    """Contacts (row ids) that were erased after an event, and the event up to which that is so."""
    rows = conn.execute("SELECT changes FROM events WHERE event = ? AND seq > ?", (StationEvent.ERASE_CONTACTS, seq))
    erased = [number for (changes,) in rows.fetchall() for number in json.loads(changes)["contacts"]]
    return erased, int(conn.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])


class About(NamedTuple):
    """Which events are meant: of one subject, after a seq, between two times (UTC), or the `last` n of these."""

    subject: Subject | None = None
    subject_id: int | None = None
    after: int = 0
    since: str | None = None
    until: str | None = None
    last: int | None = None


def read_events(conn: sqlite3.Connection, about: About = About()) -> Iterator[tuple[EventRow, str]]:  # noqa: B008
    """Events in order of seq, each with its parcel's waybill (empty for what is no parcel)."""
    # With +seq the time's index is used where a time is given, and the order of the log else.
    by_time = about.since is not None or about.until is not None
    conditions: list[tuple[str, object]] = [("+seq > ?" if by_time else "seq > ?", about.after)]
    if about.subject is not None:
        conditions += [("subject = ?", about.subject), ("subject_id = ?", about.subject_id)]
    if about.since is not None:
        conditions.append(("occurred_at >= ?", about.since))
    if about.until is not None:
        conditions.append(("occurred_at < ?", about.until))
    where = " AND ".join(text for text, _ in conditions)
    newest = f"ORDER BY seq DESC LIMIT {int(about.last)}" if about.last is not None else ""
    rows = conn.execute(
        f"SELECT e.seq, event, subject, subject_id, who, terminal, occurred_at, recorded_at, changes, link,"
        f" coalesce(waybill, '') FROM (SELECT * FROM events WHERE {where} {newest}) e"
        f" LEFT JOIN parcels p ON e.subject = 'parcel' AND p.id = e.subject_id ORDER BY {'+' * by_time}e.seq",
        [value for _, value in conditions],
    )
    for row in rows:
        yield EventRow(*row[:10]), row[10]
