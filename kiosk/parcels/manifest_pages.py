"""Tables of a web page or of XML under the name of a workbook: what couriers' web systems call an export to Excel."""

from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

_BEGINS = ("<html", "<!doctype html", "<table", "<meta", "<head", "<style", "<div", "<?xml", "<?mso", "<workbook")
_HOLDS = ("<table", "<workbook", ":workbook", "<ss:row", "<row")
_ROWS, _CELLS, _SILENT = ("tr", "row", "ss:row"), ("td", "th", "cell", "ss:cell"), ("style", "script")
_WIDEST = 100  # columns


def is_page(text: str) -> bool:
    """Whether it begins as a page, and has a table."""
    begins = text[:200].lstrip("\ufeff \t\r\n").lower()
    return begins.startswith(_BEGINS) and any(sign in text.lower() for sign in _HOLDS)


def rows_of_page(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of all its tables, numbered from 1."""
    page = _Tables(convert_charrefs=True)
    page.feed(text)
    page.close()
    return iter([(number, cells) for number, cells in enumerate(page.rows, 1) if any(map(str.strip, cells))])


class _Tables(HTMLParser):
    """`rows` so far. Neither a row nor a cell need be closed, as browsers have it."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.rows: list[list[str]] = []
        self._is_in_cell = False
        self._silent = self._wider = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in _ROWS:
            self.rows.append([])
        elif tag in _CELLS and self.rows:
            row = self.rows[-1]
            gap = _number(told.get("ss:index")) - 1 - len(row)  # XML leaves empty cells out
            row.extend([""] * max(0, min(gap, _WIDEST - len(row))) + [""])
            self._wider = min(_number(told.get("colspan")) - 1, _WIDEST)
        elif tag in _SILENT:
            self._silent += 1
        if tag in _ROWS or tag in _CELLS:
            self._is_in_cell = tag in _CELLS and bool(self.rows)

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS and self._is_in_cell:
            self.rows[-1].extend([""] * max(0, self._wider))
        if tag in _ROWS or tag in _CELLS or tag == "table":
            self._is_in_cell = False
        elif tag in _SILENT and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._is_in_cell and not self._silent:
            self.rows[-1][-1] = f"{self.rows[-1][-1]}{data}".replace("\xa0", " ").strip("\r\n\t ")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 5 else 1
