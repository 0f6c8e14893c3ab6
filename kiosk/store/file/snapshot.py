"""A copy of the whole database as it is at one moment, while others write."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from kiosk.faults import Fault, StationFault
from kiosk.store.file.database import naming_faults, open_database, transaction, use_wal
from kiosk.store.file.keys import FIRST_LINK, StationKey
from kiosk.store.file.sqlite import sqlite3


class Head(NamedTuple):
    """The end of a log: `events` in it, the last one's number and link; `schema` of the database."""

    schema: int
    events: int
    seq: int
    link: bytes


def take_snapshot(source: sqlite3.Connection, database: Path, copy: Path) -> Head:
    """By the connection that has `database` open: where nothing can be written any more nobody else gets one. The one
    time that it is read for a backup: whoever checks and packs does it with the copy. Raises
    StationFault(BROKEN_DATABASE) where it cannot be read."""
    with naming_faults(database), closing(sqlite3.connect(copy, isolation_level=None)) as target:
        target.execute("PRAGMA synchronous = OFF")  # whoever packs the copy flushes the result
        source.backup(target)  # in one step: in smaller ones it begins anew at each write of another process
        return head_of(target)


def change_copy(copy: Path, key: StationKey, change: Callable[[sqlite3.Connection], object]) -> Head:
    """Let `change` work on a database that nobody else has, brought up to this version; nothing of what it deleted
    stays in the file."""
    open_database(copy, key).close()
    with naming_faults(copy), closing(sqlite3.connect(copy, isolation_level=None)) as conn:
        conn.execute("PRAGMA secure_delete = ON")
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA journal_mode = MEMORY")  # no other file sees what is deleted
        with transaction(conn):
            change(conn)
        conn.execute("VACUUM")
        check_quickly(conn, copy)
        use_wal(conn)
        return head_of(conn)


def check_quickly(conn: sqlite3.Connection, path: Path) -> None:
    """Every page. Raises StationFault(BROKEN_DATABASE)."""
    _check(conn, path, "quick_check")


def check_thoroughly(conn: sqlite3.Connection, path: Path) -> None:
    """Every page, and that the indexes fit; some 4 s for a million rows. Raises StationFault(BROKEN_DATABASE)."""
    _check(conn, path, "integrity_check")


def _check(conn: sqlite3.Connection, path: Path, pragma: str) -> None:
    (found,) = conn.execute(f"PRAGMA {pragma}(1)").fetchone()
    if found != "ok":
        raise StationFault(Fault.BROKEN_DATABASE, path=path, detail=str(found).replace("\n", " "))


def size_of(conn: sqlite3.Connection) -> int:
    """Bytes of the database file."""
    return int(conn.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0])


def head_of(conn: sqlite3.Connection) -> Head:
    """The end of the log."""
    schema = conn.execute("PRAGMA user_version").fetchone()[0]
    events = conn.execute("SELECT count(*) FROM events").fetchone()[0]
    last = conn.execute("SELECT seq, link FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(schema, events, *(last or (0, FIRST_LINK)))


def begins_with(conn: sqlite3.Connection, seq: int, link: bytes) -> bool:
    """Whether the log has this very event, or the head is of an empty log."""
    found = conn.execute("SELECT link FROM events WHERE seq = ?", (seq,)).fetchone()
    return seq == 0 or (found is not None and found[0] == link)
