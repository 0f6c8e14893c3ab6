"""Letters as a widget, painted in its own text colour on its own background: big digits, and running text."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size as CellSize
from textual.strip import Strip
from textual.widget import Widget

from kiosk.screens.customer.cuts import Part, cells_of
from kiosk.screens.widgets.as_shown import as_shown
from kiosk.text.line_breaks import cells


class _Row(NamedTuple):
    """Of cells: painted ones, or text."""

    cells: str
    is_painted: bool


class Letters(Widget):
    """As high as what it shows, and in the middle of its width."""

    DEFAULT_CSS = "Letters { height: auto; width: 100%; }"

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: list[_Row] = []
        self._said: Sequence[object] = ()

    def put_digits(self, rows: Sequence[str]) -> None:
        """Rows of painted cells; none for nothing."""
        self._put(tuple(rows), (_Row(row, True) for row in rows))

    def put_text(self, parts: tuple[Part, ...], between: int = 0) -> None:
        """`between` rows stay free after each but the last."""
        rows = [row for part in parts for row in (*_rows(part), *[_Row("", False)] * between)]
        self._put((parts, between), rows[: len(rows) - between])

    def _put(self, said: Sequence[object], rows: Iterable[_Row]) -> None:
        if said != self._said:
            before = len(self._rows)
            self._said, self._rows = said, list(rows)
            self.display = bool(self._rows)
            self.refresh(layout=len(self._rows) != before)

    def get_content_height(self, container: CellSize, viewport: CellSize, width: int) -> int:
        del container, viewport, width
        return len(self._rows)

    def render_line(self, y: int) -> Strip:
        text = self.rich_style
        paper = Style(color=text.color, bgcolor=text.bgcolor)
        row = self._rows[y] if y < len(self._rows) else _Row("", False)
        before = max(self.size.width - cells(row.cells), 0) // 2
        shown = _painted(row.cells, paper) if row.is_painted else [Segment(row.cells, text)]
        return Strip([Segment(" " * before, paper), *shown]).adjust_cell_length(self.size.width, paper)


def _rows(part: Part) -> list[_Row]:
    if part.cut is None:
        return [_Row(as_shown(line), False) for line in part.lines]
    return [_Row(row, True) for line in part.lines for row in cells_of(line, part.cut)]


def _painted(row: str, paper: Style) -> list[Segment]:
    """A whole cell is a blank on ink: it needs no letter of the terminal's font, and leaves no seam."""
    ink = Style(bgcolor=paper.color)
    runs = [(cell, len(list(same))) for cell, same in groupby(row)]
    return [Segment(" " * count, ink) if cell == "█" else Segment(cell * count, paper) for cell, count in runs]
