"""The customer's part of the screen: designed for 48 × 14 cells, it grows with the terminal."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from kiosk.screens.faces import Face

_IN_DIGITS = frozenset("0123456789ABCDEF+-^x: ")


class CustomerPane(Vertical):
    """Shows one Face at a time, updated in place: only what differs is painted."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, str] = {}
        self._colours: tuple[str, str] | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="station", markup=False)
        with Vertical(id="plate"):
            yield Static(id="headline", markup=False)
            yield Digits(id="big")
            yield Static(id="typed", markup=False)
        yield Static(id="detail", markup=False)
        yield Static(id="extra", markup=False)
        yield Static(id="others", markup=False)
        yield Static(id="keys", markup=False)

    def show(self, face: Face) -> None:
        self.put("headline", face.headline)
        drawable = set(face.big) <= _IN_DIGITS and len(face.big) <= 15
        self.put("big", face.big if drawable else "")
        self.put("typed", "" if drawable else face.big[-44:])
        self.put("detail", "\n".join(face.detail))
        if (face.paint, face.ink) != self._colours:
            self._colours = (face.paint, face.ink)
            plate = self.query_one("#plate")
            plate.styles.background, plate.styles.color = face.paint, face.ink

    def put(self, place: str, text: str) -> None:
        """Change one line if it differs. Text is never markup: it may come from a scan."""
        if self._shown.get(place) == text:
            return
        self._shown[place] = text
        if place == "big":
            digits = self.query_one("#big", Digits)
            digits.update(text)
            digits.display = bool(text)
        else:
            static = self.query_one(f"#{place}", Static)
            static.update(Content(text))
            static.display = bool(text)

    def put_extra(self, extra: Content | None) -> None:
        """A picture below the details (the demo's QR code); None takes it away."""
        static = self.query_one("#extra", Static)
        static.update(extra if extra is not None else Content(""))
        static.display = extra is not None
