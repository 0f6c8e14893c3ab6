"""A list that is turned page by page where it does not fit."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from kiosk.text import Say


class TurnedList(Static):
    """`room`: the rows it has."""

    def __init__(self) -> None:
        super().__init__(id="list", markup=False)
        self.room = 0
        self._rows: Sequence[Content] = ()
        self._plain: list[str] = []
        self._shown: Content | None = None
        self._first = 0

    def fill(self, say: Say, rows: Sequence[Content], *, is_turned: bool) -> None:
        """`is_turned`: what does not fit is on a next page, else it is left out."""
        plain = [row.plain for row in rows] if is_turned else []
        if plain != self._plain:
            self._first, self._plain = 0, plain
        self._rows = rows
        if is_turned:
            self.turn(say, 0)
        else:
            self._put(rows[: self.room])

    def turn(self, say: Say, pages: int) -> None:
        """Show another page."""
        if not self._plain:
            return
        count = len(self._rows)
        rows = self.room if count <= self.room else max(self.room - 1, 1)  # one for what is left
        self._first = min(max(self._first + pages * rows, 0), max(count - rows, 0))
        shown = self._rows[self._first : self._first + rows]
        more = count - self._first - len(shown)
        self._put([*shown, *([Content(say("… {count} more: PgDn", count=more))] if more else [])])

    def reveal(self, say: Say, first: int, last: int) -> None:
        """Turned so far that these rows are seen."""
        room = self.room if len(self._rows) <= self.room else max(self.room - 1, 1)
        self._first = min(max(self._first, last - room + 1), first)
        self.turn(say, 0)

    def row_at(self, y: int) -> int | None:
        """Which of all its rows stands in this row of the screen; one for what is left is none."""
        at = y - self.region.y
        room = self.room if len(self._rows) <= self.room else self.room - 1
        return self._first + at if 0 <= at < min(room, len(self._rows) - self._first) else None

    def _put(self, rows: Sequence[Content]) -> None:
        content = Content("\n").join(rows)
        if self._shown is None or not self._shown.is_same(content):
            self._shown = content
            self.update(content, layout=False)
