"""What a key or a command card does at the customer's screen."""

from abc import abstractmethod
from collections.abc import Callable
from time import monotonic

from hardware.tones import Tone
from kiosk.counter.customer import Answer
from kiosk.jobs.handing_over.pick_up import Found, cancel, extend
from kiosk.jobs.staff.call_staff import call_staff, withdraw_call
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Refused
from kiosk.screens.customer.moments.held_key import REPEATS_S, HeldKey
from kiosk.screens.customer.moments.home_wish import HomeKey
from kiosk.screens.customer.start import state_at_start
from kiosk.screens.kiosk_app import CONFIRM, KioskApp
from kiosk.screens.lights import Lights
from kiosk.text import Language

_TO_AND_FRO = {"f1", "f2", "f3", "f4"}  # pressed again they take back what they did


class CustomerKeys(KioskApp):
    """The part of the customer's screen that is pressed."""

    large_key = "f4"

    def __init__(self, station: Station, lights: Callable[[], Lights], language: Language) -> None:
        super().__init__(station, lights)
        self.state = state_at_start(station.settings, language)
        self._monotonic = station.clock.monotonic
        self._seen_version: int | None = None  # of the lights
        self._held = HeldKey()
        self._commands: dict[str, Callable[[], None]] = {
            "f1": self._call_staff,
            "f2": self._switch_language,
            "f3": self._bring_home,
            "f4": self._switch_size,
            "escape": self._cancel,
            CONFIRM: self._still_searching,
        }

    @abstractmethod
    def answered(self, answer: Answer) -> None:
        """A job's answer is to be shown."""

    @abstractmethod
    def refresh_face(self, typed: str | None = None) -> None:
        """Show the state as it is now; `typed` where that is known already."""

    def command_key(self, key: str) -> None:
        command = self._commands.get(key)
        now = self._monotonic()
        if key != "escape":
            self.state.touch(now)
            if key != "f3":
                self.state.leave_question()
        if command and key in _TO_AND_FRO:
            self._once(key, command)
            return
        self._held.forget()
        if command:
            command()
        elif self.state.wants_more_light(now):
            self._still_searching()

    def _once(self, key: str, command: Callable[[], None]) -> None:
        """Not once more for each time that a keyboard repeats what is held."""
        number = self._held.pressed(key, monotonic())
        if number is None:
            command()
        else:
            self.set_timer(REPEATS_S, lambda: command() if self._held.is_meant(number) else None)

    def _still_searching(self) -> None:
        session = self.state.session
        if session:
            self.jobs.ask(lambda station: extend(station, session), lambda found: self._extended(session, found))

    def _extended(self, session: str, found: Found | None) -> None:
        self.state.update_found(session, found)
        self.refresh_face()

    def _call_staff(self) -> None:
        """Pressed again within half a minute it takes the call back."""
        now = self._monotonic()
        if self.state.call.may_be_taken_back(now):
            self._take_call_back()
            return
        self.sounds.play(Tone.ATTENTION)
        self.state.ask_for_staff(now)
        self.jobs.ask(call_staff, lambda _: self._booked(True))
        self.refresh_face()

    def _take_call_back(self) -> None:
        self.state.take_call_back(self._monotonic())
        self.jobs.ask(withdraw_call, lambda _: self._booked(False))
        self.refresh_face()

    def _booked(self, waits: bool) -> None:
        self.state.call.booked(waits)
        self._seen_version = None
        self.refresh_face()

    def _bring_home(self) -> None:
        """What was found is to be brought to the door instead; asked once, and taken back by the same key."""
        key, session = self.state.press_home_key(), self.state.session
        if session and key in (HomeKey.CONFIRM, HomeKey.TAKE_BACK):
            # few ask; everybody waits for the start
            from kiosk.jobs.handing_over.ask_delivery import wish_for_session

            wished = key is HomeKey.CONFIRM
            self.jobs.ask(
                lambda station: wish_for_session(station, session, wished=wished),
                lambda found: self._wished(session, wished, found),
            )
        self.refresh_face()

    def _wished(self, session: str, wished: bool, found: Found | Refused) -> None:
        if isinstance(found, Refused):
            self.answered(found)
            return
        self.state.tell_wish(wished, self._monotonic())
        self.sounds.play(Tone.GOOD)
        self._extended(session, found)

    def _switch_language(self) -> None:
        self.state.switch_language(self._monotonic())
        self.refresh_face()

    def _switch_size(self) -> None:
        self.state.switch_size(self._monotonic())
        self.refresh_face()

    def _cancel(self) -> None:
        if self.reader.typed:
            self.reader.clear()
        elif self.state.leave_question():
            pass
        elif self.state.call.may_be_taken_back(self._monotonic()):
            self._take_call_back()
        else:
            session = self.state.cancel()
            if session:
                self.jobs.ask(lambda station: cancel(station, session))
                self._seen_version = None
        self.refresh_face()
