"""What the staff desk shows: banner, form, a coloured bar with a word, a place, lines, and a table or the last five.

On a narrow screen, such as a phone's, every text is broken into lines, and lines and table are turned together.
"""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Digits, Static

from kiosk.jobs.keeping.picture import PictureBy
from kiosk.screens.desk.paint import PAINT, painted
from kiosk.screens.widgets.as_shown import as_shown
from kiosk.screens.widgets.narrow import keys_in, packed, tail, wrapped
from kiosk.text import Say
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.line_breaks import broken, cells
from kiosk.text.qr_lines import BLACK_ON_WHITE, qr_lines

NARROW = 60  # columns up to which the desk is laid out for a phone
_LOW = 18  # rows; with fewer the place stands on the bar
_PADDING = 2  # cells beside running text
_MOST_ROWS = {"banner": 2, "form": 4, "lines": 7}  # on a wide screen, as desk.tcss has it
_PLACE_ROWS = 3
_WORD = 12  # cells of an older answer's word


class DeskPane(Vertical):
    """Updated in place. A table that does not fit is turned page by page."""

    class Resized(Message):
        """It is as large as it is going to be."""

    def __init__(self) -> None:
        super().__init__()
        names = ("banner", "form", "bar", "lines", "list", "typed", "keys")
        self.lines = {name: Static(id=name, markup=False) for name in names}
        self._place = Digits(id="place")
        self._table: Sequence[str] = ()
        self._by: PictureBy | None = None
        self._code = range(0)  # rows of the table that are a QR code
        self._bright = range(0)  # rows of the table that are lines of the answer
        self._beside: Sequence[str] = ()  # lines of the answer at the right of the QR code
        self._rows: dict[str, int] = {}  # that a place takes, where it grows with its text
        self._first = 0

    def on_resize(self) -> None:
        self.post_message(self.Resized())

    def compose(self) -> ComposeResult:
        yield from (self.lines[name] for name in ("banner", "form", "bar"))
        yield self._place
        yield from (self.lines[name] for name in ("lines", "list", "typed", "keys"))

    def put(self, name: str, text: str) -> None:
        """Running text, broken as its language wants it. It is never markup: it may come from a scan."""
        text = as_shown(text)
        if self.is_narrow or name == "keys":
            text = self._fitting(name, text)
        elif self.columns > 0:
            text = "\n".join(broken(text, self.columns))
        self._rows[name] = text.count("\n") + 1 if text else 0
        self.lines[name].update(Content(text))

    def put_banner(self, lines: Sequence[str]) -> None:
        self.lines["banner"].display = bool(lines)
        self.put("banner", "\n".join(lines))

    @property
    def is_narrow(self) -> bool:
        return 0 < self.size.width <= NARROW

    @property
    def columns(self) -> int:
        """Cells of text in a line."""
        return self.size.width - _PADDING

    def _fitting(self, name: str, text: str) -> str:
        width = self.columns
        if name == "typed":
            return tail(text, width)
        if name == "keys":
            return packed(keys_in(text), width)
        lines = broken(text, width) if text else ()
        most = self.size.height // 3 if name == "banner" else len(lines)  # the most urgent stands first
        return "\n".join(lines[:most])

    def show(self, say: Say, newest: Words, older: Sequence[Words] = (), by: PictureBy | None = None) -> None:
        """The newest answer, and below it its table, or the answers before it. `by`: the table is a picture."""
        bar, narrow = self.lines["bar"], self.is_narrow
        self.set_class(narrow, "narrow")
        is_low = narrow and self.size.height < _LOW
        self.put("bar", f"{newest.word}  {newest.big}".rstrip() if is_low else newest.word)
        bar.styles.background = PAINT[newest.mood]
        bar.styles.color = "#FFFFFF" if newest.mood is Mood.CALM else "#000000"
        self._place.update(as_shown(newest.big))
        self._place.display = bool(newest.big) and not is_low
        self.put("lines", "" if narrow or newest.qr else "\n".join(newest.lines))
        code = qr_lines(newest.qr) if newest.qr else ()
        self.lines["form"].display = True
        self.lines["form"].display = self._room() >= len(code)  # a code that is not whole is none
        told = [part for line in newest.lines for part in line.split("  ")] if code and not narrow else []
        self._beside = wrapped(told, self.columns - len(code[0]) - 2) if told else ()
        table = code or newest.table
        before = [] if table else [f"{one.word if narrow else _column(one.word)} {one.lines[0]}" for one in older]
        lines: tuple[str, ...] = ()
        if narrow:
            lines = wrapped(newest.lines, self.columns, set_in=0)
            is_drawn = newest.qr or by is not None
            room = max(self._room() - len(lines), 0)
            if code and room < len(code):
                table = (*code, *lines)
            else:
                table = (*lines, *(table if is_drawn else wrapped(table, self.columns)))
                table += wrapped(before, self.columns)[:room]
        if table != self._table:
            self._first = 0
        start = table.index(code[0]) if code else 0
        self._code = range(start, start + len(code))
        first_line = self._code.stop if code and not start else 0
        self._bright = range(first_line, first_line + len(lines))
        self._table, self._by = table, by
        if self._table:
            self.turn(say, 0)
        else:
            self.put("list", "\n".join(before))

    def turn(self, say: Say, pages: int) -> None:
        """Show another page of the table."""
        if not self._table:
            return
        room = self._room()
        rows = max(room - 1, 1 if self.is_narrow else 4)  # one for what is left
        if len(self._table) <= room:
            rows = room
        self._first = min(max(self._first + pages * rows, 0), max(len(self._table) - rows, 0))
        shown = self._table[self._first : self._first + rows]
        more = len(self._table) - self._first - len(shown)
        rest = [Content(say("… {count} more: PgDn", count=more))] if more else []
        rows_shown = [self._row(as_shown(row), at) for at, row in enumerate(shown, self._first)]
        self.lines["list"].update(Content("\n").join([*rows_shown, *rest]))

    def _room(self) -> int:
        """Rows left for the table (on a narrow screen for lines and table), by what the places around it take."""
        most = {} if self.is_narrow else _MOST_ROWS
        names = [name for name in ("banner", "form", "lines", "keys") if self.lines[name].display]
        around = sum(min(self._rows.get(name, 0), most.get(name, self.size.height)) for name in names)
        fixed = 2 + (_PLACE_ROWS if self._place.display else 0)  # the bar, and what is typed
        return self.size.height - around - fixed

    def _row(self, text: str, at: int) -> Content:
        if at in self._bright:
            return Content.styled(text, "#FFFFFF")
        if at in self._code:
            beside = self._beside[at] if at < len(self._beside) else ""
            return Content.assemble((text, BLACK_ON_WHITE), (f"  {as_shown(beside)}", "#FFFFFF"))
        return Content(text) if self._by is None else painted(text, self._by)


def _column(word: str) -> str:
    return word + " " * (_WORD - cells(word))
