"""The shelves as a picture: every slot glows as its pixels on the strip do."""

from collections.abc import Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size as CellSize
from textual.strip import Strip
from textual.widget import Widget

from kiosk.config.shelves import SlotSettings

_DARK = Style(color="#777777", bgcolor="#1C1C1C")
_FRAME = Style(color="#888888", bgcolor="#000000")
_BLANK = Style(bgcolor="#000000")


class ShelfPicture(Widget):
    """One cell a pixel; shelves stand side by side in as many rows as the width asks for, level 1 at the bottom."""

    def __init__(self, slots: Sequence[SlotSettings]) -> None:
        super().__init__()
        self._across = 3
        self._shelves: dict[str, dict[int, list[SlotSettings]]] = {}
        for slot in slots:
            address = slot.place.address
            self._shelves.setdefault(address.shelf, {}).setdefault(address.level, []).append(slot)
        self._colours: Mapping[str, bytes] = {}
        self._lines: list[list[Segment]] = []
        self._draw()

    def lay_out(self, across: int) -> None:
        """So many shelves side by side."""
        if across != self._across:
            self._across = across
            self._draw()
            self.refresh(layout=True)

    def glow(self, colours: Mapping[str, bytes]) -> None:
        """`colours`: RGB bytes of each strip, as an eye would see them."""
        if colours != self._colours:
            self._colours = dict(colours)
            self._draw()
            self.refresh()

    def get_content_width(self, container: CellSize, viewport: CellSize) -> int:
        del container, viewport
        return max((sum(len(s.text) for s in line) for line in self._lines), default=0)

    def get_content_height(self, container: CellSize, viewport: CellSize, width: int) -> int:
        del container, viewport, width
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        segments = self._lines[y] if y < len(self._lines) else []
        return Strip(segments).adjust_cell_length(self.size.width, _BLANK)

    def _draw(self) -> None:
        names = list(self._shelves)
        self._lines = []
        for start in range(0, len(names), self._across):
            row = names[start : start + self._across]
            self._lines.append([segment for name in row for segment in self._title(name)])
            for level in range(max(max(self._shelves[name]) for name in row), 0, -1):
                self._lines.append([segment for name in row for segment in self._level(name, level)])
            self._lines.append([])

    def _title(self, shelf: str) -> list[Segment]:
        return [Segment(f"  [{shelf}]".ljust(self._width(shelf)), _FRAME)]

    def _level(self, shelf: str, level: int) -> list[Segment]:
        slots = self._shelves[shelf].get(level, [])
        cells = [Segment(f"{level}", _FRAME)]
        for slot in slots:
            cells += [self._pixel(slot, number) for number in range(slot.pixels)]
        used = 1 + sum(slot.pixels for slot in slots)
        return [*cells, Segment(" " * (self._width(shelf) - used), _BLANK)]

    def _width(self, shelf: str) -> int:
        return 2 + max(sum(slot.pixels for slot in slots) for slots in self._shelves[shelf].values())

    def _pixel(self, slot: SlotSettings, number: int) -> Segment:
        frame = self._colours.get(slot.strip, b"")
        at = 3 * (slot.first_pixel + number)
        red, green, blue = frame[at : at + 3] or (0, 0, 0)
        if not (red or green or blue):
            return Segment("▏" if number == 0 else " ", _DARK)
        return Segment("▏" if number == 0 else " ", Style(color="#000000", bgcolor=f"#{red:02x}{green:02x}{blue:02x}"))
