"""A courier's manifest: CSV bytes in, announced parcels and rejected lines out."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kiosk.parcels.consents import Consent, read_consent
from kiosk.parcels.couriers import read_courier
from kiosk.parcels.emails import read_email
from kiosk.parcels.money import read_yuan
from kiosk.parcels.phones import Phone, is_hidden, read_phone
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import clean
from kiosk.parcels.slots import Size
from kiosk.parcels.waybills import Waybill, read_waybill


class Reason(StrEnum):
    """Why a line (or the whole file, at line 1) was not taken."""

    NO_WAYBILL_COLUMN = "no_waybill_column"
    UNREADABLE_TEXT = "unreadable_text"
    TOO_LARGE = "too_large"
    WRONG_COLUMN_COUNT = "wrong_column_count"
    NOT_A_WAYBILL = "not_a_waybill"
    PHONE_NOT_WAYBILL = "phone_not_waybill"
    CODE_NOT_WAYBILL = "code_not_waybill"
    EMPTY = "empty"
    BAD_PHONE = "bad_phone"
    BAD_EMAIL = "bad_email"
    BAD_SIZE = "bad_size"
    BAD_CONSENT = "bad_consent"
    BAD_PIECE = "bad_piece"
    BAD_AMOUNT = "bad_amount"
    UNKNOWN_COURIER = "unknown_courier"
    CONTROL_CHARACTER = "control_character"
    REPEATED_LINE = "repeated_line"


@dataclass(frozen=True, slots=True)
class Announced:
    """One good line. `courier` is None where the file names none."""

    line: int
    waybill: Waybill
    courier: str | None
    phone: Phone | None
    size: Size | None
    consent: Consent
    freight_collect_fen: int = 0
    cod_fen: int = 0
    email: str | None = None


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """`line` counts from 1 with the header; `column` is the header's name, or a number from 1 without one."""

    line: int
    column: str
    reason: Reason


_COLUMNS = {
    "waybill": {"waybill", "waybill no", "waybill number", "tracking number", "tracking no", "mailno",
                "运单号", "运单", "快递单号", "单号", "运单编号"},
    "courier": {"courier", "carrier", "brand", "快递公司", "快递", "品牌"},
    "phone": {"phone", "mobile", "consignee phone", "receiver phone", "tel",
              "手机", "手机号", "收件人手机", "收件人电话", "电话", "收件手机"},
    "email": {"email", "e-mail", "mail", "consignee email", "receiver email", "邮箱", "电子邮箱", "收件人邮箱", "邮件"},
    "size": {"size", "尺寸", "规格"},
    "consent": {"consent", "入站同意", "同意", "是否同意", "投递方式"},
    "piece": {"piece", "子件", "件号"},
    "pieces": {"pieces", "件数", "总件数"},
    "freight_collect": {"freight collect", "到付", "到付金额", "到付运费"},
    "cod": {"cod", "cash on delivery", "代收货款", "代收", "代收金额"},
}  # fmt: skip
_NAMES = {alias: column for column, aliases in _COLUMNS.items() for alias in aliases}
LARGEST = 32_000_000  # bytes: some 300,000 parcels; more would take the memory of the computer
_LONGEST_NAME = 60
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PIECE_COUNT = re.compile(r"[1-9][0-9]{0,2}")
_WAYBILL_REASONS = {
    Problem.EMPTY_SCAN: Reason.EMPTY,
    Problem.PHONE_SCANNED: Reason.PHONE_NOT_WAYBILL,
    Problem.CODE_NOT_WAYBILL: Reason.CODE_NOT_WAYBILL,
}


def read_manifest(data: bytes) -> Iterator[Announced | RejectedLine]:
    """Each line of the CSV (header first; UTF-8 with or without BOM, else GB18030) as a parcel or a rejection.

    Columns may stand in any order under English or Chinese names; columns we do not need are skipped, so a
    consignee's name is never stored.
    """
    if len(data) > LARGEST:
        yield RejectedLine(1, "1", Reason.TOO_LARGE)
        return
    text = _decode(data)
    if text is None:
        yield RejectedLine(1, "1", Reason.UNREADABLE_TEXT)
        return
    rows = _split(text, max(",;\t", key=text.split("\n", 1)[0].count))
    header = next(rows, (1, []))[1]
    columns = [_NAMES.get(" ".join(name.strip().lower().replace("_", " ").split()), "") for name in header]
    if "waybill" not in columns:
        yield RejectedLine(1, "1", Reason.NO_WAYBILL_COLUMN)
        return
    seen: set[tuple[str | None, str, int]] = set()
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        read = _read_line(line, cells, columns)
        if isinstance(read, Announced):
            key = (read.courier, read.waybill.number, read.waybill.piece)
            if key in seen:
                read = RejectedLine(line, "waybill", Reason.REPEATED_LINE)
            seen.add(key)
        if isinstance(read, RejectedLine) and read.column in columns:
            name = clean(header[columns.index(read.column)], _LONGEST_NAME).strip()
            read = RejectedLine(line, name, read.reason)
        yield read


def _split(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row. A stray quote must not swallow the lines after it: where a quoted cell
    runs over what looks like lines of their own, every physical line is a row."""
    lines = text.splitlines()
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows, start = [], 1
        for cells in reader:
            swallowed = lines[start : reader.line_num]
            if any(line.count(delimiter) == lines[0].count(delimiter) for line in swallowed):
                raise csv.Error("a quote opened too early")
            rows.append((start, cells))
            start = reader.line_num + 1
        yield from rows
    except csv.Error:
        for number, line in enumerate(lines, 1):
            yield number, _cells(line, delimiter)


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a cell of more than 131,072 characters
        return []


def _read_line(line: int, cells: list[str], columns: list[str]) -> Announced | RejectedLine:
    if len(cells) != len(columns):
        return RejectedLine(line, str(min(len(cells), len(columns)) + 1), Reason.WRONG_COLUMN_COUNT)
    return _read_row(line, dict(zip(columns, (cell.strip() for cell in cells), strict=True)))


def _read_row(line: int, cells: dict[str, str]) -> Announced | RejectedLine:
    for column, cell in cells.items():
        if column and _CONTROL.search(cell):
            return RejectedLine(line, column, Reason.CONTROL_CHARACTER)
    waybill = read_waybill(cells["waybill"])
    if isinstance(waybill, Problem):
        return RejectedLine(line, "waybill", _WAYBILL_REASONS.get(waybill, Reason.NOT_A_WAYBILL))
    courier = read_courier(cells["courier"]) if cells.get("courier") else None
    if cells.get("courier") and courier is None:
        return RejectedLine(line, "courier", Reason.UNKNOWN_COURIER)
    phone = read_phone(cells["phone"]) if cells.get("phone") else None
    if cells.get("phone") and phone is None and not is_hidden(cells["phone"]):
        return RejectedLine(line, "phone", Reason.BAD_PHONE)
    email = read_email(cells["email"]) if cells.get("email") else None
    if cells.get("email") and email is None:
        return RejectedLine(line, "email", Reason.BAD_EMAIL)
    size = cells.get("size", "").upper()
    if size and size not in Size.__members__:
        return RejectedLine(line, "size", Reason.BAD_SIZE)
    consent = read_consent(cells.get("consent", ""))
    if consent is None:
        return RejectedLine(line, "consent", Reason.BAD_CONSENT)
    numbered = _numbered(waybill, cells)
    if isinstance(numbered, str):
        return RejectedLine(line, numbered, Reason.BAD_PIECE)
    amounts = {column: read_yuan(cells[column]) for column in ("freight_collect", "cod") if cells.get(column)}
    for column, fen in amounts.items():
        if fen is None:
            return RejectedLine(line, column, Reason.BAD_AMOUNT)
    freight, cod = amounts.get("freight_collect") or 0, amounts.get("cod") or 0
    return Announced(line, numbered, courier, phone, Size[size] if size else None, consent, freight, cod, email)


def _numbered(waybill: Waybill, cells: dict[str, str]) -> Waybill | str:
    """As which piece of how many; else the column that is wrong."""
    for column in ("piece", "pieces"):
        if cells.get(column) and not _PIECE_COUNT.fullmatch(cells[column]):
            return column
    piece = int(cells.get("piece") or waybill.piece)
    pieces = int(cells.get("pieces") or max(waybill.pieces, piece))
    return Waybill(waybill.number, piece, pieces) if piece <= pieces else "piece"


def _decode(data: bytes) -> str | None:
    """UTF-8 first: text in GB18030 with Chinese in it is never valid UTF-8 by chance for a whole file."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None
