"""Sheets and what stands on them."""

from typing import NamedTuple

from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.states import State
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.own_words import as_told
from kiosk.store.tables.parcels import Parcel, some_parcels


class Sheet(NamedTuple):
    """`party`: the courier, partner, delivery person or level; `scanned` is counted when it is closed. Times in UTC."""

    id: int
    kind: str
    party: str
    expected: int | None
    scanned: int | None
    note: str | None
    opened_at: str
    closed_at: str | None


_FIELDS = ", ".join(as_told(name) if name == "note" else name for name in Sheet._fields)


def sheet_by_id(conn: sqlite3.Connection, sheet_id: int) -> Sheet | None:
    found = conn.execute(f"SELECT {_FIELDS} FROM sheets WHERE id = ?", (sheet_id,)).fetchone()
    return Sheet._make(found) if found else None


def open_sheets(conn: sqlite3.Connection, kind: SheetKind | None = None, party: str | None = None) -> list[Sheet]:
    """Those not closed yet, newest first."""
    rows = conn.execute(
        f"SELECT {_FIELDS} FROM sheets WHERE closed_at IS NULL AND kind = coalesce(?, kind)"
        " AND party = coalesce(?, party) ORDER BY id DESC",
        (kind, party),
    )
    return [Sheet._make(row) for row in rows]


def last_sheets(conn: sqlite3.Connection, count: int) -> list[Sheet]:
    """The newest, whatever kind they are."""
    rows = conn.execute(f"SELECT {_FIELDS} FROM sheets ORDER BY id DESC LIMIT ?", (count,))
    return [Sheet._make(row) for row in rows]


def on_sheet(conn: sqlite3.Connection, sheet: Sheet) -> list[Parcel]:
    """The parcels written on it, in the order of their check-in. A check-in taken back is not on it."""
    return some_parcels(conn, f"{_on(sheet)} ORDER BY id", (sheet.id,))


def count_on(conn: sqlite3.Connection, sheet: Sheet) -> int:
    """How many these are."""
    return int(conn.execute(f"SELECT count(*) FROM parcels WHERE {_on(sheet)}", (sheet.id,)).fetchone()[0])


def couriers_on(conn: sqlite3.Connection, sheet: Sheet) -> tuple[tuple[str, int], ...]:
    """How many of each courier's, the most first."""
    rows = conn.execute(
        f"SELECT courier, count(*) FROM parcels WHERE {_on(sheet)} GROUP BY courier ORDER BY 2 DESC, 1", (sheet.id,)
    )
    return tuple((str(courier), int(count)) for courier, count in rows)


def _on(sheet: Sheet) -> str:
    column = {SheetKind.BATCH: "batch_id", SheetKind.COUNT: "count_id"}.get(SheetKind(sheet.kind), "sheet_id")
    return f"{column} = ? AND state <> '{State.VOIDED}'"
