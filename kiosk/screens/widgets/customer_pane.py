"""The customer's part of the screen: designed for 48 × 14 cells, it grows with the terminal."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from kiosk.screens.faces import Face, codes_to_try
from kiosk.screens.widgets.as_shown import as_shown

_IN_DIGITS = frozenset("0123456789ABCDEF+-^x: ")
_LONGEST_BIG = 15  # characters of three cells
_WIDEST = 44  # cells of small text


class CustomerPane(Vertical):
    """Shows one Face at a time, updated in place: only what differs is painted."""

    def __init__(self) -> None:
        super().__init__()
        names = ("station", "headline", "typed", "detail", "extra", "codes", "others", "keys")
        self._lines = {name: Static(id=name, markup=False) for name in names}
        self._big = Digits(id="big")
        self._plate = Vertical(self._lines["headline"], self._big, self._lines["typed"], id="plate")
        self._shown: dict[str, str] = {}
        self._colours: tuple[str, str] | None = None
        for name in ("typed", "extra", "codes", "others"):
            self._lines[name].display = False

    def compose(self) -> ComposeResult:
        yield self._lines["station"]
        yield self._plate
        yield self._lines["detail"]
        yield Horizontal(self._lines["extra"], self._lines["codes"], id="offer")
        yield self._lines["others"]
        yield self._lines["keys"]

    def show(self, face: Face) -> None:
        self.put("headline", face.headline)
        drawable = set(face.big) <= _IN_DIGITS and len(face.big) <= _LONGEST_BIG
        self._put_big(face.big if drawable else "")
        self.put("typed", "" if drawable else face.big[-_WIDEST:])
        self.put("detail", "\n".join(face.detail))
        self.put("codes", codes_to_try(face.codes, in_a_column=self._lines["extra"].display))
        if (face.paint, face.ink) != self._colours:
            self._colours = (face.paint, face.ink)
            for widget in (self._plate, *self._plate.children):  # children keep an old colour behind them otherwise
                widget.styles.background, widget.styles.color = face.paint, face.ink

    def put(self, name: str, text: str) -> None:
        """Change one line if it differs. Text is never markup: it may come from a scan."""
        if self._shown.get(name) != text:
            self._shown[name] = text
            self._lines[name].update(Content(as_shown(text)))
            self._lines[name].display = bool(text)

    def put_extra(self, extra: Content | None) -> None:
        """A picture below the details (the demo's QR code); None takes it away."""
        self._lines["extra"].update(extra or Content(""))
        self._lines["extra"].display = extra is not None

    def _put_big(self, text: str) -> None:
        if self._shown.get("big") != text:
            self._shown["big"] = text
            self._big.update(text)
            self._big.display = bool(text)
