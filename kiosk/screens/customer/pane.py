"""The customer's part of the screen: designed for 48 × 14 cells, it grows with the terminal."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from kiosk.screens.customer.faces import Face
from kiosk.screens.customer.fitting import Fitted, Room, fit
from kiosk.screens.customer.letters import DigitSize, drawn
from kiosk.screens.customer.letters_widget import Letters
from kiosk.screens.customer.lines import codes_to_try
from kiosk.screens.customer.touch.digit_pad import digit_pad
from kiosk.screens.customer.touch.digit_pad_widget import DigitPadView
from kiosk.screens.widgets.as_shown import as_shown


class CustomerPane(Vertical):
    """Shows one Face at a time, updated in place: only what differs is painted."""

    def __init__(self, station: str) -> None:
        super().__init__()
        names = ("station", "typed", "extra", "codes", "others", "keys")
        self._lines = {name: Static(id=name, markup=False) for name in names}
        self._headline, self._big, self._detail = (Letters(id=name) for name in ("headline", "big", "detail"))
        self._edges = [Static(classes="edge", markup=False) for _ in range(2)]
        above, below = self._edges
        self._plate = Vertical(above, self._headline, self._big, self._lines["typed"], below, id="plate")
        self.pad = DigitPadView()
        self.enter = ""  # what ends what fingers type; nothing where they have nothing to type
        self.needs_digits = False  # with whatever room there is for them
        self._shown: dict[str, str] = {}
        self._colours: tuple[str, str] | None = None
        self._room: Room | None = None
        self.fitted: Fitted | None = None  # as it is shown
        self._extra_rows = 0
        self._station = station
        self._last: tuple[Face, tuple[str, ...], str, str, bool] | None = None
        for name in ("typed", "extra", "codes", "others"):
            self._lines[name].display = False

    def compose(self) -> ComposeResult:
        yield self._lines["station"]
        yield self._plate
        yield self._detail
        yield Horizontal(self._lines["extra"], self._lines["codes"], id="offer")
        yield Vertical(self._lines["others"], self.pad, self._lines["keys"], id="foot")

    @property
    def digits(self) -> DigitSize | None:
        """How large they are now; None where there are none."""
        return self.fitted.size if self.fitted else None

    @property
    def columns(self) -> int:
        """For what is shown."""
        return max(self.size.width, 1)

    @property
    def keys_shown(self) -> tuple[str, Region]:
        """The line of keys as it is broken, and the cells of the screen that it stands on."""
        return self._shown.get("keys", ""), self._lines["keys"].content_region

    def on_resize(self, event: events.Resize) -> None:
        del event
        if self._last:
            self.show(*self._last)

    def show(self, face: Face, keys: tuple[str, ...], others: str = "", notice: str = "", large: bool = False) -> None:
        """`keys`: that line in full and shorter; `others`: everybody's lights; `notice`: stands in the place of the
        station's name, whatever else has to go."""
        self._last = (face, keys, others, notice, large)
        if not self.size.height:
            return  # it is shown as soon as there is a size
        rows = self.size.height - self._extra_rows
        pad = digit_pad(self.columns, rows, always=self.needs_digits, large=large) if self.enter else None
        self.pad.put(pad, self.enter)
        codes = codes_to_try(face.codes, in_a_column=self._lines["extra"].display)
        reserved = max(self._extra_rows, codes.count("\n") + 1 if codes else 0) + self.pad.rows
        fitted = fit(
            face, keys, self.columns, self.size.height,
            has_others=bool(others), has_notice=bool(notice), reserved=reserved, large=large,
        )  # fmt: skip
        self._put_fitted(fitted)
        self._lines["station"].set_class(bool(notice), "notice")
        self._put("station", notice or (self._station if fitted.has_station else ""))
        self._put("others", others if fitted.has_others else "")
        self._put("codes", codes)
        self._put_edges(face.edge)
        if (face.paint, face.ink) != self._colours:
            self._colours = (face.paint, face.ink)
            for widget in (self._plate, *self._plate.children):  # children keep an old colour behind them otherwise
                widget.styles.background, widget.styles.color = face.paint, face.ink

    def put_extra(self, extra: Content | None) -> None:
        """A picture below the details (the demo's QR code); None takes it away."""
        self._lines["extra"].update(extra or Content(""))
        self._lines["extra"].display = extra is not None
        self._extra_rows = extra.plain.count("\n") + 1 if extra else 0

    def _put_fitted(self, fitted: Fitted) -> None:
        self.fitted = fitted
        self._headline.put_text(fitted.headline)
        self._big.put_digits(drawn(fitted.big, fitted.size) if fitted.size else ())
        self._put("typed", fitted.plain)
        self._detail.put_text(fitted.detail, fitted.room.lines)
        self._put("keys", fitted.keys)
        for name, parts in (("headline", fitted.headline), ("detail", fitted.detail)):
            self._shown[name] = "\n".join("\n".join(part.lines) for part in parts)
        self._shown["big"] = fitted.big if fitted.size else ""
        if fitted.room != self._room:
            self._room = fitted.room
            self._plate.styles.padding = (fitted.room.above, 0, fitted.room.below, 0)
            self._big.styles.margin = (fitted.room.between, 0, 0, 0)
            self._detail.styles.margin = (fitted.room.after, 0, 0, 0)

    def _put_edges(self, mark: str) -> None:
        """Along the plate's upper and lower edge, from side to side; none without a mark."""
        along = " ".join(mark for _ in range(self.columns // 2)) if mark else ""
        for edge in self._edges:
            edge.update(Content(along))
            edge.display = bool(along)

    def _put(self, name: str, text: str) -> None:
        """Change one line if it differs. Text is never markup: it may come from a scan."""
        if self._shown.get(name) != text:
            self._shown[name] = text
            self._lines[name].update(Content(as_shown(text)))
            self._lines[name].display = bool(text)
