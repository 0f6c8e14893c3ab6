"""The digit pad as a widget: key beside key, so that no finger falls between two."""

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size as CellSize
from textual.strip import Strip
from textual.widget import Widget

from kiosk.screens.customer.touch.digit_pad import ENTER, DigitPad
from kiosk.text.line_breaks import cells

_SHADES = (Style(color="#FFFFFF", bgcolor="#4A4A4A", bold=True), Style(color="#FFFFFF", bgcolor="#5E5E5E", bold=True))
_BLANK = Style(bgcolor="#000000")


class DigitPadView(Widget):
    """As high as the pad it shows, and in the middle of its width; nothing where there is none."""

    DEFAULT_CSS = "DigitPadView { height: auto; width: 100%; display: none; }"

    def __init__(self) -> None:
        super().__init__(id="pad")
        self._pad: DigitPad | None = None
        self._enter = ""

    @property
    def rows(self) -> int:
        return self._pad.rows if self._pad else 0

    def put(self, pad: DigitPad | None, enter: str) -> None:
        """`enter`: what is said on the key that ends what was typed, where it is wide enough."""
        if (pad, enter) != (self._pad, self._enter):
            self._pad, self._enter = pad, enter
            self.display = pad is not None
            self.refresh(layout=True)

    def key_at(self, column: int, row: int) -> str | None:
        """What stands on the key at this cell of the screen."""
        if self._pad is None or not self.display:
            return None
        place = self.content_region
        return self._pad.key_at(column - place.x - self._before(self._pad), row - place.y)

    def get_content_height(self, container: CellSize, viewport: CellSize, width: int) -> int:
        del container, viewport, width
        return self.rows

    def render_line(self, y: int) -> Strip:
        if self._pad is None or y >= self._pad.rows:
            return Strip([Segment(" " * self.size.width, _BLANK)])
        number, of_key = divmod(y, self._pad.high)
        edges = self._pad.edges(number)
        segments = [Segment(" " * self._before(self._pad), _BLANK)]
        for place, label in enumerate(self._pad.keys[number]):
            wide = edges[place + 1] - edges[place]
            shown = self._label(label, wide) if of_key == (self._pad.high - 1) // 2 else " " * wide
            segments.append(Segment(shown, _SHADES[(number + place) % 2]))
        return Strip(segments).adjust_cell_length(self.size.width, _BLANK)

    def _before(self, pad: DigitPad) -> int:
        return max(self.content_region.width - pad.columns, 0) // 2

    def _label(self, label: str, wide: int) -> str:
        said = f"{label} {self._enter}"
        if label == ENTER and cells(said) < wide:
            return said.center(wide - cells(said) + len(said))
        return label.center(wide)
