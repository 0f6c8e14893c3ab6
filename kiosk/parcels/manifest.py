"""A courier's manifest: the bytes of a file in, announced parcels and rejected lines out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kiosk.parcels.consents import Consent
from kiosk.parcels.doubts import doubt
from kiosk.parcels.excel_cells import are_rounded, as_meant, is_cut, is_longer
from kiosk.parcels.manifest_cells import NOTHING, Told, read_cells
from kiosk.parcels.manifest_columns import columns_of, is_header, unused_of
from kiosk.parcels.manifest_rows import MOST_BEFORE_HEADER, cut_anew, is_below_table, rows_of
from kiosk.parcels.phones import Phone
from kiosk.parcels.problems import Problem
from kiosk.parcels.rejected_lines import Reason, RejectedLine
from kiosk.parcels.scans import clean
from kiosk.parcels.slots import Size
from kiosk.parcels.waybills import Waybill, read_waybill


@dataclass(frozen=True, slots=True)
class Announced:
    """One good line; None where the file does not say it. `unread`: cells that were not understood, which the parcel
    goes without."""

    line: int
    waybill: Waybill
    courier: str | None = None
    phone: Phone | None = None
    size: Size | None = None
    consent: Consent | None = None
    freight_collect_fen: int | None = None
    cod_fen: int | None = None
    email: str | None = None
    unread: tuple[RejectedLine, ...] = ()


LARGEST = 32_000_000  # bytes: some 300,000 parcels; more would take the memory of the computer
_SHORTEST_OF_TWO = 26  # digits in a cell with two numbers
_LONGEST_NAME = 60
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PIECE_COUNT = re.compile(r"([1-9][0-9]{0,2})[件个包]?")
_PIECE_OF = re.compile(r"([1-9][0-9]{0,2})\s*/\s*([1-9][0-9]{0,2})")  # `1/2`, in either column
_WAYBILL_REASONS = {
    Problem.EMPTY_SCAN: Reason.EMPTY,
    Problem.PHONE_SCANNED: Reason.PHONE_NOT_WAYBILL,
    Problem.CODE_NOT_WAYBILL: Reason.CODE_NOT_WAYBILL,
}


class Manifest(NamedTuple):
    """A file whose header was found: its names, ours for them, and the numbered rows below it."""

    header: Sequence[str]
    columns: Sequence[str]
    rows: Sequence[tuple[int, list[str]]]

    @property
    def unused(self) -> tuple[str, ...]:
        """Names of columns that are not read."""
        return unused_of(self.header, self.columns)


def read_manifest(data: bytes) -> Iterator[Announced | RejectedLine]:
    """Each line as a parcel or a rejection: of CSV (UTF-8, UTF-16 with its mark, GB18030) or of an .xlsx workbook.

    The header may stand below a title. Columns may stand in any order under English or Chinese names; columns we do
    not need are skipped, so a consignee's name is never stored. Raises StationFault(NOT_INSTALLED) where a workbook
    came and what reads it is missing.
    """
    manifest = open_manifest(data)
    return iter([manifest]) if isinstance(manifest, RejectedLine) else lines_of(manifest)


def open_manifest(data: bytes) -> Manifest | RejectedLine:
    """The same, opened; or why the whole file cannot be read."""
    found = Reason.TOO_LARGE if len(data) > LARGEST else rows_of(data, is_header)
    if isinstance(found, Reason):
        return RejectedLine(1, "1", found)
    rows = list(found)
    begins = next((n for n, (_, cells) in enumerate(rows[:MOST_BEFORE_HEADER]) if is_header(cells)), None)
    if begins is None:
        return RejectedLine(1, "1", Reason.NO_WAYBILL_COLUMN)
    header = rows[begins][1]
    return Manifest(header, columns_of(header), rows[begins + 1 :])


def lines_of(manifest: Manifest) -> Iterator[Announced | RejectedLine]:
    """Below the header: no empty line, no header of a further page, and no sum below the table."""
    columns, rows = manifest.columns, manifest.rows
    at = columns.index("waybill")
    is_rounded = are_rounded(cells[at] for _, cells in rows if len(cells) > at)
    seen: set[tuple[str | None, str, int]] = set()
    for line, cells in rows:
        first = next((cell for cell in cells if cell.strip()), "").strip()
        if not first or is_below_table(first):
            continue
        read = _read_line(line, cells, columns, is_rounded)
        if isinstance(read, RejectedLine) and is_header(cells):
            continue
        if isinstance(read, Announced):
            key = (read.courier, read.waybill.number, read.waybill.piece)
            if key in seen:
                read = RejectedLine(line, "waybill", Reason.REPEATED_LINE)
            seen.add(key)
        yield _named(read, manifest)


def _named(read: Announced | RejectedLine, manifest: Manifest) -> Announced | RejectedLine:
    """With the columns as the file calls them."""
    if isinstance(read, Announced):
        unread = tuple(RejectedLine(one.line, _name_of(one.column, manifest), one.reason) for one in read.unread)
        return replace(read, unread=unread) if unread else read
    return RejectedLine(read.line, _name_of(read.column, manifest), read.reason)


def _name_of(column: str, manifest: Manifest) -> str:
    if column not in manifest.columns:
        return column
    return clean(manifest.header[manifest.columns.index(column)], _LONGEST_NAME).strip()


def _read_line(line: int, cells: list[str], columns: Sequence[str], is_rounded: bool) -> Announced | RejectedLine:
    while len(cells) > len(columns) and not cells[-1].strip():  # Excel puts delimiters after the last column
        cells = cells[:-1]
    if len(cells) != len(columns):
        cells = cut_anew(cells, len(columns))
    used = len(columns) - next(n for n, column in enumerate(reversed(columns)) if column)
    if len(cells) > len(columns) > used and all(columns[:used]):
        cells = cells[: len(columns)]  # somebody's remark behind the rest has a comma in it
    if len(cells) != len(columns):
        return RejectedLine(line, str(min(len(cells), len(columns)) + 1), Reason.WRONG_COLUMN_COUNT)
    meant: dict[str, str | None] = {}
    for column, cell in zip(columns, cells, strict=True):
        text = as_meant(cell) if column else ""
        if column == "waybill" and (is_cut(text or "") or (is_rounded and is_longer(text or ""))):
            text = None
        if text is not None and column != "waybill" and text.lower() in NOTHING:
            text = ""
        if column not in meant or meant[column] == "":
            meant[column] = text  # where two columns say it, the first that does
    return _read_row(line, meant)


def _read_row(line: int, cells: dict[str, str | None]) -> Announced | RejectedLine:
    for column, cell in cells.items():
        if column and cell and _CONTROL.search(cell):
            return RejectedLine(line, column, Reason.CONTROL_CHARACTER)
    number = cells["waybill"]
    if number is None:
        return RejectedLine(line, "waybill", Reason.SHORTENED)
    waybill = _one_waybill(number)
    if isinstance(waybill, Problem):
        return RejectedLine(line, "waybill", _WAYBILL_REASONS.get(waybill, Reason.NOT_A_WAYBILL))
    numbered = _numbered(waybill, cells)
    if isinstance(numbered, str):
        return RejectedLine(line, numbered, Reason.BAD_PIECE)
    told = read_cells(cells)
    if isinstance(told, Told):
        unread = tuple(RejectedLine(line, column, reason) for column, reason in told.unread.items())
        return Announced(
            line, numbered, told.courier, told.phone, told.size, told.consent,
            told.freight_collect_fen, told.cod_fen, told.email, unread,
        )  # fmt: skip
    return RejectedLine(line, *told)


def _one_waybill(cell: str) -> Waybill | Problem:
    waybill = read_waybill(cell)
    found = doubt(waybill.number) if isinstance(waybill, Waybill) and len(waybill.number) >= _SHORTEST_OF_TWO else None
    return found.problem if found and found.problem is Problem.TWO_NUMBERS_SCANNED else waybill


def _numbered(waybill: Waybill, cells: Mapping[str, str | None]) -> Waybill | str:
    """As which piece of how many; else the column that is wrong."""
    told = {"piece": waybill.piece, "pieces": 0}
    for column in told:
        text = cells.get(column, "")
        if text and (both := _PIECE_OF.fullmatch(text)):
            told = {"piece": int(both[1]), "pieces": int(both[2])}
        elif text and (one := _PIECE_COUNT.fullmatch(text)):
            told[column] = int(one[1])
        elif text != "":
            return column
    piece, pieces = told["piece"], told["pieces"] or max(waybill.pieces, told["piece"])
    return Waybill(waybill.number, piece, pieces) if piece <= pieces else "piece"
