"""Verifying: the invariants of custody and the hash chain, on the database as it is."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from kiosk.config import Settings
from kiosk.parcels.canonical import canonical
from kiosk.parcels.scans import clean
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import IN_CUSTODY
from kiosk.safety.backup_files import KnownHead
from kiosk.safety.replay import Replay, Violation
from kiosk.store.events import TABLES, whole_log
from kiosk.store.file.database import open_database, reading
from kiosk.store.file.keys import StationKey
from kiosk.store.file.rows import whole_table
from kiosk.store.file.schema import altered_objects
from kiosk.store.file.snapshot import begins_with
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.contacts import misfits


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many events and parcels were checked, and what is wrong."""

    events: int
    parcels: int
    violations: tuple[Violation, ...]


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
    """Check the log and every table as of one moment, and beside it the file as it is; changes nothing.

    An end cut off the log together with its rows cannot be seen from here: only by `heads` that backups know.
    """
    with reading(station.conn), ThreadPoolExecutor(1) as beside:
        file = beside.submit(_check_file, Path(station.conn.execute("PRAGMA database_list").fetchone()[2]))
        replay = Replay(station.key, station.settings.cooling_days)
        violations = [*_readable("events", _walk(station, replay))]
        if not any(one.rule == "file_intact" for one in violations):
            for subject in TABLES:
                violations += _readable(subject, replay.compare(station.conn, subject))
        violations += _readable("parcels", _check_custody(station))
        violations += _readable("contacts", _check_contacts(station))
        violations += _readable("events", _check_heads(station.conn, heads))
        violations = [*file.result(), *violations]
    return Verdict(replay.seq, len(replay.rows[Subject.PARCEL]), tuple(violations))


def _readable(what: str, found: Iterator[Violation]) -> Iterator[Violation]:
    """As far as the table can be read; what cannot is a violation of its own, and the others are told too."""
    try:
        yield from found
    except sqlite3.Error as broken:
        yield Violation("file_intact", f"{what} cannot be read: {clean(str(broken))}")


def _walk(station: Verifiable, replay: Replay) -> Iterator[Violation]:
    take = replay.take
    for row in whole_log(station.conn):
        try:
            yield from take(row)
        except (TypeError, ValueError) as damaged:
            yield Violation("chain_unbroken", f"event {row.seq} cannot be read: {clean(str(damaged))}")


def _check_heads(conn: sqlite3.Connection, heads: Iterable[KnownHead]) -> Iterator[Violation]:
    """A restore that lost events says so in the log: what a backup knew of those is no accusation."""
    owned = "SELECT 1 FROM events WHERE event = ? AND seq <= ? AND occurred_at >= ?"
    for head in heads:
        is_there = begins_with(conn, head.seq, head.link)
        if not is_there and not conn.execute(owned, (StationEvent.RESTORE, head.seq, head.made_at)).fetchone():
            yield Violation("log_not_cut", f"event {head.seq}, which the backup {head.backup} knows, is not in the log")


def _check_contacts(station: Verifiable) -> Iterator[Violation]:
    for number in misfits(station.conn, station.key):
        yield Violation("contacts_intact", f"contact {number}: what is sealed does not fit its hash")


def _check_file(path: Path) -> list[Violation]:
    """In a thread and on a connection of its own: SQLite goes through the file while Python goes through the log."""
    with closing(open_database(path)) as conn:
        told = [message for (message,) in conn.execute("PRAGMA integrity_check")]
        altered = altered_objects(conn)
        loose = conn.execute("PRAGMA foreign_key_check").fetchall()
    return [
        *(Violation("file_intact", message) for message in told if message != "ok"),
        *(Violation("schema_as_shipped", name) for name in altered),
        *(Violation("references_hold", f"{table} {rowid} → {parent}") for table, rowid, parent, _ in loose),
    ]


def _check_custody(station: Verifiable) -> Iterator[Violation]:
    held: dict[str, int] = {}
    episodes: set[tuple[object, ...]] = set()
    columns = ("courier", "waybill", "piece", "canonical", "second_waybill", "second_canonical", "slot", "state")
    for number, *key, own, second, of_second, slot, state in whole_table(station.conn, "parcels", columns):
        if own != canonical(key[1]) or of_second != (canonical(second) if second else None):
            yield Violation("number_canonical", f"parcel {number}")
        if state in IN_CUSTODY:
            if tuple(key) in episodes:
                yield Violation("one_episode_at_a_time", f"{key[0]} {key[1]} piece {key[2]}")
            episodes.add(tuple(key))
        if slot is not None:
            held[slot] = held.get(slot, 0) + 1
    for slot, count in held.items():
        settings = station.settings.slots_by_name.get(slot)
        if settings is None or count > settings.place.capacity:
            yield Violation("slot_within_capacity", f"{slot} holds {count}")
