"""The staff desk, plain for now: scan a parcel, put it where the light is, scan the next."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Digits, Static

from hardware.tones import Tone
from kiosk.faults import StationFault
from kiosk.jobs.accept import Particulars
from kiosk.jobs.call_staff import answer_calls, callers
from kiosk.jobs.put_away import PutAway, confirm_put_away
from kiosk.jobs.serve_staff import Answer, serve_staff
from kiosk.jobs.station import Station
from kiosk.parcels.consents import Consent
from kiosk.parcels.couriers import read_courier
from kiosk.parcels.phones import mask_tail, read_phone
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import CodeScan, CommandScan, PhoneScan, SlotScan, recognise
from kiosk.parcels.slots import Size, shelves_of
from kiosk.screens.desk_lines import DeskLine, broken_line, desk_line, tone_of
from kiosk.screens.kiosk_app import CONFIRM, KioskApp, Lights
from kiosk.text import N_, language_of_environment, words
from kiosk.text.sentences import fault_sentence

LAST = 5
TICK_S = 0.5
_CONSENTS = {Consent.GIVEN: N_("given"), Consent.NOT_ASKED: N_("not asked"), Consent.DOOR_ONLY: N_("door only")}


class DeskApp(KioskApp):
    CSS_PATH: ClassVar[str] = "desk.tcss"

    def __init__(self, station: Station, lights: Callable[[], Lights]) -> None:
        super().__init__(station, lights)
        self.language = language_of_environment()
        self._station_name = f"{station.settings.name}  {station.settings.number}"
        self._next = Particulars()
        self._callers: set[str] = set()
        self._last: deque[Answer] = deque(maxlen=LAST + 1)
        names = ("banner", "form", "bar", "lines", "list", "typed", "keys")
        self._lines = {name: Static(id=name, markup=False) for name in names}
        self._place = Digits(id="place")
        self._commands: dict[str, Callable[[], None]] = {
            "f1": lambda: self.jobs.ask(answer_calls),
            "f2": self._switch_language,
            "f3": self._next_size,
            "f4": self._next_consent,
            "escape": self._clear,
            CONFIRM: lambda: self.jobs.ask(confirm_put_away, self._confirmed),
        }

    def compose(self) -> ComposeResult:
        yield from (self._lines[name] for name in ("banner", "form", "bar"))
        yield self._place
        yield from (self._lines[name] for name in ("lines", "list", "typed", "keys"))

    def on_mount(self) -> None:
        self.set_interval(
            TICK_S, lambda: self.jobs.ask(lambda station: (callers(station), self.dark_slots()), self._told)
        )
        self._show()

    def scanned(self, text: str) -> None:
        """A phone or a courier's name goes to the next parcel; all else is a job."""
        scan, phone, courier = recognise(text), read_phone(text), read_courier(text)
        if phone is not None and (isinstance(scan, PhoneScan) or phone.number is None):
            self._next = replace(self._next, phone=phone)
        elif courier is not None:
            self._next = replace(self._next, courier=courier)
        elif isinstance(scan, CommandScan):
            self.commanded(scan.command)
        else:
            particulars = self._next
            if not isinstance(scan, CodeScan | SlotScan):
                # What may be a parcel takes these along, however odd its number; courier and size stay for the batch.
                self._next = replace(self._next, phone=None, consent=None)
            self.ask_lit(lambda station: serve_staff(station, text, particulars), self._answered)
        self._show_form()

    def typing(self, typed: str) -> None:
        self._put("typed", typed)

    def command_key(self, key: str) -> None:
        command = self._commands.get(key)
        if command:
            command()

    def broken(self, fault: StationFault | None) -> None:
        self.sounds.play(Tone.BAD)
        say = words(self.language)
        self._show_line(broken_line(say, fault_sentence(say, fault) if fault else say("See kiosk.log.")))

    def _answered(self, answer: Answer) -> None:
        self.sounds.play(tone_of(answer))
        self._last.appendleft(answer)
        self._show()

    def _confirmed(self, answer: PutAway | Refused | None) -> None:
        """A button was pushed; without a parcel in hand it says nothing."""
        if answer is not None:
            self._answered(answer)

    def _show(self) -> None:
        """The newest answer on top, those before it below, in the language of now."""
        say = words(self.language)
        lines = [desk_line(say, answer) for answer in self._last]
        if lines:
            self._show_line(lines[0])
        self._put("list", "\n".join(f"{older.word:12} {older.lines[0]}" for older in lines[1:]))
        self._put("typed", self.reader.typed)
        self._show_form()

    def _show_line(self, line: DeskLine) -> None:
        self._put("bar", line.word)
        self._lines["bar"].styles.background = line.paint
        self._place.update(line.big)
        self._put("lines", "\n".join(line.lines))

    def _show_form(self) -> None:
        say, said = words(self.language), self._next
        announced = say("as announced")
        form = say(
            "Next parcel: courier {courier}, size {size}, consent {consent}, phone {phone}",
            courier=said.courier or say("by its number"),
            size=said.size.name if said.size else announced,
            consent=say(_CONSENTS[said.consent]) if said.consent else announced,
            phone=announced if said.phone is None else mask_tail(said.phone.tail) or say("virtual number"),
        )
        self._put("form", f"{self._station_name}\n{form}")
        self._put("keys", say("Scan a waybill   F1 on my way   F2 language   F3 size   F4 consent   Esc clear"))

    def _told(self, news: tuple[tuple[str, ...], frozenset[str]]) -> None:
        """Who calls, and which lights are out."""
        terminals, dark = news
        if set(terminals) - self._callers:
            self.sounds.play(Tone.ATTENTION)
        self._callers = set(terminals)
        say = words(self.language)
        lines = []
        if terminals:
            lines.append(say("A customer calls at: {terminals}  (F1: on my way)", terminals=", ".join(terminals)))
        if dark:
            shelves = ", ".join(shelves_of(dark))
            lines.append(say("No light on shelves {shelves}: go by the slot's number", shelves=shelves))
        self._lines["banner"].display = bool(lines)
        self._put("banner", "\n".join(lines))

    def _switch_language(self) -> None:
        self.language = self.language.other
        self._show()

    def _next_size(self) -> None:
        after = {None: Size.S, Size.S: Size.M, Size.M: Size.L, Size.L: Size.XL, Size.XL: None}
        self._next = replace(self._next, size=after[self._next.size])
        self._show_form()

    def _next_consent(self) -> None:
        after = {None: Consent.GIVEN, Consent.GIVEN: Consent.NOT_ASKED, Consent.NOT_ASKED: Consent.DOOR_ONLY}
        self._next = replace(self._next, consent=after.get(self._next.consent))
        self._show_form()

    def _clear(self) -> None:
        self.reader.clear()
        self._next = Particulars()
        self._show()

    def _put(self, place: str, text: str) -> None:
        self._lines[place].update(Content(text))
