"""The staff desk: scan first. Whatever is scanned is recognised, done and answered; the newest answer is on top."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult

from hardware.tones import Tone
from kiosk.counter.answers import NotCertain, StaffAnswer
from kiosk.faults import Fault, StationFault
from kiosk.jobs.staff.call_staff import answer_calls
from kiosk.jobs.staff.leave import Left
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.last_parcel import put_away_last
from kiosk.parcels.meanings import CodeScan, CommandScan, WaybillScan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scan_places import ScanPlace
from kiosk.parcels.scans import Scan, recognise, unframed
from kiosk.screens.desk.entry import WorkEnded, close_for_all, leave_desk, let_in, takes_over
from kiosk.screens.desk.guided import GuidedDesk
from kiosk.screens.desk.keys import WHILE_LOCKED, WORD_OF_KEY
from kiosk.screens.desk.news import News, banner_lines, look_around, scanner_lines
from kiosk.screens.desk.of_next.for_next import ForNext
from kiosk.screens.desk.of_next.saying import turn_consent, turn_size
from kiosk.screens.desk.parts.overview import Overview
from kiosk.screens.desk.parts.paint import TONE
from kiosk.screens.desk.parts.palette import THEMES
from kiosk.screens.desk.serving import PrintLabel, note_progress, print_again, serve_scan
from kiosk.screens.desk.state import DeskState
from kiosk.screens.desk.view import DeskView
from kiosk.screens.kiosk_app import CONFIRM
from kiosk.screens.lights import Lights
from kiosk.text import Say, language_of_environment
from kiosk.text.answers.any_answer import broken, words_of
from kiosk.text.desk_help import read_screen_word
from kiosk.text.desk_words import in_english

TICK_S = 0.5


class DeskApp(GuidedDesk):
    CSS_PATH: ClassVar[str] = "desk.tcss"
    help_key = "help"
    reads = frozenset({ScanPlace.DESK})
    last_job = staticmethod(put_away_last)

    def __init__(
        self, station: Station, lights: Callable[[], Lights], print_label: PrintLabel = lambda station, waybill: None
    ) -> None:
        """`print_label` prints the pickup label of a parcel; it answers only where that failed."""
        self._palette = THEMES[station.settings.desk.theme]
        super().__init__(station, lights)
        self.state = DeskState(language_of_environment(station.settings.screen.language))
        self.view = DeskView(station, self.state, self._palette)
        self.pane = self.view.pane
        self._print_label = print_label
        self._monotonic = station.clock.monotonic
        self._lock_s = station.settings.desk.lock_min * 60
        self._to_see_to: frozenset[object] = frozenset()
        self._own_words: dict[str, Callable[[], None]] = {
            "help": self._help, "lock": self._lock, "label": self._label_again, "menu": self.open_menu,
        }  # fmt: skip
        self._commands: dict[str, Callable[[], None]] = {
            "f1": lambda: self.jobs.ask(answer_calls),
            "f2": self._switch_language,
            "f3": partial(self._turn, turn_size),
            "f4": partial(self._turn, turn_consent),
            **{key: partial(self._say_word, word) for key, word in WORD_OF_KEY.items()},
            "f8": lambda: self._say_word(f"map {self.state.next_picture()}"),
            "f10": self.open_menu,
            "help": self._help,
            "f12": self._lock,
            "pagedown": lambda: self.pane.turn(self._say, 1),
            "pageup": lambda: self.pane.turn(self._say, -1),
            "escape": self._clear,
            CONFIRM: lambda: self.jobs.ask(put_away_last, self._answered),
        }

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return self._palette.variables()

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_mount(self) -> None:
        self.state.touched_at = self._monotonic()
        self.begin()
        self.set_interval(TICK_S, self._tick)
        self._show()

    def begin(self) -> None:
        """Nobody has shown who they are."""
        close = partial(close_for_all, state=self.state, become=self.jobs.become)
        self.jobs.ask(close, lambda is_staffed: self._locked() if is_staffed else None)

    def on_desk_pane_resized(self) -> None:
        self._show()
        self.call_after_refresh(self._show)  # by then its parts have their sizes too

    @property
    def _say(self) -> Say:
        return self.view.say

    # What comes in

    def scanned(self, text: str, at: ScanPlace = ScanPlace.DESK) -> None:
        """What is said of an item to come is a job too: each scan finds what was said before it."""
        self.state.touched_at = self._monotonic()
        self.pane.put("typed", "")  # no phone stays in sight
        if self.takes_entry(text):
            return
        text = in_english(self.with_its_word(text))
        scan = recognise(text)
        if self.state.locked:
            self.jobs.ask(lambda station: let_in(station, self.state, scan, self.jobs.become), self._answered)
            return
        own = self._own_words.get(read_screen_word(text) or "")
        if isinstance(scan.means, CommandScan):
            own = partial(self.commanded, scan.means.command)
        if own is None:
            self._ask(scan)
        else:
            self.jobs.ask(lambda station: self.state.hand.forget_asked())
            own()
        self._show_form()

    def _say_word(self, word: str) -> None:
        """A key stands for a word that could be typed."""
        self._ask(recognise(word))

    def _ask(self, scan: Scan) -> None:
        state, become = self.state, self.jobs.become
        about = unframed(scan.text) if isinstance(scan.means, WaybillScan | CodeScan) else ""
        self.ask_lit(lambda station: serve_scan(station, state, scan, become), self._answered, about)

    def _turn(self, turn: Callable[[Station, ForNext], StaffAnswer]) -> None:
        """A key says it, in its turn among the scans."""
        state = self.state
        self.jobs.ask(lambda station: turn(station, state.hand.of_next), self._answered)

    def command_key(self, key: str) -> None:
        if self.walks(key):
            return
        command = self._commands.get(key)
        if command and (not self.state.locked or key in WHILE_LOCKED):
            self.state.touched_at = self._monotonic()
            command()
            self._show_form()

    # What the jobs say

    def _answered(self, answer: StaffAnswer | None) -> None:
        """None: a button without a parcel in hand, or a label that was printed; there is nothing to say."""
        if answer is None or not self.state.may_show(answer):
            return
        if isinstance(answer, Left):
            self.jobs.ask(self._end_work, lambda _: self.exit())
            return
        self.view.close_lists()
        if not self.state.locked and takes_over(answer):
            self.state.lock()
        self.state.take(answer)
        self.view.note(answer)
        self.sounds.play(TONE[words_of(self._say, answer).mood])
        if isinstance(answer, CheckedIn) and not answer.again:
            self._print_pickup_label(answer.waybill)
        self.jobs.ask(lambda station: note_progress(station, self.state), lambda _: self._show_form())
        self._show()

    def _print_pickup_label(self, waybill: str) -> None:
        self.jobs.ask(lambda station: self._print_label(station, waybill), self._answered)

    def _label_again(self) -> None:
        self.jobs.ask(lambda station: print_again(station, self.state, self._print_label), self._answered)

    def broken(self, fault: StationFault | None, about: str) -> None:
        if about and fault and fault.fault is Fault.UNWRITABLE_HOME and not self.state.locked:
            self.state.take(NotCertain(about, fault))
            self._show()
            return
        self.pane.show(self._say, broken(self._say, fault))

    # What is seen

    def _tick(self) -> None:
        self.forget_half_typed()
        if self.state.is_left_alone(self._monotonic(), self._lock_s):
            self._lock()
        self.jobs.ask(self._look, self._told, quietly=True)

    def _look(self, station: Station) -> tuple[News, Overview]:
        return look_around(station, self.dark_slots(), self.strip_faults()), self.view.look(station)

    def _show(self) -> None:
        self.view.show(self.strip_faults())

    def _show_form(self) -> None:
        self.view.show_form(self.strip_faults())

    def _told(self, seen: tuple[News, Overview]) -> None:
        """Also whether whoever works here may still do so."""
        news, self.view.overview = seen
        self._show_form()
        if not self.state.locked and not self.state.is_known_to(news.staff):
            self._lock()
        if news.to_see_to - self._to_see_to:
            self.sounds.play(Tone.ATTENTION)
        self._to_see_to = news.to_see_to
        self.pane.put_banner([*banner_lines(self._say, news), *scanner_lines(self._say, self.silent_scanners)])

    # What a key does

    def _help(self) -> None:
        self.view.helps = True
        self._show()

    def _lock(self) -> None:
        """Where no staff are registered, nobody could open the desk again."""
        self.jobs.ask(self._end_work, self._work_ended)

    def _end_work(self, station: Station) -> WorkEnded:
        return leave_desk(station, self.state, self.jobs.become)

    def _work_ended(self, ended: WorkEnded) -> None:
        if ended.is_staffed:
            self._locked()
        else:
            self._answered(Refused(Problem.NO_STAFF))
            self._answered(ended.last)

    def _locked(self) -> None:
        self.state.lock()
        self.reader.clear()
        self._show()

    def _took_back(self, answer: StaffAnswer | None) -> None:
        self._answered(answer)
        self._show_form()

    def _switch_language(self) -> None:
        self.state.language = self.state.language.other
        self._show()

    def _clear(self) -> None:
        self.reader.clear()
        hand = self.state.hand
        self.jobs.ask(lambda station: hand.take_back(), self._took_back)  # in its turn, for it is the jobs' hand
        self._show()
