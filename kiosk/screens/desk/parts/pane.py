"""What the staff desk shows: the day, who works and at what, the card of the last scan, and a list or the last scans.

Every part keeps its place and its height from one scan to the next. On a narrow screen, such as a phone's, every text
is broken into lines, and lines and list are turned together.
"""

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kiosk.config.shelves import SlotSettings, Spot
from kiosk.jobs.keeping.picture import PictureBy
from kiosk.screens.desk.parts.card import Card
from kiosk.screens.desk.parts.paint import painted
from kiosk.screens.desk.parts.palette import DARK, Palette
from kiosk.screens.desk.parts.sizes import Needed, Sizes, is_narrow, is_roomy, map_columns, place_rows, sizes
from kiosk.screens.desk.parts.tiles import Tile, in_a_line, tiled
from kiosk.screens.desk.parts.turned import TurnedList
from kiosk.screens.widgets.as_shown import as_shown
from kiosk.screens.widgets.narrow import keys_in, packed, tail, wrapped
from kiosk.screens.widgets.shelf_picture import Lit, ShelfPicture
from kiosk.text import Say
from kiosk.text.answers.parts import Words
from kiosk.text.line_breaks import broken
from kiosk.text.qr_lines import BLACK_ON_WHITE, qr_lines

_PADDING = 2  # cells beside running text
_SIGN, _SMALL_SIGN = 10, 3  # cells of the mark beside the card, as desk.tcss has them
_NAMES = ("head", "glance", "sheet", "next", "banner", "typed", "keys")


class DeskPane(Vertical):
    """Updated in place. A list that does not fit is turned page by page."""

    class Resized(Message):
        """It is as large as it is going to be."""

    def __init__(
        self, slots: Sequence[SlotSettings] = (), spots: Mapping[str, Spot] | None = None, palette: Palette = DARK
    ) -> None:
        """`slots` and where their shelves stand (`spots`) make the map."""
        super().__init__()
        self.palette = palette
        self.has_keys = True
        self.card, self.list = Card(), TurnedList()
        self.lines: dict[str, Static] = {name: Static(id=name, markup=False) for name in _NAMES}
        self.lines |= {"bar": self.card.bar, "lines": self.card.lines, "list": self.list}
        self._map = ShelfPicture(slots, spots or {}, id="map", paper=palette.map)
        self._map_columns = 0
        self._needed, self._sizes = Needed(), Sizes(*[-1] * len(Sizes._fields))
        self._put: dict[str, Content] = {}

    def compose(self) -> ComposeResult:
        yield from (self.lines[name] for name in ("head", "glance"))
        with Horizontal(id="body"):
            with Vertical(id="work"):
                yield from (self.lines["sheet"], self.lines["next"], self.card, self.list)
            yield self._map
        yield from (self.lines[name] for name in ("banner", "typed", "keys"))

    def on_resize(self) -> None:
        self.set_class(self.is_narrow, "narrow")
        self.card.set_class(self.is_narrow, "small")
        self._put.clear()
        columns = map_columns(*self.size)
        rows = self.size.height - 7  # what stands above and below it
        self._map_columns = self._map.lay_out(columns - _PADDING, rows) + _PADDING if columns else 0
        self._map.display = self._map_columns > _PADDING
        if not self._map.display:
            self._map_columns = 0
        self._map.styles.width = self._map_columns
        self._arrange()
        self.post_message(self.Resized())

    # How much room there is

    @property
    def is_narrow(self) -> bool:
        return is_narrow(self.size.width)

    @property
    def is_roomy(self) -> bool:
        return is_roomy(*self.size)

    @property
    def has_map(self) -> bool:
        return self._map_columns > 0

    @property
    def work_columns(self) -> int:
        """Cells of text in a line beside the map."""
        return self.size.width - _PADDING - self._map_columns

    @property
    def columns(self) -> int:
        """Cells of text in a line of the card."""
        return self.work_columns - (_SMALL_SIGN if self.is_narrow else _SIGN)

    def rows_of(self, name: str) -> int:
        return int(getattr(self._sizes, name))

    # What stands where

    def put(self, name: str, text: str | Content) -> None:
        """Running text, broken as its language wants it. It is never markup: it may come from a scan."""
        if not isinstance(text, Content):
            text = Content(self._fitting(name, as_shown(text)))
        before = self._put.get(name)
        if before is not None and before.is_same(text):
            return
        self._put[name] = text
        self.lines[name].update(text, layout=False)
        if name in Needed._fields:
            rows = text.plain.count("\n") + 1 if text.plain else 0
            self._need(Needed(**{**self._needed._asdict(), name: rows}))

    def put_banner(self, lines: Sequence[str]) -> None:
        self.put("banner", "\n".join(lines))

    def put_tiles(self, name: str, tiles: Sequence[Tile]) -> None:
        width, muted = self.size.width - _PADDING, self.palette.muted
        self.put(name, tiled(tiles, width, muted) if self.rows_of(name) > 1 else in_a_line(tiles, width, muted))

    def put_map(self, fill: Mapping[str, Lit]) -> None:
        if self.has_map:
            self._map.light(fill)

    def _fitting(self, name: str, text: str) -> str:
        width = self.size.width - _PADDING
        if name == "typed":
            return tail(text, width)
        if name == "keys":
            return packed(keys_in(text), width) if self.has_keys else ""
        return "\n".join(broken(text, width)) if text and width > 0 else text

    def _need(self, needed: Needed) -> None:
        self._needed = needed
        self._arrange()

    def _arrange(self) -> None:
        """Heights are set where they change, which is seldom: the rest of the screen stays as it is."""
        if not self.size.width:
            return
        now = sizes(*self.size, self._needed)
        for name, rows in now._asdict().items():
            if rows != getattr(self._sizes, name):
                part = self.lines[name]
                part.styles.height, part.display = rows, rows > 0
        self._sizes = now
        self.card.styles.height = now.bar + now.lines
        self.list.room = now.list

    # The newest answer

    def show(self, say: Say, newest: Words, older: Sequence[Content] = (), by: PictureBy | None = None) -> None:
        """The newest answer, and below it its table, or the answers before it (`older`). `by`: it is a picture."""
        code = qr_lines(newest.qr) if newest.qr else ()
        is_page = bool(newest.table or code) and not newest.big
        lines = wrapped(newest.lines, self.columns, set_in=0)
        beside = code and not self.is_narrow
        in_code = len(code) + (0 if beside or not code else len(lines))
        self._need(self._needed._replace(page=is_page, lines=0 if code else len(lines), code=in_code))
        place = place_rows(self._sizes.lines)
        room = self._sizes.lines - (place if newest.big else 0)
        shown, rest = ((), ()) if beside else (lines[:room], lines[room:])
        word = f"{newest.word}  {newest.big}".rstrip() if not place else newest.word
        self.card.tell(newest.mood, word, newest.big if place else "", shown, self._sizes, self.columns)
        bright = [Content.styled(line, "bold") for line in rest]
        table = self._code(code, newest.lines) if code else self._table(newest.table, by)
        if code and self.is_narrow and self._sizes.list < len(code) + len(bright):
            listed = [*table, *bright]
        else:
            listed = [*bright, *table]
        is_turned = bool(listed)
        room = self._sizes.list - len(listed)
        if not table and older and room > 0:
            listed += older[:room]
        self.list.fill(say, listed, is_turned=is_turned)

    def _table(self, table: Sequence[str], by: PictureBy | None) -> list[Content]:
        if by is not None:
            return [painted(row, by) for row in table]
        width = self.work_columns
        return [Content(as_shown(row)) for row in (wrapped(table, width) if width > 0 else table)]

    def _code(self, code: Sequence[str], lines: Sequence[str]) -> list[Content]:
        """The lines stand beside it, where there is room."""
        if self.is_narrow:
            return [Content.styled(row, BLACK_ON_WHITE) for row in code]
        told = [part for line in lines for part in line.split("  ")]
        beside = wrapped(told, self.work_columns - len(code[0]) - 2)
        beside = (*beside, *[""] * (len(code) - len(beside)))
        return [
            Content.assemble((row, BLACK_ON_WHITE), (f"  {as_shown(text)}", "bold"))
            for row, text in zip(code, beside, strict=False)
        ]

    def turn(self, say: Say, pages: int) -> None:
        """Show another page of the list."""
        self.list.turn(say, pages)
