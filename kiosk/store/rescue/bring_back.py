"""Bringing the events after a backup back out of the old database: each link checked, each row written again."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from secrets import token_bytes

from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.store.events import TABLES, EventRow, Table
from kiosk.store.file.database import transaction
from kiosk.store.file.keys import StationKey
from kiosk.store.file.snapshot import Head, begins_with
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.rescue.damaged import DamagedDatabase
from kiosk.store.tables.codes import retire
from kiosk.store.tables.contacts import erase_contacts

_EVENT = EventRow._fields
_MARKS = ", ".join("?" * len(_EVENT))
# Written by events, or by SQLite and the migrations: everything else is taken over as it is.
_NOT_TAKEN_OVER = frozenset({"events", "contacts", *(table.name for table in TABLES.values())})


@dataclass(slots=True)
class Replayed:
    """How many events came back, how many are known to be lost (None: nobody knows), and whether all else that the
    old database held beside events could be read too."""

    events: int = 0
    lost: int | None = None
    is_complete: bool = False


@dataclass(slots=True)
class _Replaying:
    """`private`: what no event tells of the old database's rows, by subject and id."""

    new: sqlite3.Connection
    old: DamagedDatabase
    private: dict[Subject, dict[int, dict[str, object]]] = field(default_factory=dict)


def replay(new: sqlite3.Connection, old: DamagedDatabase, key: StationKey, head: Head) -> Replayed:
    """Continue the backup's log, in one transaction, with what the old log tells; the backup ends with `head`.

    Raises sqlite3.Error where the old log's list of tables cannot be read, or what it tells does not fit.
    """
    if not begins_with(old.conn, head.seq, head.link):
        return Replayed()  # another history: it went on from an older state, or is of another station
    new.execute("PRAGMA foreign_keys = OFF")  # rows come in any order; verify checks the references afterwards
    try:
        with transaction(new):
            return _replay(_Replaying(new, old), key, head)
    finally:
        new.execute("PRAGMA foreign_keys = ON")


def _replay(work: _Replaying, key: StationKey, head: Head) -> Replayed:
    done, last = Replayed(), _last_seq(work.old.conn)
    for name in ("contacts", "own_words"):
        _take_over(work, name, replace=False)
    for subject, table in TABLES.items():
        work.private[subject] = _private_of(work.old, table)
    for event in events_after(work.old.conn, key, head):
        if not _fits(work, event):
            break
        done.events += 1
    done.lost = None if last is None else max(0, last - head.seq - done.events)
    for subject, table in TABLES.items():
        _write_private(work, subject, table)
    if done.lost == 0:  # else an operation could count as done whose events are lost
        for name in _tables(work.new) - _NOT_TAKEN_OVER:
            _take_over(work, name, replace=True)
        _drop_erased_contacts(work)
    _let_go_of_the_unread(work.new)
    done.is_complete = not work.old.unread
    return done


def events_after(old: sqlite3.Connection, key: StationKey, head: Head) -> Iterator[EventRow]:
    """As far as the old log can be read, without a gap and with every link right."""
    seq, previous = head.seq, head.link
    try:
        for row in old.execute(f"SELECT {', '.join(_EVENT)} FROM events WHERE seq > ? ORDER BY seq", (head.seq,)):
            event = EventRow(*row)
            if event.seq != seq + 1 or key.link(previous, event.chained()) != event.link:
                return
            yield event
            seq, previous = event.seq, event.link
    except sqlite3.Error:
        return


def _last_seq(old: sqlite3.Connection) -> int | None:
    try:
        return int(old.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])
    except sqlite3.Error:
        return None


def _fits(work: _Replaying, event: EventRow) -> bool:
    """Write the event and what it changed; False, and nothing written, where a rule of the tables forbids it."""
    work.new.execute("SAVEPOINT event")
    try:
        _apply(work, event)
        work.new.execute(f"INSERT INTO events ({', '.join(_EVENT)}) VALUES ({_MARKS})", event)
    except (sqlite3.IntegrityError, ValueError, KeyError, TypeError):
        work.new.execute("ROLLBACK TO event")
        return False
    finally:
        work.new.execute("RELEASE event")
    return True


def _apply(work: _Replaying, event: EventRow) -> None:
    """The event's changes to its subject's row; facts that are no columns stand in the event only."""
    if event.event == StationEvent.ERASE_CONTACTS:
        erase_contacts(work.new, json.loads(event.changes)["contacts"])
    if event.subject not in TABLES:
        return
    subject = Subject(event.subject)
    table = TABLES[subject]
    told = json.loads(event.changes)
    row = table.with_canonical({n: value for n, value in told.items() if n in table.columns - table.private})
    known = work.new.execute(f"SELECT 1 FROM {table.name} WHERE id = ?", (event.subject_id,)).fetchone()
    if known is None:
        private = work.private[subject].get(event.subject_id) or _unknown(work.new, table)
        _insert(work.new, "INSERT", table.name, {"id": event.subject_id, **row, **private})
    elif row:
        if subject is Subject.PARCEL and "code" in row:
            _retire_code(work.new, event, row["code"])
        columns = ", ".join(f"{name} = ?" for name in row)
        work.new.execute(f"UPDATE {table.name} SET {columns} WHERE id = ?", (*row.values(), event.subject_id))


def _retire_code(new: sqlite3.Connection, event: EventRow, code: object) -> None:
    """The code on a label is good still where the old table of retired codes cannot be read or may not be believed."""
    (before,) = new.execute("SELECT code FROM parcels WHERE id = ?", (event.subject_id,)).fetchone()
    if before is not None and before != code:
        retire(new, before, event.occurred_at)


def _unknown(new: sqlite3.Connection, table: Table) -> dict[str, object]:
    """For private columns that cannot be read any more: what may not be empty becomes a secret that nobody has."""
    needed = {row[1] for row in new.execute(f"PRAGMA table_info({table.name})") if row[3]}
    return {name: token_bytes(32) if name in needed else None for name in table.private}


def _private_of(old: DamagedDatabase, table: Table) -> dict[int, dict[str, object]]:
    """What no event tells, by row."""
    names = tuple(sorted(table.private.intersection(old.columns(table.name))))
    if not names:
        return {}
    rows = old.rows(table.name, ("id", *names))
    return {int(str(row[0])): dict(zip(names, row[1:], strict=True)) for row in rows}


def _write_private(work: _Replaying, subject: Subject, table: Table) -> None:
    """Of all rows: what was forgotten or renamed since the backup leaves no event."""
    rows = work.private[subject]
    names = list(next(iter(rows.values()), {}))
    if not names:
        return
    columns, same = ", ".join(f"{n} = ?" for n in names), " AND ".join(f"{n} IS ?" for n in names)
    update = f"UPDATE {table.name} SET {columns} WHERE id = ? AND NOT ({same})"
    for number, row in rows.items():
        values = [row[name] for name in names]
        work.new.execute(update, (*values, number, *values))


def _take_over(work: _Replaying, name: str, *, replace: bool) -> None:
    """Rows of a table that no event writes: all of them in place of the backup's, or what can be read over these."""
    columns = tuple(column for column in _columns(work.new, name) if column in work.old.columns(name))
    if not columns:
        return
    rows = list(work.old.rows(name, columns))
    if replace and name in work.old.unread:
        return
    if replace:
        work.new.execute(f"DELETE FROM {name}")
    for row in rows:
        _insert(work.new, "INSERT OR REPLACE", name, dict(zip(columns, row, strict=True)))


def _let_go_of_the_unread(new: sqlite3.Connection) -> None:
    """A parcel stays though nobody can read any more whose it is."""
    for table, rowid, parent, number in new.execute("PRAGMA foreign_key_check").fetchall():
        if parent == "contacts":
            column = {key[0]: key[3] for key in new.execute(f"PRAGMA foreign_key_list({table})")}[number]
            new.execute(f"UPDATE {table} SET {column} = NULL WHERE rowid = ?", (rowid,))


def _drop_erased_contacts(work: _Replaying) -> None:
    """Whom the station has forgotten since the backup stays forgotten."""
    kept = {row[0] for row in work.old.rows("contacts", ("id",))}
    if "contacts" in work.old.unread:
        return
    for (number,) in work.new.execute("SELECT id FROM contacts").fetchall():
        if number not in kept:
            work.new.execute("DELETE FROM contacts WHERE id = ?", (number,))


def _columns(conn: sqlite3.Connection, table: str) -> tuple[str, ...]:
    return tuple(row[1] for row in conn.execute(f"PRAGMA table_info({table})"))


def _tables(conn: sqlite3.Connection) -> set[str]:
    names = {str(row[0]) for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {name for name in names if not name.startswith(("_", "sqlite_"))}


def _insert(conn: sqlite3.Connection, verb: str, table: str, row: Mapping[str, object]) -> None:
    marks = ", ".join("?" * len(row))
    conn.execute(f"{verb} INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
