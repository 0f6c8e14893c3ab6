"""Sheets and what stands on them; and what was announced on a manifest and has not come."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.states import State
from kiosk.parcels.waybills import Waybill
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.own_words import as_told
from kiosk.store.tables.parcels import CUSTODY, Parcel, some_parcels


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


# Said twice: only so SQLite uses the small index of what is announced or in custody.
_EXPECTED = f"state IN ('EXPECTED', {CUSTODY}) AND state = 'EXPECTED'"


class ExpectedParcel(NamedTuple):
    """One that is still to come; `announced_at` in UTC."""

    id: int
    courier: str
    waybill: str
    piece: int
    pieces: int
    announced_at: str

    @property
    def numbered_waybill(self) -> str:
        return str(Waybill(self.waybill, self.piece, self.pieces))


def expected_parcels(conn: sqlite3.Connection, courier: str | None = None) -> list[ExpectedParcel]:
    """All of them, or a courier's, what was announced first first."""
    rows = conn.execute(
        f"SELECT {', '.join(ExpectedParcel._fields)} FROM parcels WHERE {_EXPECTED} AND courier = coalesce(?, courier)"
        " ORDER BY announced_at, +id",
        (courier,),
    )
    return [ExpectedParcel._make(row) for row in rows]


def come_by_courier(conn: sqlite3.Connection, batch: int) -> dict[str, tuple[int, int]]:
    """Of each courier in a batch: how many of its parcels came, and how many of these had been announced."""
    rows = conn.execute(
        "SELECT courier, count(*), count(announced_at) FROM parcels WHERE batch_id = ? AND state <> 'VOIDED'"
        " GROUP BY courier ORDER BY courier",
        (batch,),
    )
    return {courier: (came, announced) for courier, came, announced in rows}


Ranges = Sequence[tuple[int, int]]  # ids of parcels, first and last of each run


def as_ranges(ids: Iterable[int]) -> list[tuple[int, int]]:
    """A manifest's parcels have ids in a row: two numbers tell of thousands."""
    ranges: list[tuple[int, int]] = []
    for number in sorted(set(ids)):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ranges


def in_ranges(conn: sqlite3.Connection, ranges: Ranges) -> list[tuple[int, str, bool]]:
    """Of each parcel its id, its state, and whether it ever came."""
    rows: list[tuple[int, str, bool]] = []
    for first, last in ranges:
        found = conn.execute(
            "SELECT id, state, checked_in_at IS NOT NULL FROM parcels WHERE id BETWEEN ? AND ?", (first, last)
        )
        rows += [(number, state, bool(came)) for number, state, came in found]
    return rows
