"""Big digits as a widget: painted in its own text colour on its own background."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size as CellSize
from textual.strip import Strip
from textual.widget import Widget

from kiosk.screens.customer.letters import DigitSize, drawn


class BigDigits(Widget):
    """As high as what it shows, and in the middle of its width."""

    DEFAULT_CSS = "BigDigits { height: auto; width: 100%; }"

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: list[str] = []
        self._said: tuple[str, DigitSize | None] = ("", None)

    @property
    def shown_size(self) -> DigitSize | None:
        return self._said[1]

    def put(self, text: str, size: DigitSize | None) -> None:
        """Nothing without a size."""
        if (text, size) != self._said:
            taller = (size.rows if size else 0) != len(self._rows)
            self._said = (text, size)
            self._rows = drawn(text, size) if size else []
            self.refresh(layout=taller)

    def get_content_height(self, container: CellSize, viewport: CellSize, width: int) -> int:
        del container, viewport, width
        return len(self._rows)

    def render_line(self, y: int) -> Strip:
        paper = self.rich_style
        ink = Style(bgcolor=paper.color)
        row = self._rows[y] if y < len(self._rows) else ""
        before = (self.size.width - len(row)) // 2
        segments = [Segment(" " * before, paper)]
        at = 0
        while at < len(row):
            end = at
            while end < len(row) and row[end] == row[at]:
                end += 1
            segments.append(Segment(" " * (end - at), ink if row[at] == "#" else paper))
            at = end
        return Strip(segments).adjust_cell_length(self.size.width, paper)
