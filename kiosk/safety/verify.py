"""Verifying: the invariants of custody and the hash chain, on the database as it is."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from kiosk.config import Settings
from kiosk.faults import Fault, StationFault
from kiosk.parcels.canonical import canonical
from kiosk.parcels.scans import clean
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import IN_CUSTODY
from kiosk.safety.backup_files import KnownHead
from kiosk.safety.replay import FILE_INTACT, Replay, Violation
from kiosk.store.events import TABLES, whole_log
from kiosk.store.file.database import open_database, reading
from kiosk.store.file.keys import StationKey
from kiosk.store.file.rows import whole_table
from kiosk.store.file.schema import altered_objects
from kiosk.store.file.snapshot import begins_with
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.contacts import misfits
from kiosk.store.tables.own_words import altered_words


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


def verify(station: Verifiable, heads: Iterable[KnownHead] = (), replay: Replay | None = None) -> Verdict:
    """Check the whole log and every table as of one moment, and beside it the file as it is; changes nothing.

    An end cut off the log together with its rows cannot be seen from here: only by `heads` that backups know.
    `replay`: a fresh one of the caller's, who wants to know afterwards what the log tells.
    """
    replay = replay or Replay(station.key, station.settings.cooling_days)
    with reading(station.conn), checking_file(station.conn) as file:
        violations = [*readable("events", walk(station, replay))]
        if not any(one.rule == FILE_INTACT for one in violations):
            for subject in TABLES:
                violations += readable(subject, replay.compare(station.conn, subject))
        violations += readable("parcels", _check_custody(station))
        violations += readable("contacts", check_contacts(station))
        violations += readable("events", check_heads(station.conn, heads))
        violations = [*file.result(), *violations]
    return Verdict(replay.seq, len(replay.rows[Subject.PARCEL]), tuple(violations))


@contextmanager
def checking_file(conn: sqlite3.Connection) -> Iterator[Future[list[Violation]]]:
    """In a thread and on a connection of its own: SQLite goes through the file while Python goes through the log."""
    if conn.execute("PRAGMA locking_mode").fetchone()[0] == "exclusive":  # on a full disk: nobody else comes in
        looked: Future[list[Violation]] = Future()
        looked.set_result(_check_pages(conn))
        yield looked
        return
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(_check_file, Path(conn.execute("PRAGMA database_list").fetchone()[2]))


def readable(what: str, found: Iterator[Violation]) -> Iterator[Violation]:
    """As far as the table can be read; what cannot is a violation of its own, and the others are told too."""
    try:
        yield from found
    except sqlite3.Error as broken:
        yield Violation(FILE_INTACT, f"{what} cannot be read: {clean(str(broken))}")


def walk(station: Verifiable, replay: Replay) -> Iterator[Violation]:
    """Every event after those that the replay has taken."""
    take = replay.take
    for row in whole_log(station.conn, replay.seq):
        try:
            yield from take(row)
        except (TypeError, ValueError) as damaged:
            yield Violation("chain_unbroken", f"event {row.seq} cannot be read: {clean(str(damaged))}")


def check_heads(conn: sqlite3.Connection, heads: Iterable[KnownHead]) -> Iterator[Violation]:
    """A restore that lost events says so in the log: what a backup knew of those is no accusation."""
    owned = "SELECT 1 FROM events WHERE event = ? AND seq <= ? AND occurred_at >= ?"
    for head in heads:
        is_there = begins_with(conn, head.seq, head.link)
        if not is_there and not conn.execute(owned, (StationEvent.RESTORE, head.seq, head.made_at)).fetchone():
            yield Violation("log_not_cut", f"event {head.seq}, which the backup {head.backup} knows, is not in the log")


def check_contacts(station: Verifiable, parcels: Iterable[int] | None = None) -> Iterator[Violation]:
    """What is known of everybody, or of these parcels' people (row ids)."""
    for number in misfits(station.conn, station.key, parcels):
        yield Violation("contacts_intact", f"contact {number}: what is sealed does not fit its hash")
    for mark in altered_words(station.conn, station.key):
        yield Violation("words_intact", f"{mark}: what staff wrote does not fit its mark")


def _check_file(path: Path) -> list[Violation]:
    with closing(open_database(path, looking=True)) as conn:
        return _check_pages(conn)


def _check_pages(conn: sqlite3.Connection) -> list[Violation]:
    told = [message for (message,) in conn.execute("PRAGMA integrity_check")]
    altered = altered_objects(conn)
    loose = conn.execute("PRAGMA foreign_key_check").fetchall()
    return [
        *(Violation(FILE_INTACT, message) for message in told if message != "ok"),
        *(Violation("schema_as_shipped", name) for name in altered),
        *(Violation("references_hold", f"{table} {rowid} → {parent}") for table, rowid, parent, _ in loose),
    ]


def _check_custody(station: Verifiable) -> Iterator[Violation]:
    held: dict[str, int] = {}
    episodes: set[tuple[object, ...]] = set()
    columns = ("courier", "waybill", "piece", "canonical", "second_waybill", "second_canonical", "slot", "state")
    for number, *key, own, second, of_second, slot, state in whole_table(station.conn, "parcels", columns):
        if own != canonical(str(key[1])) or of_second != (canonical(str(second)) if second else None):
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


# What depends on today's settings, and so says nothing about the file.
_RULES_OF_SETTINGS = frozenset({"slot_within_capacity", "code_unique_and_cooled"})


def violations_of(
    station: Verifiable, heads: Iterable[KnownHead] = (), replay: Replay | None = None
) -> list[Violation]:
    """Of the rules that do not depend on today's settings."""
    return lasting(lambda: verify(station, heads, replay).violations)


def lasting(look: Callable[[], Iterable[Violation]]) -> list[Violation]:
    """What a check finds that no other settings would heal; a file that cannot be read is a violation too."""
    try:
        found = look()
    except StationFault as fault:
        if fault.fault in (Fault.DATABASE_BUSY, Fault.RESTORING):
            raise
        return [Violation(FILE_INTACT, str(fault))]
    except sqlite3.Error as broken:
        return [Violation(FILE_INTACT, str(broken))]
    return [violation for violation in found if violation.rule not in _RULES_OF_SETTINGS]
