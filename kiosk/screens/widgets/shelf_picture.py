"""The station's shelves as a picture, in which slots shine: those of a customer, or those of the strip in the demo."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.geometry import Size as CellSize
from textual.strip import Strip
from textual.widget import Widget

from kiosk.config.shelves import SlotSettings, Spot
from kiosk.screens.widgets.shelf_layout import Shelf, ShelfLayout, laid_out, standing_shelves

DARK, OTHER_DARK = "#303030", "#262626"  # neighbours differ, for there may be no room between them
_INK = "#000000"
_FILLED = " ▁▂▃▄▅▆▇"  # by eighths


class Paper(NamedTuple):
    """The colours (#RRGGBB) of what does not shine: between the slots, a slot, its neighbour, names, those of shelves
    and levels where something shines."""

    ground: str
    dark: str
    other_dark: str
    name: str
    lit_name: str


BLACK = Paper("#000000", DARK, OTHER_DARK, "#888888", "#FFFFFF")


class Lit(NamedTuple):
    """How a slot shines: #RRGGBB from its left to its right end, a mark on it that says so without colour, and how far
    up it shines: all 8 eighths of it, or so many."""

    colours: tuple[str, ...]
    mark: str = ""
    eighths: int = 8


class ShelfPicture(Widget):
    """Level 1 at the bottom, slot 1 at the left, as one stands before the shelf."""

    def __init__(
        self,
        slots: Sequence[SlotSettings],
        spots: Mapping[str, Spot],
        *,
        id: str,  # noqa: A002
        paper: Paper = BLACK,
    ) -> None:
        super().__init__(id=id)
        self._blank, self._dark = Style(bgcolor=paper.ground), tuple(Style(bgcolor=one) for one in paper[1:3])
        self._where = Style(color=paper.name, bgcolor=paper.ground)
        self._where_lit = Style(color=paper.lit_name, bgcolor=paper.ground, bold=True)
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
        """By name of a slot; all others are dark. Only the lines that differ are painted."""
        if lit == self._lit:
            return
        before, self._lit = self._lines, dict(lit)
        self._draw()
        changed = (y for y, (old, new) in enumerate(zip(before, self._lines, strict=True)) if old != new)
        if regions := [Region(0, y, self.size.width, 1) for y in changed]:
            self.refresh(*regions)

    def get_content_width(self, container: CellSize, viewport: CellSize) -> int:
        del container, viewport
        return self._layout.width if self._layout else 0

    def get_content_height(self, container: CellSize, viewport: CellSize, width: int) -> int:
        del container, viewport, width
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        segments = self._lines[y] if y < len(self._lines) else []
        return Strip(segments).adjust_cell_length(self.size.width, self._blank)

    def _draw(self) -> None:
        self._lines = []
        for row in self._layout.shelves if self._layout else ():
            drawn = [list(self._shelf(shelf)) if shelf else [] for shelf in row]
            for number in range(max(map(len, drawn), default=0) or 1):
                empty = [Segment(" " * self._columns, self._blank)]
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
            Segment(
                f"[{shelf.name}]".center(self._columns - 1).ljust(self._columns),
                self._where_lit if is_lit else self._where,
            )
        ]
        digits = len(str(len(shelf.levels)))
        for level in range(len(shelf.levels), 0, -1):
            slots = shelf.levels[level - 1]
            style = self._where_lit if any(slot in self._lit for slot in slots) else self._where
            for row in range(size.high):
                cells = [Segment(f"{level if row == size.high // 2 else '':>{digits}}", style)]
                for number, slot in enumerate(slots):
                    cells += [*self._slot(slot, number + level, row), Segment(" " * size.gap, self._blank)]
                yield [*cells, Segment(" " * (self._columns - sum(len(cell.text) for cell in cells)), self._blank)]
            for _ in range(size.level_gap if level > 1 else 0):
                yield [Segment(" " * self._columns, self._blank)]

    def _slot(self, slot: str, number: int, row: int) -> Iterator[Segment]:
        """`row` of its rows, from above."""
        assert self._layout
        wide, high, lit = self._layout.size.wide, self._layout.size.high, self._lit.get(slot)
        filled = min(max(lit.eighths * high - 8 * (high - 1 - row), 0), 8) if lit else 0
        if not lit or not filled:
            yield Segment(" " * wide, self._dark[number % 2])
            return
        mark = (lit.mark if row == high // 2 else "").center(wide)
        for at, letter in enumerate(mark):
            colour = lit.colours[at * len(lit.colours) // wide]
            if filled < 8:
                behind = self._dark[number % 2].bgcolor
                yield Segment(_FILLED[filled], Style.from_color(Color.parse(colour), behind))
            else:
                yield Segment(letter, Style(color=_INK, bgcolor=colour, bold=True))
