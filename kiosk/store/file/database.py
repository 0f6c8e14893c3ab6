"""Opening station.db: settings that survive a pulled plug, migrations, and the one kind of transaction we use."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic, sleep

from kiosk.faults import Fault, StationFault, expected
from kiosk.store.file.database_lock import LockedConnection, lock_sound, locked_alone
from kiosk.store.file.keys import StationKey
from kiosk.store.file.sqlite import sqlite3

SCHEMA_VERSION = 5
BUSY_S = 5
_ASK_AGAIN_S = 0.005
_TURN_MS, _BETWEEN_TURNS_S = 100, 0.2
# Waiting for the write lock: most transactions are over within the first of these.
_SHORT_WAIT_S, _LONGEST_NAP_S, _SHORTEST_NAP_S = 0.001, 0.010, 0.0005
APPLICATION_ID = 0x504B494F  # "PKIO"
ADDRESS = "address"  # what a home delivery's address is sealed as

_BUSY_TIMEOUT = f"PRAGMA busy_timeout = {BUSY_S * 1000}"
_SETTINGS = (
    _BUSY_TIMEOUT,
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA secure_delete = ON",
    "PRAGMA journal_size_limit = 4194304",
)


def open_database(
    path: Path, key: StationKey | None = None, *, create: bool = False, looking: bool = False
) -> sqlite3.Connection:
    """A connection in autocommit; changes go through transaction(). One connection belongs to one thread.

    The key seals what an older version kept in plain text; without one, such a database is not opened.
    While it is open no restore exchanges the file under it. `looking`, for who is soon done, goes without writing too.
    Raises StationFault when the file is missing, of another version, broken, being restored, or cannot be written.
    """
    if not path.exists():
        _go_on_with_restore(path)
    lock = lock_sound(path)
    try:
        if not create and not path.exists():
            raise StationFault(Fault.NO_DATABASE, path=path)
        conn = _open(path, key, create, looking)
    except BaseException:
        if lock is not None:
            os.close(lock)
        raise
    conn.lock = lock
    return conn


def _go_on_with_restore(path: Path) -> None:
    """A plug pulled while a restore exchanged the file leaves none: bring that to its end."""
    from kiosk.store.file.swap import WORK, finish_swap  # 2 ms: after a pulled plug alone

    if (path.parent / WORK).exists():
        with locked_alone(path) as others:
            if others is None:
                finish_swap(path)


def _open(path: Path, key: StationKey | None, create: bool, looking: bool) -> LockedConnection:
    try:
        return _prepared(_connected(path), path, key, create)
    except StationFault as fault:
        if fault.fault is not Fault.UNWRITABLE_HOME or not looking:
            raise
        from kiosk.store.file.unwritable import open_unwritable  # 1 ms: for a card that is dying

        conn = open_unwritable(path)
        if conn is None:
            raise
        return _prepared(conn, path, key, create)


def _connected(path: Path) -> LockedConnection:
    try:
        return sqlite3.connect(  # type: ignore[no-any-return, unused-ignore]
            path, isolation_level=None, cached_statements=256, check_same_thread=False, factory=LockedConnection
        )
    except sqlite3.Error as broken:
        raise _fault(path, broken) from broken


def _prepared(conn: LockedConnection, path: Path, key: StationKey | None, create: bool) -> LockedConnection:
    """Closed where it cannot be used."""
    try:
        for setting in _SETTINGS:
            conn.execute(setting)
        _bring_up_to_date(conn, path, key, create)
    except (sqlite3.Error, UnicodeDecodeError) as broken:  # a damaged schema may be no text any more
        conn.close()
        raise _fault(path, broken) from broken
    except StationFault:
        conn.close()
        raise
    return conn


def _bring_up_to_date(conn: sqlite3.Connection, path: Path, key: StationKey | None, create: bool) -> None:
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    owner = conn.execute("PRAGMA application_id").fetchone()[0]
    if owner not in (0, APPLICATION_ID):
        raise StationFault(Fault.BROKEN_DATABASE, path=path, detail=expected("it belongs to another program"))
    if version > SCHEMA_VERSION:
        raise StationFault(Fault.NEWER_DATABASE, path=path, detail=f"{version} > {SCHEMA_VERSION}")
    if version == SCHEMA_VERSION:
        return
    if version == 0 and not create:
        raise StationFault(Fault.BROKEN_DATABASE, path=path, detail=expected("it is empty"))
    if key is None:
        raise StationFault(Fault.BAD_KEY, path=path)
    # Loaded only when there is something to migrate: it costs a third of a cold start.
    from sqlite_utils import Database

    from kiosk.parcels.canonical import canonical
    from kiosk.store.file.migrations import CANONICAL_NUMBER, SEAL_ADDRESS, migrations

    conn.create_function(SEAL_ADDRESS, 1, partial(key.seal, ADDRESS))
    conn.create_function(CANONICAL_NUMBER, 1, lambda number: canonical(number) if number else None)
    use_wal(conn)
    with transaction(conn):
        migrations.apply(Database(conn))
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def use_wal(conn: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. While another process switches too, SQLite says busy at once, whatever the
    busy_timeout is: so ask again for as long as that."""
    deadline = monotonic() + BUSY_S
    while True:
        try:
            conn.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as busy:
            if not busy.sqlite_errorname.startswith("SQLITE_BUSY") or monotonic() > deadline:
                raise
        sleep(_ASK_AGAIN_S)


@contextmanager
def transaction(conn: sqlite3.Connection) -> Iterator[None]:
    """BEGIN IMMEDIATE … COMMIT: a reader that turns writer in a deferred one would fail at once, not wait."""
    _begin(conn)
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:  # a COMMIT that failed may leave it open, and nothing could ever begin again
            conn.execute("ROLLBACK")
        raise


@contextmanager
def savepoint(conn: sqlite3.Connection) -> Iterator[None]:
    """A part of a transaction that may fail by itself."""
    conn.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        if conn.in_transaction:  # a full disk has ended it already
            conn.execute("ROLLBACK TO part")
            conn.execute("RELEASE part")
        raise
    conn.execute("RELEASE part")


def truncate_wal(conn: sqlite3.Connection) -> bool:
    """Bring all that was written into the database file and empty the log; False while somebody reads old pages.

    We ask for no passive checkpoint: with several processes it can corrupt the file in SQLite before 3.51.3. (SQLite's
    own automatic ones, in a writer after its commit, are of that kind too; with them alone the bug was never seen.)
    Readers are waited for in short turns: all writers wait meanwhile.
    """
    deadline = monotonic() + BUSY_S
    try:
        conn.execute(f"PRAGMA busy_timeout = {_TURN_MS}")
        while True:
            busy, _, _ = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy or monotonic() > deadline:
                return not busy
            sleep(_BETWEEN_TURNS_S)
    finally:
        conn.execute(_BUSY_TIMEOUT)


@contextmanager
def reading(conn: sqlite3.Connection) -> Iterator[None]:
    """Everything read inside is of one moment, whoever writes meanwhile; nothing is changed."""
    conn.execute("BEGIN")
    try:
        yield
    finally:
        conn.execute("ROLLBACK")


def _begin(conn: sqlite3.Connection) -> None:
    """Take the write lock as soon as it is free, and give up after BUSY_S.

    SQLite's own way is to sleep longer and longer, so whoever has waited longest is served last: with ten terminals
    at work one in a hundred waited a quarter of a second. Here the longer one waits, the more often one asks.
    """
    conn.execute("PRAGMA busy_timeout = 0")
    start = monotonic()
    try:
        while True:
            try:
                conn.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as busy:
                waited = monotonic() - start
                if not busy.sqlite_errorname.startswith("SQLITE_BUSY") or waited > BUSY_S:
                    raise
            sleep(_SHORT_WAIT_S if waited < _SHORT_WAIT_S else max(_LONGEST_NAP_S - waited / 3, _SHORTEST_NAP_S))
    finally:
        conn.execute(_BUSY_TIMEOUT)


def _fault(path: Path, broken: Exception) -> StationFault:
    from kiosk.store.file.unwritable import fault_of  # 1 ms: for what is broken

    return fault_of(path, broken)


@contextmanager
def naming_faults(path: Path) -> Iterator[None]:
    """Turns what SQLite raises later (disk full, read-only, locked) into a StationFault that names the file.

    A broken constraint stays what it is: a defect of ours, not of the disk.
    """
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.Error as broken:
        raise _fault(path, broken) from broken
