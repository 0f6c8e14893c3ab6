"""A courier's manifest: the bytes of a file in, announced parcels and rejected lines out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.parcels.codes import plain
from kiosk.parcels.consents import Consent, read_consent
from kiosk.parcels.couriers import read_courier
from kiosk.parcels.doubts import doubt
from kiosk.parcels.emails import read_email
from kiosk.parcels.excel_cells import are_rounded, as_meant, is_cut, is_longer
from kiosk.parcels.manifest_rows import MOST_BEFORE_HEADER, rows_of
from kiosk.parcels.money import read_yuan
from kiosk.parcels.phones import Phone, is_hidden, read_phone
from kiosk.parcels.problems import Problem
from kiosk.parcels.rejected_lines import Reason, RejectedLine
from kiosk.parcels.scans import clean
from kiosk.parcels.slots import Size
from kiosk.parcels.waybills import Waybill, read_waybill


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


_COLUMNS = {
    "waybill": {"waybill", "waybill no", "waybill number", "tracking number", "tracking no", "mailno", "mail no",
                "tracking", "tracking id", "tracking code", "awb", "awb no", "awb number", "parcel number",
                "运单号", "运单", "快递单号", "单号", "运单编号", "运单号码", "快递单号码", "快递号", "快递运单号",
                "物流单号", "物流编号", "面单号", "面单号码", "邮件号", "邮件号码", "快件单号", "快件编号", "包裹单号",
                "快递单号/运单号", "运单号/快递单号", "运单条码"},
    "courier": {"courier", "carrier", "brand", "courier company", "快递公司", "快递", "品牌", "快递品牌", "物流公司",
                "承运商", "快递公司名称"},
    "phone": {"phone", "mobile", "consignee phone", "receiver phone", "tel", "phone number", "phone no",
              "mobile number", "mobile no", "mobile phone", "telephone", "consignee mobile", "receiver mobile",
              "recipient phone", "手机", "手机号", "手机号码", "收件人手机", "收件人手机号", "收件人手机号码",
              "收件人电话", "收件电话", "收货人电话", "收货人手机", "收货人手机号", "联系电话", "电话",
              "电话号码", "收件手机", "手机/电话"},
    "email": {"email", "e-mail", "mail", "consignee email", "receiver email", "邮箱", "电子邮箱", "收件人邮箱", "邮件"},
    "size": {"size", "尺寸", "规格"},
    "consent": {"consent", "入站同意", "同意", "是否同意", "投递方式"},
    "piece": {"piece", "子件", "件号"},
    "pieces": {"pieces", "件数", "总件数"},
    "freight_collect": {"freight collect", "到付", "到付金额", "到付运费"},
    "cod": {"cod", "cash on delivery", "代收货款", "代收", "代收金额"},
}  # fmt: skip
_NOTHING = {"-", "--", "—", "/", "无", "暂无", "空", "n/a", "na", "null", "none", "nil"}
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")  # `运单号（必填）`
_NAMES = {alias: column for column, aliases in _COLUMNS.items() for alias in aliases}
LARGEST = 32_000_000  # bytes: some 300,000 parcels; more would take the memory of the computer
_SHORTEST_OF_TWO = 26  # digits in a cell with two numbers
_LONGEST_NAME = 60
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PIECE_COUNT = re.compile(r"[1-9][0-9]{0,2}")
_WAYBILL_REASONS = {
    Problem.EMPTY_SCAN: Reason.EMPTY,
    Problem.PHONE_SCANNED: Reason.PHONE_NOT_WAYBILL,
    Problem.CODE_NOT_WAYBILL: Reason.CODE_NOT_WAYBILL,
}


def read_manifest(data: bytes) -> Iterator[Announced | RejectedLine]:
    """Each line as a parcel or a rejection: of CSV (UTF-8, UTF-16 with its mark, GB18030) or of an .xlsx workbook.

    The header may stand below a title. Columns may stand in any order under English or Chinese names; columns we do
    not need are skipped, so a consignee's name is never stored. Raises StationFault(NOT_INSTALLED) where a workbook
    came and what reads it is missing.
    """
    found = Reason.TOO_LARGE if len(data) > LARGEST else rows_of(data, _is_header)
    if isinstance(found, Reason):
        yield RejectedLine(1, "1", found)
        return
    rows = list(found)
    begins = next((n for n, (_, cells) in enumerate(rows[:MOST_BEFORE_HEADER]) if _is_header(cells)), None)
    if begins is None:
        yield RejectedLine(1, "1", Reason.NO_WAYBILL_COLUMN)
        return
    header, rows = rows[begins][1], rows[begins + 1 :]
    columns = _columns(header)
    at = columns.index("waybill")
    is_rounded = are_rounded(cells[at] for _, cells in rows if len(cells) > at)
    seen: set[tuple[str | None, str, int]] = set()
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        read = _read_line(line, cells, columns, is_rounded)
        if isinstance(read, Announced):
            key = (read.courier, read.waybill.number, read.waybill.piece)
            if key in seen:
                read = RejectedLine(line, "waybill", Reason.REPEATED_LINE)
            seen.add(key)
        if isinstance(read, RejectedLine) and read.column in columns:
            name = clean(header[columns.index(read.column)], _LONGEST_NAME).strip()
            read = RejectedLine(line, name, read.reason)
        yield read


def _columns(header: Sequence[str]) -> list[str]:
    """Our names of the columns, empty for those we do not need."""
    return [_NAMES.get(_plain_name(as_meant(name) or ""), "") for name in header]


def _plain_name(name: str) -> str:
    """Without what is required of it, and signs round it."""
    folded = _REMARK.sub("", plain(name)).lower().replace("_", " ")
    return " ".join(folded.strip(" *:.#").split()).removesuffix(".")


def _is_header(cells: Sequence[str]) -> bool:
    return "waybill" in _columns(cells)


def _read_line(line: int, cells: list[str], columns: list[str], is_rounded: bool) -> Announced | RejectedLine:
    while len(cells) > len(columns) and not cells[-1].strip():  # Excel puts delimiters after the last column
        cells = cells[:-1]
    if len(cells) != len(columns):
        return RejectedLine(line, str(min(len(cells), len(columns)) + 1), Reason.WRONG_COLUMN_COUNT)
    meant: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=True):
        text = as_meant(cell) if column else ""
        is_shortened = column == "waybill" and (is_cut(text or "") or (is_rounded and is_longer(text or "")))
        if text is None or is_shortened:
            return RejectedLine(line, column, Reason.SHORTENED)
        if column != "waybill" and text.lower() in _NOTHING:
            text = ""
        meant[column] = meant.get(column) or text  # where two columns say it, the first that does
    return _read_row(line, meant)


def _read_row(line: int, cells: dict[str, str]) -> Announced | RejectedLine:
    for column, cell in cells.items():
        if column and _CONTROL.search(cell):
            return RejectedLine(line, column, Reason.CONTROL_CHARACTER)
    waybill = _one_waybill(cells["waybill"])
    if isinstance(waybill, Problem):
        return RejectedLine(line, "waybill", _WAYBILL_REASONS.get(waybill, Reason.NOT_A_WAYBILL))
    courier = read_courier(cells["courier"]) if cells.get("courier") else None
    if cells.get("courier") and courier is None:
        return RejectedLine(line, "courier", Reason.UNKNOWN_COURIER)
    phone = _phone(cells["phone"]) if cells.get("phone") else None
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


def _one_waybill(cell: str) -> Waybill | Problem:
    waybill = read_waybill(cell)
    found = doubt(waybill.number) if isinstance(waybill, Waybill) and len(waybill.number) >= _SHORTEST_OF_TWO else None
    return found.problem if found and found.problem is Problem.TWO_NUMBERS_SCANNED else waybill


def _phone(cell: str) -> Phone | None:
    """Excel drops the plus of +86."""
    return read_phone(cell) or (read_phone(f"+{cell}") if cell.startswith("86") else None)


def _numbered(waybill: Waybill, cells: dict[str, str]) -> Waybill | str:
    """As which piece of how many; else the column that is wrong."""
    for column in ("piece", "pieces"):
        if cells.get(column) and not _PIECE_COUNT.fullmatch(cells[column]):
            return column
    piece = int(cells.get("piece") or waybill.piece)
    pieces = int(cells.get("pieces") or max(waybill.pieces, piece))
    return Waybill(waybill.number, piece, pieces) if piece <= pieces else "piece"
