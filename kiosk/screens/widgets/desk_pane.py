"""What the staff desk shows: banner, form, a coloured bar with a word, a place, lines, and a table or the last five."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from kiosk.jobs.places import PictureBy
from kiosk.screens.desk_lines import PAINT, painted
from kiosk.screens.widgets.as_shown import as_shown
from kiosk.text import Say
from kiosk.text.qr_lines import BLACK_ON_WHITE, qr_lines
from kiosk.text.words_of import Mood, Words


class DeskPane(Vertical):
    """Updated in place. A table that does not fit is turned page by page."""

    def __init__(self) -> None:
        super().__init__()
        names = ("banner", "form", "bar", "lines", "list", "typed", "keys")
        self.lines = {name: Static(id=name, markup=False) for name in names}
        self._place = Digits(id="place")
        self._table: Sequence[str] = ()
        self._by: PictureBy | None = None
        self._is_qr = False
        self._first = 0

    def compose(self) -> ComposeResult:
        yield from (self.lines[name] for name in ("banner", "form", "bar"))
        yield self._place
        yield from (self.lines[name] for name in ("lines", "list", "typed", "keys"))

    def put(self, name: str, text: str) -> None:
        """Text is never markup: it may come from a scan."""
        self.lines[name].update(Content(as_shown(text)))

    def put_banner(self, lines: Sequence[str]) -> None:
        self.lines["banner"].display = bool(lines)
        self.put("banner", "\n".join(lines))

    def show(self, say: Say, newest: Words, older: Sequence[Words] = (), by: PictureBy | None = None) -> None:
        """The newest answer, and below it its table, or the answers before it. `by`: the table is a picture."""
        bar = self.lines["bar"]
        self.put("bar", newest.word)
        bar.styles.background = PAINT[newest.mood]
        bar.styles.color = "#FFFFFF" if newest.mood is Mood.CALM else "#000000"
        self._place.update(as_shown(newest.big))
        self._place.display = bool(newest.big)
        self.put("lines", "\n".join(newest.lines))
        table = qr_lines(newest.qr) if newest.qr else newest.table
        if table != self._table:
            self._first = 0
        self._table, self._by, self._is_qr = table, by, bool(newest.qr)
        if self._table:
            self.turn(say, 0)
        else:
            self.put("list", "\n".join(f"{one.word:12} {one.lines[0]}" for one in older))

    def turn(self, say: Say, pages: int) -> None:
        """Show another page of the table."""
        if not self._table:
            return
        rows = max(self.lines["list"].size.height - 1, 4)  # one for what is left
        self._first = min(max(self._first + pages * rows, 0), max(len(self._table) - rows, 0))
        shown = self._table[self._first : self._first + rows]
        more = len(self._table) - self._first - len(shown)
        tail = [Content(say("… {count} more: PgDn", count=more))] if more else []
        self.lines["list"].update(Content("\n").join([*(self._row(as_shown(row)) for row in shown), *tail]))

    def _row(self, text: str) -> Content:
        if self._is_qr:
            return Content.styled(text, BLACK_ON_WHITE)
        return Content(text) if self._by is None else painted(text, self._by)
