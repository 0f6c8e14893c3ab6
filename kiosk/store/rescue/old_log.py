"""What the database that is to be replaced still tells: read from a copy, its header mended where it has to be."""

from contextlib import closing
from pathlib import Path

from kiosk.store.events import erased_since
from kiosk.store.file.database import transaction
from kiosk.store.file.keys import StationKey
from kiosk.store.file.snapshot import Head, begins_with
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.rescue.bring_back import Replayed, replay
from kiosk.store.rescue.damaged import ways_to_read
from kiosk.store.tables.contacts import erase_contacts

_COPY = "old"  # a folder beside the prepared database


def erase_as_old(new: sqlite3.Connection, head: Head, database: Path, first_page: bytes) -> None:
    """Whom the old database has forgotten since is forgotten in `new` too, though none of its events comes back."""
    if not database.exists():
        return
    work = Path(new.execute("PRAGMA database_list").fetchone()[2]).parent / _COPY
    for old in ways_to_read(database, work, first_page):
        with closing(old.conn):
            try:
                if not begins_with(old.conn, head.seq, head.link):
                    continue  # another history: its numbers are of other people
                contacts, _ = erased_since(old.conn, head.seq)
            except (sqlite3.Error, ValueError, TypeError, KeyError):
                continue
        with transaction(new):
            erase_contacts(new, contacts)
        return


def replay_old(new: sqlite3.Connection, key: StationKey, head: Head, database: Path, first_page: bytes) -> Replayed:
    """Continue `new`, which ends with `head`, by the events of a perhaps damaged database. None of them comes back
    where it cannot be read; then nobody knows how many are lost.

    `first_page`: the beginning of the backup's file; the same station's tables begin on the same pages.
    """
    if not database.exists():
        return Replayed()
    work = Path(new.execute("PRAGMA database_list").fetchone()[2]).parent / _COPY
    for old in ways_to_read(database, work, first_page):
        with closing(old.conn):
            try:
                found = replay(new, old, key, head)
            except (sqlite3.Error, ValueError, TypeError, KeyError):
                continue  # it cannot be read so, or what it tells does not fit together
        if found.lost is not None or found.events:
            return found
    return Replayed()
