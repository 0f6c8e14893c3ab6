"""The rows of an .xlsx workbook, read row by row with openpyxl, which is loaded here and nowhere else."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any

from kiosk.faults import Fault, StationFault
from kiosk.parcels.excel_cells import MOST_DIGITS
from kiosk.parcels.rejected_lines import Reason

Row = tuple[int, list[str]]  # the line in the file, from 1, and its cells
IsHeader = Callable[[Sequence[str]], bool]  # whether cells hold the names of columns
NEEDED = "station-kiosk[excel]"
_LARGEST = 160_000_000  # bytes unpacked: some 300,000 parcels; a few kilobytes may say that they are gigabytes
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 100
_LARGEST_AMOUNT = 10**9  # of numbers that may be broken ones, whose last digits are the computer's
_CONSTANT = re.compile(r'=\s*(?:"[^"]*"|[0-9]+)')
_HEAD = 10  # rows in which a sheet shows what it is


def rows_of_workbook(data: bytes, is_header: IsHeader) -> Iterator[Row] | Reason:
    """Rows of the only visible sheet with a header; a whole number as its digits, or in the form of a number that has
    lost some. Raises StationFault(NOT_INSTALLED)."""
    try:
        import openpyxl
    except ImportError as missing:
        raise StationFault(Fault.NOT_INSTALLED, detail=NEEDED) from missing
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > _LARGEST:
                return Reason.TOO_LARGE
            has_formulas = any(b"<f" in packed.read(name) for name in packed.namelist() if "/sheet" in name)
        with warnings.catch_warnings(action="ignore"):  # of styles and the like
            sheets = _sheets(openpyxl, data)
            if has_formulas:
                pairs = zip(sheets, _sheets(openpyxl, data, formulas=True), strict=True)
                sheets = [_with_never_computed(values, formulas) for values, formulas in pairs]
            return _the_only(sheets, is_header)
    except Exception:  # of whatever is no workbook, or a damaged one: the library tells it in a dozen ways
        return Reason.UNREADABLE_WORKBOOK


def _sheets(openpyxl: Any, data: bytes, *, formulas: bool = False) -> list[list[Row]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas, keep_links=False)
    with closing(book):  # its archive stays open for sheets to be read row by row
        return [_rows(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _with_never_computed(values: list[Row], formulas: list[Row]) -> list[Row]:
    """Programs write `="7731…"` without what comes of it: an empty cell, until Excel has opened the file."""
    computed, rows = dict(values), []
    for line, texts in formulas:
        cells = computed.get(line, [])
        merged = [cell or _constant(text) for cell, text in zip_longest(cells, texts, fillvalue="")]
        rows.append((line, merged if any(merged) else texts))  # a line of nothing but formulas is one too
    return rows


def _constant(formula: str) -> str:
    return formula if _CONSTANT.fullmatch(formula) else ""


def _the_only(sheets: Sequence[list[Row]], is_header: IsHeader) -> Iterator[Row] | Reason:
    """Every row as wide as the header: an empty cell at the end is one, and a note beside the table none."""
    widths = [next((len(cells) for _, cells in rows[:_HEAD] if is_header(cells)), 0) for rows in sheets]
    fitting = [(rows, width) for rows, width in zip(sheets, widths, strict=True) if width]
    fitting = [one for one in fitting if not is_header(one[0][-1][1])] or fitting[:1]  # a template of the next one
    if len(fitting) > 1:
        return Reason.SEVERAL_SHEETS
    return ((line, (cells + [""] * width)[:width]) for rows, width in fitting for line, cells in rows)


def _rows(sheet: Any) -> list[Row]:
    """Without the empty ones, and without empty cells at the end."""
    sheet.reset_dimensions()  # many programs write a wrong size of the sheet
    rows: list[Row] = []
    for line, row in enumerate(sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS), 1):
        cells = [_as_text(cell) for cell in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            rows.append((line, cells))
    return rows


def _as_text(cell: Any) -> str:
    match value := cell.value:
        case None:
            return ""
        case bool() | str():
            return str(value)
        case int() | float() if float(value).is_integer():
            shown = cell.number_format.strip('"')  # `000000000000` keeps zeros at the beginning
            digits = str(int(value)).zfill(0 if shown.strip("0") else len(shown))
            return digits if len(digits.lstrip("-")) <= MOST_DIGITS else f"{float(value):.14E}"
        case float():
            return f"{value:.15g}" if abs(value) < _LARGEST_AMOUNT else str(value)
        case datetime() | date() | time():
            return value.isoformat()
    return str(value)
