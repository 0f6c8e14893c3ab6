"""The card of the last scan: what came of it by colour, mark and word, the place to walk to, and what is to be said."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.screens.colours import ON_CALM, ON_COLOUR
from kiosk.screens.desk.parts.large import SMALL, large
from kiosk.screens.desk.parts.paint import LARGE_MARK, MARK, PAINT
from kiosk.screens.desk.parts.sizes import Sizes, place_rows
from kiosk.screens.widgets.as_shown import as_shown
from kiosk.text.answers.parts import Mood


class Card(Horizontal):
    """Its heights are set by whoever it belongs to; nothing that is shown changes them."""

    def __init__(self) -> None:
        super().__init__(id="card")
        self.bar, self.lines = Static(id="bar", markup=False), Static(id="lines", markup=False)
        self._sign = Static(id="sign", markup=False)
        self._told: tuple[object, ...] = ()
        self._shown: dict[Static, Content] = {}

    def compose(self) -> ComposeResult:
        yield self._sign
        with Vertical():
            yield from (self.bar, self.lines)

    def tell(self, mood: Mood, word: str, big: str, lines: Sequence[str], room: Sizes, columns: int) -> None:
        """`columns` of its text."""
        told = (mood, word, big, tuple(lines), room, columns)
        if self._told == told:
            return
        self._told = told
        for part in (self._sign, self.bar):
            part.styles.background = PAINT[mood]
            part.styles.color = ON_CALM if mood is Mood.CALM else ON_COLOUR
        is_large = room.bar + room.lines >= SMALL and not self.has_class("small")
        self._put(self._sign, Content("\n".join(LARGE_MARK[mood]) if is_large else MARK[mood]))
        self._put(self.bar, Content(as_shown(word)))
        place = large(as_shown(big), columns, place_rows(room.lines)) if big else ()
        told_first = len(place) + bool(lines)  # the first line also tells the answer by itself
        rows = [Content.styled(as_shown(row), "bold" if at < told_first else "")
                for at, row in enumerate([*place, *lines])]  # fmt: skip
        self._put(self.lines, Content("\n").join(rows))

    def _put(self, part: Static, content: Content) -> None:
        """What is there already is not painted again."""
        before = self._shown.get(part)
        if before is None or not before.is_same(content):
            self._shown[part] = content
            part.update(content, layout=False)
