"""Whole tables, row by row, for checks and exports."""

from collections.abc import Collection, Iterator

from kiosk.store.sqlite import sqlite3


def all_rows(conn: sqlite3.Connection, table: str, columns: Collection[str]) -> Iterator[dict[str, object]]:
    """Every row with its id and these columns, in order of id."""
    names = ["id", *sorted(columns)]
    for row in conn.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id"):
        yield dict(zip(names, row, strict=True))
