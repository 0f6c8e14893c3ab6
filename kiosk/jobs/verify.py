"""Verifying: the invariants of custody and the hash chain, on the database as it is."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from sys import intern
from typing import NamedTuple, Protocol

from kiosk.config import Settings
from kiosk.jobs.backups import KnownHead
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import IN_CUSTODY, Event, ForbiddenTransition, State, next_state
from kiosk.store.chain import FIRST_LINK, StationKey
from kiosk.store.database import reading
from kiosk.store.events import TABLES, EventRow, read_events
from kiosk.store.rows import all_rows
from kiosk.store.schema import altered_objects
from kiosk.store.snapshot import begins_with
from kiosk.store.sqlite import sqlite3


@dataclass(frozen=True, slots=True)
class Violation:
    """`rule` is a stable name; `detail` says where."""

    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many events and parcels were checked, and what is wrong."""

    events: int
    parcels: int
    violations: tuple[Violation, ...]


@dataclass(slots=True)
class _Replay:
    """The table as the events tell it, built event by event."""

    rows: dict[tuple[str, int], dict[str, object]] = field(default_factory=dict)
    codes: dict[str, tuple[int, str]] = field(default_factory=dict)  # compact code → last holder, released_at
    previous: bytes = FIRST_LINK
    seq: int = 0


def _interned(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Each name once in memory, not once for each of 100,000 parcels: a third of all that a check takes."""
    return {intern(name): value for name, value in pairs}


_decode = json.JSONDecoder(object_pairs_hook=_interned).decode


class Verifiable(Protocol):
    """A station, or a database that is to become one."""

    @property
    def conn(self) -> sqlite3.Connection: ...
    @property
    def key(self) -> StationKey: ...
    @property
    def settings(self) -> Settings: ...


class Candidate(NamedTuple):
    """A database that is to be put in place."""

    conn: sqlite3.Connection
    key: StationKey
    settings: Settings


def verify(station: Verifiable, heads: Iterable[KnownHead] = ()) -> Verdict:
    """Check everything in one reading transaction; changes nothing.

    An end cut off the log together with its rows cannot be seen from here: only by `heads` that backups know.
    """
    with reading(station.conn):
        violations = list(_check_file(station.conn))
        replay = _Replay()
        for row, _ in read_events(station.conn):
            violations += _check_event(station, replay, row)
        for subject in TABLES:
            violations += _check_replay(station.conn, replay, subject)
        violations += _check_custody(station)
        violations += _check_heads(station.conn, heads)
    parcels = sum(subject == Subject.PARCEL for subject, _ in replay.rows)
    return Verdict(replay.seq, parcels, tuple(violations))


def _check_file(conn: sqlite3.Connection) -> Iterator[Violation]:
    for (message,) in conn.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield Violation("file_intact", message)
    for name in altered_objects(conn):
        yield Violation("schema_as_shipped", name)
    for table, rowid, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield Violation("references_hold", f"{table} {rowid} → {parent}")


def _check_event(station: Verifiable, replay: _Replay, row: EventRow) -> Iterator[Violation]:
    where = f"event {row.seq}"
    if row.seq != replay.seq + 1:
        yield Violation("events_without_gaps", f"{where} follows {replay.seq}")
    if station.key.link(replay.previous, row.chained()) != row.link:
        yield Violation("chain_unbroken", where)
    replay.seq, replay.previous = row.seq, row.link
    subject = (row.subject, row.subject_id)
    try:
        changes = _decode(row.changes)
        if not isinstance(changes, dict):
            raise ValueError("its changes cannot be read")
        if row.subject == Subject.PARCEL:
            yield from _check_transition(row, replay.rows.get(subject), changes)
        else:
            StationEvent(row.event)
    except (ValueError, ForbiddenTransition) as wrong:
        yield Violation("transition_allowed", f"{where}: {wrong}")
        return
    after = replay.rows.setdefault(subject, {})
    if row.subject != Subject.PARCEL:
        after.update(changes)
        return
    before = after.get("code_compact")
    after.update(changes)
    if before not in (None, after.get("code_compact")):
        replay.codes[str(before)] = (row.subject_id, row.occurred_at)
    yield from _check_code(station, replay, row, after, issued="code_compact" in changes)


def _check_heads(conn: sqlite3.Connection, heads: Iterable[KnownHead]) -> Iterator[Violation]:
    """A restore that lost events says so in the log: what a backup knew of those is no accusation."""
    owned = "SELECT 1 FROM events WHERE event = ? AND seq <= ? AND occurred_at >= ?"
    for head in heads:
        is_there = begins_with(conn, head.seq, head.link)
        if not is_there and not conn.execute(owned, (StationEvent.RESTORE, head.seq, head.made_at)).fetchone():
            yield Violation("log_not_cut", f"event {head.seq}, which the backup {head.backup} knows, is not in the log")


def _check_transition(
    row: EventRow, before: dict[str, object] | None, changes: dict[str, object]
) -> Iterator[Violation]:
    if "state" not in changes:
        raise ValueError("its changes name no state")
    expected = next_state(State(str(before["state"])) if before else None, Event(row.event))
    if changes["state"] != expected:
        yield Violation("transition_allowed", f"event {row.seq}: {row.event} led to {changes['state']}")


def _check_code(
    station: Verifiable, replay: _Replay, row: EventRow, parcel: dict[str, object], *, issued: bool
) -> Iterator[Violation]:
    code = parcel.get("code_compact")
    if code is None or not (issued or str(code) in replay.codes):
        return
    holder, released_at = replay.codes.get(str(code), (row.subject_id, ""))
    if issued and holder != row.subject_id:
        cooled = timedelta(days=station.settings.cooling_days)
        if not released_at or datetime.fromisoformat(row.occurred_at) < datetime.fromisoformat(released_at) + cooled:
            yield Violation("code_unique_and_cooled", f"event {row.seq} issued {parcel.get('code')} again too early")
    released = "" if parcel["state"] in IN_CUSTODY else row.occurred_at
    replay.codes[str(code)] = (row.subject_id, released)


def _check_replay(conn: sqlite3.Connection, replay: _Replay, subject: Subject) -> Iterator[Violation]:
    """Invariant 4: what the events tell is what the table holds."""
    table = TABLES[subject]
    public = sorted(table.columns - table.private)
    told_of = {number: told for (kind, number), told in replay.rows.items() if kind == subject}
    for row in all_rows(conn, table.name, table.columns):
        number = int(str(row["id"]))
        told = told_of.pop(number, None)
        if told is None:
            yield Violation("table_replays", f"{subject} {number} has no event")
        elif differing := [c for c in public if told.get(c, table.defaults.get(c)) != row[c]]:
            yield Violation("table_replays", f"{subject} {number}: {', '.join(differing)}")
    for missing in told_of:
        yield Violation("table_replays", f"{subject} {missing} is gone")


def _check_custody(station: Verifiable) -> Iterator[Violation]:
    held: dict[str, int] = {}
    episodes: set[tuple[object, ...]] = set()
    for parcel in all_rows(station.conn, "parcels", frozenset({"courier", "waybill", "piece", "slot", "state"})):
        if parcel["state"] in IN_CUSTODY:
            key = (parcel["courier"], parcel["waybill"], parcel["piece"])
            if key in episodes:
                yield Violation("one_episode_at_a_time", f"{key[0]} {key[1]} piece {key[2]}")
            episodes.add(key)
        if parcel["slot"] is not None:
            held[str(parcel["slot"])] = held.get(str(parcel["slot"]), 0) + 1
    for slot, count in held.items():
        settings = station.settings.slots_by_name.get(slot)
        if settings is None or count > settings.place.capacity:
            yield Violation("slot_within_capacity", f"{slot} holds {count}")
