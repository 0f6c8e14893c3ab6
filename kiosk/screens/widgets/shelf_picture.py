"""The station's shelves as a picture, in which slots shine: those of a customer, or those of the strip in the demo."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size as CellSize
from textual.strip import Strip
from textual.widget import Widget

from kiosk.config.shelves import SlotSettings, Spot
from kiosk.screens.widgets.shelf_layout import Shelf, ShelfLayout, laid_out, standing_shelves

DARK, OTHER_DARK = "#303030", "#262626"  # neighbours differ, for there may be no room between them
_NAME, _LIT_NAME = Style(color="#888888", bgcolor="#000000"), Style(color="#FFFFFF", bgcolor="#000000", bold=True)
_BLANK = Style(bgcolor="#000000")
_INK = "#000000"


class Lit(NamedTuple):
    """How a slot shines: #RRGGBB from its left to its right end, and a mark on it that says so without colour."""

    colours: tuple[str, ...]
    mark: str = ""


class ShelfPicture(Widget):
    """Level 1 at the bottom, slot 1 at the left, as one stands before the shelf."""

    def __init__(self, slots: Sequence[SlotSettings], spots: Mapping[str, Spot], *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.slots = frozenset(slot.name for slot in slots)
        self._shelves, self._spots = standing_shelves(slots), spots
        self._layout: ShelfLayout | None = None
        self._asked: object = None
        self._lit: Mapping[str, Lit] = {}
        self._lines: list[list[Segment]] = []

    def lay_out(self, columns: int, rows: int, around: Collection[str] = ()) -> int:
        """Choose a size for that room, and what is drawn if all is too much: what is `around` these slots. How many
        columns it takes then; 0: there is no room."""
        asked = (columns, rows, tuple(around))
        if asked != self._asked:
            self._asked = asked
            self._layout = laid_out(self._shelves, self._spots, columns, rows, around)
            self._draw()
            self.refresh(layout=True)
        return self._layout.width if self._layout else 0

    def light(self, lit: Mapping[str, Lit]) -> None:
        """By name of a slot; all others are dark."""
        if lit != self._lit:
            self._lit = dict(lit)
            self._draw()
            self.refresh()

    def get_content_width(self, container: CellSize, viewport: CellSize) -> int:
        del container, viewport
        return self._layout.width if self._layout else 0

    def get_content_height(self, container: CellSize, viewport: CellSize, width: int) -> int:
        del container, viewport, width
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        segments = self._lines[y] if y < len(self._lines) else []
        return Strip(segments).adjust_cell_length(self.size.width, _BLANK)

    def _draw(self) -> None:
        self._lines = []
        for row in self._layout.shelves if self._layout else ():
            drawn = [list(self._shelf(shelf)) if shelf else [] for shelf in row]
            for number in range(max(map(len, drawn), default=0) or 1):
                empty = [Segment(" " * self._columns, _BLANK)]
                self._lines.append(
                    [one for shelf in drawn for one in (shelf[number] if number < len(shelf) else empty)]
                )
            self._lines.append([])
        self._lines = self._lines[:-1]

    @property
    def _columns(self) -> int:
        return self._layout.columns if self._layout else 0

    def _shelf(self, shelf: Shelf) -> Iterator[list[Segment]]:
        """Lines of cells, each as wide as the widest shelf."""
        assert self._layout
        size = self._layout.size
        is_lit = any(slot in self._lit for level in shelf.levels for slot in level)
        yield [
            Segment(f"[{shelf.name}]".center(self._columns - 1).ljust(self._columns), _LIT_NAME if is_lit else _NAME)
        ]
        digits = len(str(len(shelf.levels)))
        for level in range(len(shelf.levels), 0, -1):
            slots = shelf.levels[level - 1]
            style = _LIT_NAME if any(slot in self._lit for slot in slots) else _NAME
            for row in range(size.high):
                in_the_middle = row == size.high // 2
                cells = [Segment(f"{level if in_the_middle else '':>{digits}}", style)]
                for number, slot in enumerate(slots):
                    cells += [*self._slot(slot, number + level, marked=in_the_middle), Segment(" " * size.gap, _BLANK)]
                yield [*cells, Segment(" " * (self._columns - sum(len(cell.text) for cell in cells)), _BLANK)]
            for _ in range(size.level_gap if level > 1 else 0):
                yield [Segment(" " * self._columns, _BLANK)]

    def _slot(self, slot: str, number: int, *, marked: bool) -> Iterator[Segment]:
        assert self._layout
        wide, lit = self._layout.size.wide, self._lit.get(slot)
        if not lit:
            yield Segment(" " * wide, Style(bgcolor=OTHER_DARK if number % 2 else DARK))
            return
        mark = (lit.mark if marked else "").center(wide)
        for at, letter in enumerate(mark):
            colour = lit.colours[at * len(lit.colours) // wide]
            yield Segment(letter, Style(color=_INK, bgcolor=colour, bold=True))
