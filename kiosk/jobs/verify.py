"""Verifying: the invariants of custody and the hash chain, on the database as it is."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kiosk.jobs.station import Station
from kiosk.parcels.states import IN_CUSTODY, Event, ForbiddenTransition, State, next_state
from kiosk.store.chain import FIRST_LINK
from kiosk.store.events import EventRow, read_events
from kiosk.store.parcels import COLUMNS, all_rows
from kiosk.store.schema import altered_objects
from kiosk.store.sqlite import sqlite3

# What a new row holds in the columns that its first event need not name.
_REPLAYED = COLUMNS - {"contact_id"}
_DEFAULTS = {"courier_decided": 0, "piece": 1, "pieces": 1, "size": "M", "consent": "not_asked"}


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

    rows: dict[int, dict[str, object]] = field(default_factory=dict)
    codes: dict[str, tuple[int, str]] = field(default_factory=dict)  # compact code → last holder, released_at
    previous: bytes = FIRST_LINK
    seq: int = 0


def verify(station: Station) -> Verdict:
    """Check everything in one reading transaction; changes nothing.

    An end cut off the log together with its rows cannot be seen from here: only from a link kept elsewhere.
    """
    station.conn.execute("BEGIN")
    try:
        violations = list(_check_file(station.conn))
        replay = _Replay()
        for row, _ in read_events(station.conn):
            violations += _check_event(station, replay, row)
        violations += _check_table(station, replay)
    finally:
        station.conn.execute("ROLLBACK")
    return Verdict(replay.seq, len(replay.rows), tuple(violations))


def _check_file(conn: sqlite3.Connection) -> Iterator[Violation]:
    for (message,) in conn.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield Violation("file_intact", message)
    for name in altered_objects(conn):
        yield Violation("schema_as_shipped", name)
    for table, rowid, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield Violation("references_hold", f"{table} {rowid} → {parent}")


def _check_event(station: Station, replay: _Replay, row: EventRow) -> Iterator[Violation]:
    where = f"event {row.seq}"
    if row.seq != replay.seq + 1:
        yield Violation("events_without_gaps", f"{where} follows {replay.seq}")
    if station.key.link(replay.previous, row.chained()) != row.link:
        yield Violation("chain_unbroken", where)
    replay.seq, replay.previous = row.seq, row.link
    try:
        changes = json.loads(row.changes)
        if not isinstance(changes, dict) or "state" not in changes:
            raise ValueError("its changes cannot be read")
        before = replay.rows.get(row.parcel_id)
        expected = next_state(State(str(before["state"])) if before else None, Event(row.event))
        if changes.get("state") != expected:
            yield Violation("transition_allowed", f"{where}: {row.event} led to {changes.get('state')}")
    except (ValueError, ForbiddenTransition) as wrong:
        yield Violation("transition_allowed", f"{where}: {wrong}")
        return
    after = replay.rows.setdefault(row.parcel_id, {})
    if after.get("code_compact") not in (None, changes.get("code_compact", after.get("code_compact"))):
        replay.codes[str(after["code_compact"])] = (row.parcel_id, row.occurred_at)
    after.update(changes)
    yield from _check_code(station, replay, row, after, issued="code_compact" in changes)


def _check_code(
    station: Station, replay: _Replay, row: EventRow, parcel: dict[str, object], *, issued: bool
) -> Iterator[Violation]:
    code = parcel.get("code_compact")
    if code is None or not (issued or str(code) in replay.codes):
        return
    holder, released_at = replay.codes.get(str(code), (row.parcel_id, ""))
    if issued and holder != row.parcel_id:
        cooled = timedelta(days=station.settings.cooling_days)
        if not released_at or datetime.fromisoformat(row.occurred_at) < datetime.fromisoformat(released_at) + cooled:
            yield Violation("code_unique_and_cooled", f"event {row.seq} issued {parcel.get('code')} again too early")
    released = "" if parcel["state"] in IN_CUSTODY else row.occurred_at
    replay.codes[str(code)] = (row.parcel_id, released)


def _check_table(station: Station, replay: _Replay) -> Iterator[Violation]:
    held: dict[str, int] = {}
    episodes: set[tuple[object, ...]] = set()
    found: set[int] = set()
    for parcel in all_rows(station.conn):
        parcel_id = int(str(parcel["id"]))
        found.add(parcel_id)
        told = replay.rows.get(parcel_id)
        if told is None:
            yield Violation("table_replays", f"parcel {parcel_id} has no event")
        elif differing := [c for c in sorted(_REPLAYED) if told.get(c, _DEFAULTS.get(c)) != parcel[c]]:
            yield Violation("table_replays", f"parcel {parcel_id}: {', '.join(differing)}")
        if parcel["state"] in IN_CUSTODY:
            key = (parcel["courier"], parcel["waybill"], parcel["piece"])
            if key in episodes:
                yield Violation("one_episode_at_a_time", f"{key[0]} {key[1]} piece {key[2]}")
            episodes.add(key)
        if parcel["slot"] is not None:
            held[str(parcel["slot"])] = held.get(str(parcel["slot"]), 0) + 1
    for missing in replay.rows.keys() - found:
        yield Violation("table_replays", f"parcel {missing} is gone")
    for slot, count in held.items():
        settings = station.settings.slots_by_name.get(slot)
        if settings is None or count > settings.place.capacity:
            yield Violation("slot_within_capacity", f"{slot} holds {count}")
