"""Whole tables, row by row, for checks."""

from collections.abc import Iterator, Sequence
from typing import Any

from kiosk.store.file.sqlite import sqlite3


def whole_table(conn: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Every row in order of id: the id, then these columns."""
    yield from conn.execute(f"SELECT {', '.join(['id', *columns])} FROM {table} ORDER BY id")
