"""The rows of a manifest's file: CSV as courier's systems and Excel write it, or a workbook."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kiosk.parcels.manifest_pages import is_page, rows_of_page
from kiosk.parcels.rejected_lines import Reason

if TYPE_CHECKING:
    from kiosk.parcels.workbooks import IsHeader, Row


MOST_BEFORE_HEADER = 10  # lines of a title; or what Excel is told by: `sep=;`
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_FULL_WIDTH = str.maketrans("，；", ",;")  # as a Chinese keyboard types them
# What stands below a table: a sum, who signed, when it was printed. No waybill is like it.
_BELOW = re.compile(
    r"[\[(【（]?(?:本[页车次批]|全部|以上)?\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|总数|总件数|共\s*[0-9]+\s*[件票单个包])|"
    r"(?:备注|说明|注|总?件数|日期|时间)\s*[:：]|"
    r"(?:制表|打印|导出|统计|交接|数据来源|签收人|签字|经办|审核|操作[员人]|接收人|收货人签)[^0-9]{0,6}(?:[:：]|$|[0-9]{4}-)|"
    r"[^0-9,]{0,8}(?:签字|签名|签章|盖章|签收)\s*[:：]|第\s*[0-9]+\s*页|[-—=_*~]{3,}$|"
    r"(?:sub|grand )?total\b|sum\b|count\b|page [0-9]|end of|powered by|"
    r"(?:generated|printed|exported|signed|checked) (?:by|at|on)|signature\b|date\s*:",
    re.IGNORECASE,
)
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def rows_of(data: bytes, is_header: "IsHeader") -> "Iterator[Row] | Reason":
    """All rows in their order, those before the header too. `is_header`: whether these cells hold the names of columns.

    Raises StationFault(NOT_INSTALLED) where a workbook came and what reads it is missing.
    """
    if data.startswith(_ZIP):
        from kiosk.parcels.workbooks import rows_of_workbook  # 100 ms: few send one

        return rows_of_workbook(data, is_header)
    if data.startswith(_OLD_EXCEL):
        return Reason.OLD_WORKBOOK
    text = _decode(data)
    if text is None:
        return Reason.UNREADABLE_TEXT
    if is_page(text):
        return rows_of_page(text)
    if _is_mixed(text, is_header):
        text = text.translate(_FULL_WIDTH)
    return _split(text, _delimiter(text, is_header))


def is_below_table(first: str) -> bool:
    """By the first of its cells that has something in it."""
    return bool(_BELOW.match(first))


def _decode(data: bytes) -> str | None:
    """UTF-8 first: text in GB18030 with Chinese in it is never valid UTF-8 by chance for a whole file. What Excel calls
    Unicode text is UTF-16."""
    marked = _UTF_16.get(data[:2]) or _unmarked_utf_16(data[:400])
    for encoding in (marked,) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        is_text = "\0" not in text and (not marked or "\n" in text or "\r" in text)
        return text if is_text else None
    return None


def _unmarked_utf_16(head: bytes) -> str | None:
    """Every second byte of its digits and commas is a zero."""
    of_high, of_low = head[::2].count(0), head[1::2].count(0)
    if (of_high + of_low) * 4 < len(head) or not head:
        return None
    return "utf-16-be" if of_high > of_low else "utf-16-le"


def _delimiter(text: str, is_header: "IsHeader") -> str:
    """Of the line that is the header by it; else of the first."""
    lines = text[:10_000].splitlines()[:MOST_BEFORE_HEADER] or [""]
    for line in lines:
        for delimiter in sorted(",;\t|，；", key=line.count, reverse=True):
            if is_header(_cells(line, delimiter)):
                return delimiter
    return max(",;\t", key=lines[0].count)


def _is_mixed(text: str, is_header: "IsHeader") -> bool:
    """Whether the header has commas of both keyboards between its names."""
    lines = text[:10_000].splitlines()[:MOST_BEFORE_HEADER]
    return any("，" in line and "," in line and is_header(_cells(line.translate(_FULL_WIDTH), ",")) for line in lines)


def _split(text: str, delimiter: str) -> "Iterator[Row]":
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


def cut_anew(cells: Sequence[str], width: int) -> list[str]:
    """A row that is not as wide as the header, cut where somebody's keyboard put another comma; as it is where that
    does not make it so wide."""
    as_quoted = ",".join(f'"{cell}"' if "," in cell else cell for cell in cells)
    lines = [line.translate(_FULL_WIDTH) for line in (as_quoted, ",".join(cells))]
    cut = (_cells(line, delimiter) for line in lines for delimiter in ",;\t|")
    return next((row for row in cut if len(row) == width), list(cells))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a cell of more than 131,072 characters
        return []
