"""A file with what could be read of a damaged database: the same tables, without their rules."""

import os
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from kiosk.durable import private_file, sync
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.rescue.damaged import DamagedDatabase, ways_to_read


class SavedRows(NamedTuple):
    """Rows by table, and the tables of which something is missing."""

    rows: dict[str, int]
    incomplete: tuple[str, ...]


def save_rows(database: Path, work: Path, model: bytes, target: Path) -> SavedRows | None:
    """Write a new SQLite file; None where nothing at all can be read. `model`: see ways_to_read()."""
    for old in ways_to_read(database, work, model):
        with closing(old.conn):
            try:
                tables = old.tables()
            except sqlite3.Error:
                continue
            if tables:
                return _save(old, tables, target)
    return None


def _save(old: DamagedDatabase, tables: dict[str, tuple[str, ...]], target: Path) -> SavedRows:
    os.close(private_file(target))
    rows: dict[str, int] = {}
    with closing(sqlite3.connect(target, isolation_level=None)) as new:
        new.execute("BEGIN")
        for table, columns in tables.items():
            names = ", ".join(f"[{column}]" for column in columns)
            new.execute(f"CREATE TABLE [{table}] ({names})")
            insert = f"INSERT INTO [{table}] VALUES ({', '.join('?' * len(columns))})"
            rows[table] = new.executemany(insert, old.rows(table, columns)).rowcount
        new.execute("COMMIT")
    sync(target)
    return SavedRows({table: max(0, count) for table, count in rows.items()}, tuple(sorted(old.unread)))
