"""The staff desk, plain for now: scan a parcel, put it where the light is, scan the next."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Digits, Static

from kiosk.faults import StationFault
from kiosk.jobs.call_staff import answer_calls, callers
from kiosk.jobs.check_in import CheckedIn, Particulars
from kiosk.jobs.look_up import ParcelStory
from kiosk.jobs.put_away import PutAway
from kiosk.jobs.serve_customer import Commanded
from kiosk.jobs.serve_staff import Answer, PhoneRead, serve_staff
from kiosk.jobs.station import Station
from kiosk.parcels.consents import Consent
from kiosk.parcels.phones import mask_tail
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import Command
from kiosk.parcels.slots import Size
from kiosk.screens import desk_lines
from kiosk.screens.desk_lines import DeskLine
from kiosk.screens.kiosk_app import KioskApp
from kiosk.text import N_, language_of_environment, words
from kiosk.text.sentences import fault_sentence

LAST = 5
TICK_S = 0.5
_CONSENTS = {
    Consent.GIVEN: N_("given"),
    Consent.NOT_ASKED: N_("not asked"),
    Consent.DOOR_ONLY: N_("door only"),
}


class DeskApp(KioskApp):
    CSS_PATH: ClassVar[str] = "desk.tcss"

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.language = language_of_environment()
        self._station_name = f"{station.settings.name}  {station.settings.number}"
        self._next = Particulars(size=Size.M, consent=Consent.GIVEN)
        self._last: deque[DeskLine] = deque(maxlen=LAST + 1)
        names = ("banner", "form", "bar", "lines", "list", "typed", "keys")
        self._lines = {name: Static(id=name, markup=False) for name in names}
        self._place = Digits(id="place")
        self._commands: dict[str, Callable[[], None]] = {
            "f1": lambda: self.jobs.ask(answer_calls),
            "f2": self._switch_language,
            "f3": self._next_size,
            "f4": self._next_consent,
            "escape": self._clear,
        }

    def compose(self) -> ComposeResult:
        yield from (self._lines[name] for name in ("banner", "form", "bar"))
        yield self._place
        yield from (self._lines[name] for name in ("lines", "list", "typed", "keys"))

    def on_mount(self) -> None:
        self.set_interval(TICK_S, lambda: self.jobs.ask(callers, self._called))
        self._show_form()

    def scanned(self, text: str) -> None:
        particulars = self._next
        self.jobs.ask(lambda station: serve_staff(station, text, particulars), self._answered)

    def typing(self, typed: str) -> None:
        self._put("typed", typed)

    def command_key(self, key: str) -> None:
        command = self._commands.get(key)
        if command:
            command()

    def broken(self, fault: StationFault | None) -> None:
        say = words(self.language)
        self._show(desk_lines.broken_line(say, fault_sentence(say, fault) if fault else say("See kiosk.log.")))

    def _answered(self, answer: Answer) -> None:
        say = words(self.language)
        match answer:
            case CheckedIn():
                self._next = replace(self._next, phone=None)
                self._show(desk_lines.checked_in_line(say, answer))
            case PutAway():
                self._show(desk_lines.put_away_line(say, answer))
            case ParcelStory():
                self._show(desk_lines.story_line(say, answer))
            case Refused():
                self.bell()
                self._show(desk_lines.refused_line(say, answer))
            case PhoneRead(phone):
                self._next = replace(self._next, phone=phone)
            case Commanded(command):
                self.command_key(
                    {Command.CANCEL: "escape", Command.LANGUAGE: "f2", Command.HELP: "f1"}.get(command, "")
                )
        self._show_form()

    def _show(self, line: DeskLine) -> None:
        self._last.appendleft(line)
        self._put("bar", line.word)
        self._lines["bar"].styles.background = line.paint
        self._place.update(line.big)
        self._put("lines", "\n".join(line.lines))
        self._put("list", "\n".join(f"{older.word:12} {older.lines[0]}" for older in list(self._last)[1:]))

    def _show_form(self) -> None:
        say = words(self.language)
        phone = self._next.phone
        shown = say("none") if phone is None else mask_tail(phone.tail) or say("virtual number")
        self._put(
            "form",
            self._station_name
            + "\n"
            + say(
                "Next parcel: size {size}, consent {consent}, phone {phone}",
                size=self._next.size.name if self._next.size else "M",
                consent=say(_CONSENTS[self._next.consent or Consent.NOT_ASKED]),
                phone=shown,
            ),
        )
        self._put("keys", say("Scan a waybill   F1 on my way   F2 language   F3 size   F4 consent   Esc clear"))

    def _called(self, terminals: tuple[str, ...]) -> None:
        self._lines["banner"].display = bool(terminals)
        say = words(self.language)
        self._put("banner", say("A customer calls at: {terminals}  (F1: on my way)", terminals=", ".join(terminals)))

    def _switch_language(self) -> None:
        self.language = self.language.other
        self._show_form()

    def _next_size(self) -> None:
        sizes = list(Size)
        self._next = replace(self._next, size=sizes[(self._next.size or Size.M) % len(sizes)])
        self._show_form()

    def _next_consent(self) -> None:
        consents = list(Consent)
        after = (consents.index(self._next.consent or Consent.NOT_ASKED) + 1) % len(consents)
        self._next = replace(self._next, consent=consents[after])
        self._show_form()

    def _clear(self) -> None:
        self.reader.clear()
        self._next = replace(self._next, phone=None)
        self._put("typed", "")
        self._show_form()

    def _put(self, place: str, text: str) -> None:
        self._lines[place].update(Content(text))
