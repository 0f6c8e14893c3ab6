"""The demo: the customer screen beside its shelves, drawn from the very bytes that went to the strip."""

from collections.abc import Callable, Mapping

from textual import events
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from hardware.mocks.read_back import StripReader
from hardware.strips.light import frame_as_seen
from kiosk.jobs.station import Station
from kiosk.jobs.upkeep.offer import Offer, offers
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.qr_texts import station_qr
from kiosk.screens.customer.faces import Face
from kiosk.screens.customer.shelves import lit_slots
from kiosk.screens.demo.qr import qr_content
from kiosk.screens.demo.trial import TrialApp
from kiosk.screens.lights import Lights
from kiosk.screens.widgets.shelf_picture import Lit
from kiosk.text import words

PAINT_S = 0.1  # ten pictures a second are enough to see a light breathe
_WIDE_ENOUGH = 80
_BROAD = 112
_PICTURE, _BROAD_PICTURE = 30, 61  # columns
_CAPTION_ROWS = 2
_QR_ROWS = 24
_EVERY_OFFER = 60


class DemoApp(TrialApp):
    def __init__(
        self, station: Station, lights: Callable[[], Lights], readers: Callable[[], Mapping[str, StripReader]]
    ) -> None:
        """`readers` say what each strip shows; called before the lights go on, in their thread."""
        super().__init__(station, lights)
        self._open_readers = readers
        self._readers: Mapping[str, StripReader] = {}
        self._number = station.settings.number
        self._slots = station.settings.slots_by_name
        self._marks: Mapping[str, str] = {}
        caption = Static(words(self.state.language)("Decoded from the bytes on the strip's bus"), markup=False)
        self._proof = Vertical(self.shelves, caption, id="proof")
        self._qr_for: str | None = None

    def beside(self) -> Widget:
        return self._proof

    def on_mount(self) -> None:
        self._renew_offers()
        self.set_interval(PAINT_S, self._paint_shelves)

    def on_resize(self, event: events.Resize) -> None:
        del event
        self.refresh_face()

    def draw_shelves(self, face: Face) -> None:
        """All the time, as the strip shows them; the customer's own are marked as they are at any station."""
        self._marks = {slot: lit.mark for slot, lit in lit_slots(face, self.state, self.shelves.slots).items()}
        columns = max(_BROAD_PICTURE, self.size.width * 2 // 5) if self.size.width >= _BROAD else _PICTURE
        rows = self.size.height - _CAPTION_ROWS
        room = self.size.width >= _WIDE_ENOUGH and self.shelves.lay_out(columns, rows)
        self._proof.display = self.shelves.display = bool(room)

    def run_lights(self) -> None:
        """Listen on the mock bus before the owner opens it."""
        self._readers = self._open_readers()
        super().run_lights()

    def refresh_face(self, typed: str | None = None) -> None:
        shown = self.state.offers[0].code if self.state.idle and self.state.offers else None
        shown = shown if self.size.height >= _QR_ROWS else None
        if shown != self._qr_for:
            self._qr_for = shown
            self.pane.put_extra(qr_content(station_qr(self._number, (PickupCode(shown),))) if shown else None)
            self._renew_offers()
        super().refresh_face(typed)

    def _renew_offers(self) -> None:
        self.jobs.ask(lambda station: offers(station, _EVERY_OFFER), self._offered)

    def _offered(self, found: tuple[Offer, ...]) -> None:
        self.state.offers = found
        self.refresh_face()

    def _paint_shelves(self) -> None:
        frames = {name: frame_as_seen(reader.rgb()) for name, reader in self._readers.items()}
        lit = {}
        for name, slot in self._slots.items():
            pixels = frames.get(slot.strip, b"")[3 * slot.first_pixel : 3 * (slot.first_pixel + slot.pixels)]
            if any(pixels):
                colours = tuple(f"#{pixels[at : at + 3].hex()}" for at in range(0, len(pixels), 3))
                lit[name] = Lit(colours, self._marks.get(name, ""))
        self.shelves.light(lit)
