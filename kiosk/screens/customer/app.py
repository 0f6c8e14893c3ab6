"""The customer's screen: a scan comes in, a job answers, a face shows it."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from hardware.tones import Tone
from kiosk.counter.customer import Answer, serve_customer
from kiosk.faults import StationFault
from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.handing_over.glance import Glance, glance
from kiosk.jobs.handing_over.pick_up import Found, note_attempt
from kiosk.jobs.station import Station
from kiosk.parcels.meanings import CodeScan, CommandScan
from kiosk.parcels.scan_places import ScanPlace
from kiosk.parcels.scans import Scan, recognise
from kiosk.screens.customer.faces import Face
from kiosk.screens.customer.fingers import Fingers
from kiosk.screens.customer.keys import CustomerKeys
from kiosk.screens.customer.moments.lone_key import LoneKey
from kiosk.screens.customer.moments.passing import Broken, tone_of
from kiosk.screens.customer.pane import CustomerPane
from kiosk.screens.customer.shelves import draw_shelves
from kiosk.screens.lights import Lights
from kiosk.screens.terminal.terminal_keys import Pressed
from kiosk.screens.widgets.shelf_picture import ShelfPicture
from kiosk.text import Language, language_of_environment, words

TICK_S = 0.5
NEXT_LINE_S = 0.5  # to a scanner the end of each line of a message is the end of a scan


class CustomerApp(CustomerKeys):
    CSS_PATH: ClassVar[str] = str(Path(__file__).with_name("customer.tcss"))  # of the demo in another room too

    def __init__(self, station: Station, lights: Callable[[], Lights], *, language: Language | None = None) -> None:
        super().__init__(station, lights, language or language_of_environment(station.settings.screen.language))
        own = station.settings.screen
        self.pane = CustomerPane(f"{station.settings.name}  {station.settings.number}")
        self.shelves = ShelfPicture(station.settings.slots, station.settings.spots, id="shelves")
        self._fingers = Fingers(self.pane, own.touch)
        self.is_touched = self._fingers.may_press
        self._lone_key = LoneKey()
        self._scanned_at = float("-inf")
        self._said: set[CodeScan] = set()  # by a message whose lines come one by one

    def compose(self) -> ComposeResult:
        yield self.pane
        yield self.beside()

    def beside(self) -> Widget:
        """What stands at the right, where the screen is wide."""
        return self.shelves

    def on_mount(self) -> None:
        self.set_interval(TICK_S, self._tick)
        self.refresh_face()

    # What comes in

    def scanned(self, text: str, at: ScanPlace = ScanPlace.ANY) -> None:
        if not text.strip():
            self._press_nothing()
            return
        now = self._monotonic()
        self.state.touch(now)
        self._held.forget()
        scan, shown = recognise(text), self.state.session
        if self._is_next_line(scan, now):
            return
        self.ask_lit(lambda station: serve_customer(station, scan, shown, at), self.answered)

    def _press_nothing(self) -> None:
        """Enter alone: a key like any other, which asks for more time and nothing else."""
        self.command_key("enter")
        self.refresh_face()

    def _is_next_line(self, scan: Scan, now: float) -> bool:
        """Of the same message: words round a code are no news beside what it opened, nor is it in another language."""
        is_soon, self._scanned_at = now - self._scanned_at < NEXT_LINE_S, now
        if not is_soon:
            self._said.clear()
        means = scan.means
        if not isinstance(means, CodeScan) or not means.is_message:
            return is_soon and scan.is_prose
        is_said = means in self._said
        self._said.add(means)
        return is_said

    def typing(self, typed: str) -> None:
        now = self._monotonic()
        self.state.touch(now)
        if self._lone_key.is_new(typed):
            self.state.leave_question()
        if typed and self.state.wants_more_light(now):
            self._still_searching()
            self._lone_key.extended(typed)
        self.refresh_face(typed)

    def on_pressed(self, message: Pressed) -> None:
        key = self._fingers.key(message)
        if key:
            self.take_press(*key, message.time)

    # What the jobs say

    def answered(self, answer: Answer) -> None:
        if isinstance(answer, CommandScan):
            self.commanded(answer.command)
            return
        if isinstance(answer, Found):
            self.state.show_found(answer)
            self.sounds.play(Tone.GOOD)
        elif self.state.show_passing(answer, self._monotonic()):
            self.sounds.play(tone_of(answer))
        self.refresh_face()
        self._seen_version = None  # our own change does not count as another terminal's
        if not isinstance(answer, HandedOver):
            # On record after the light and the paint: this one costs a flush.
            self.call_after_refresh(self.jobs.ask, lambda station: note_attempt(station, answer))

    def _glanced(self, session: str | None, seen: Glance | None, dark: frozenset[str]) -> None:
        self.state.dark = dark
        if seen is None:
            return
        self._seen_version = seen.version
        self.state.look_for_staff(seen.calls, self._monotonic())
        self.state.lit = seen.lit
        self.state.update_found(session, seen.found)
        self.refresh_face()

    def broken(self, fault: StationFault | None, about: str) -> None:
        self.state.call.forget_pending()
        self.state.show_passing(Broken(), self._monotonic())
        self.refresh_face()

    # What is seen

    def _tick(self) -> None:
        self.forget_half_typed()
        if self.state.has_left(self._monotonic()) and self._lone_key.is_all(self.reader.typed):
            self.reader.clear()
        self.state.pass_time(self._monotonic())
        session, version = self.state.session, self._seen_version
        self.jobs.ask(
            lambda station: (glance(station, session, version), self.dark_slots()),
            lambda seen: self._glanced(session, *seen),
            quietly=True,
        )
        self.refresh_face()

    def refresh_face(self, typed: str | None = None) -> None:
        now = self._monotonic()
        self.state.a_scanner_is_silent = bool(self.silent_scanners)
        self._fingers.offer_digits(words(self.state.language), are_taken=self.state.takes_digits)
        face = self.state.face(self.reader.typed if typed is None else typed, now)
        self.draw_shelves(face)
        self.pane.show(
            face,
            self.keys_lines(),
            self.state.others_line(now, self.pane.columns - 2),
            self.state.notice(now),
            self.state.large,
        )

    def draw_shelves(self, face: Face) -> None:
        """Beside the number, where the screen has room."""
        draw_shelves(self.shelves, face, self.state, self.size)

    def keys_lines(self) -> tuple[str, ...]:
        return self.state.keys_lines()
