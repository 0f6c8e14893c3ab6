"""What the customer screen is showing, and until when. Knows nothing of Textual; time is passed in (seconds).

Whatever ends by itself says so before, and any key holds it (WCAG 2.2.1); a scan is taken at any time.
"""

from dataclasses import replace

from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.handing_over.delivery_asked import DeliveryAsked
from kiosk.jobs.handing_over.glance import LitSession
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.upkeep.offer import Offer
from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.customer import faces, lines
from kiosk.screens.customer.faces import Face
from kiosk.text import Language, words

PROBLEM_S = 30.0
DONE_S = 30.0
STILL_TO_TAKE_S = 6.0  # a hand-over is told so long while more of the same search is to be taken: that one comes back
CALLED_S = 30.0
DARK_S = 10.0  # "scan again to relight" stays so long after the light is off
LANGUAGE_S = 60.0  # then the next person chooses language and size
TYPED_S = 30.0  # as long as the reader keeps what was typed and left
STILL_HERE_S = 5.0  # a key pressed to extend a time is forgotten then, unless somebody types on


class StaffCalled:
    """Somebody pressed the key that calls a person."""


class StaffComing:
    """Staff have answered the call from here."""


class Broken:
    """A job met something broken; what it was is in the log."""


Passing = Refused | HandedOver | DeliveryAsked | StaffCalled | StaffComing | Broken
_PASSING_S: dict[type, float] = {
    Refused: PROBLEM_S,
    HandedOver: DONE_S,
    DeliveryAsked: CALLED_S,
    StaffCalled: CALLED_S,
    StaffComing: CALLED_S,
    Broken: PROBLEM_S,
}


class CustomerState:
    """IDLE, FOUND, PROBLEM or DONE. A problem or a hand-over passes, then what was found comes back."""

    def __init__(self, language: Language, *, large: bool = False) -> None:
        """`large`: the station's own choice of text."""
        self.offers: tuple[Offer, ...] = ()  # of the demo
        self.found: Found | None = None
        self.lit: tuple[LitSession, ...] = ()
        self.dark: frozenset[str] = frozenset()  # slots whose light is out of order
        self.a_scanner_is_silent = False
        self.language = self._own_language = language
        self.large = self._own_large = large
        self.calls = False  # somebody here waits for staff
        self._passing: Passing | None = None
        self._passes_at = 0.0
        self._touched_at = 0.0

    @property
    def session(self) -> str | None:
        return self.found.session if self.found else None

    @property
    def idle(self) -> bool:
        return self.found is None and self._passing is None

    @property
    def takes_digits(self) -> bool:
        """A code or the end of a phone number may be typed next."""
        if self._passing is not None:
            return isinstance(self._passing, Refused)
        return self.found is None or self.found.more > 0

    def show_found(self, found: Found) -> None:
        """A search was answered."""
        self.found, self._passing = found, None

    def update_found(self, session: str | None, found: Found | None) -> None:
        """How `session` stands now (None: it has ended). Old news of a search no longer on screen is ignored."""
        if session == self.session:
            self.found = replace(found, refused=self.found.refused) if found and self.found else found

    def show_passing(self, passing: Passing, now: float) -> bool:
        """False where it is no news."""
        if self._repeats_hand_over(passing):
            return False
        self._passing, self._passes_at = passing, now + self._passing_s(passing)
        return True

    def _passing_s(self, passing: Passing) -> float:
        is_one_of_several = isinstance(passing, HandedOver) and passing.left and self.found is not None
        return STILL_TO_TAKE_S if is_one_of_several else _PASSING_S[type(passing)]

    def _repeats_hand_over(self, passing: Passing) -> bool:
        """Many scanners read a label twice: the second reading must not turn "done" into a problem."""
        shown = self._passing
        return (
            isinstance(passing, Refused)
            and isinstance(shown, HandedOver)
            and passing.problem is Problem.ALREADY_COLLECTED
            and passing.waybill == shown.waybill
        )

    def touch(self, now: float) -> None:
        """A person is here: a message stays for as long again."""
        self._touched_at = now
        if self._passing is not None:
            self._passes_at = max(self._passes_at, now + self._passing_s(self._passing))

    def has_left(self, now: float) -> bool:
        """Nobody goes on typing after the one key that extended the light."""
        return now >= self._touched_at + STILL_HERE_S

    def switch_language(self, now: float) -> None:
        self.language = self.language.other
        self.touch(now)

    def switch_size(self, now: float) -> None:
        self.large = not self.large
        self.touch(now)

    def look_for_staff(self, calls: bool, now: float) -> None:
        """Whether a call from here still waits for an answer."""
        if self.calls and not calls:
            self.show_passing(StaffComing(), now)
        self.calls = calls

    @property
    def asked_for(self) -> tuple[str, ...]:
        """Waybills whose home delivery was asked for just now."""
        return self._passing.waybills if isinstance(self._passing, DeliveryAsked) else ()

    def cancel(self) -> str | None:
        """Take the problem off the screen, else give up the search: its session is returned, to be ended."""
        if self._passing is not None:
            self._passing = None
            return None
        session, self.found = self.session, None
        return session

    def wants_more_light(self, now: float) -> bool:
        """A key now extends the light: its end was announced."""
        return self.found is not None and 0 < self.found.lit_until - now <= lines.WARN_S

    def pass_time(self, now: float) -> None:
        if self._passing is not None and now >= self._passes_at:
            self._passing = None
        if self.found is not None and now >= self.found.lit_until + DARK_S:
            self.found = None
        if self.idle and now >= self._touched_at + LANGUAGE_S:
            self.language, self.large = self._own_language, self._own_large

    def face(self, typed: str, now: float) -> Face:
        passing = self._passing_face()
        if passing is not None:
            return faces.with_hints(passing, typed, self._hints(now))
        say = words(self.language)
        if self.found is None:
            return faces.idle_face(typed, self.offers, self._typing_hints(now) if typed else ())
        waybills = {offer.code: offer.waybill for offer in self.offers}
        demo = [waybills[parcel.code] for parcel in self.found.left if parcel.code in waybills]
        return faces.found_face(say, self.found, self.found.lit_until - now, typed, demo, self.dark)

    def _passing_face(self) -> Face | None:
        say = words(self.language)
        match self._passing:
            case Refused():
                return faces.problem_face(say, self._passing)
            case HandedOver():
                return faces.done_face(say, self._passing)
            case DeliveryAsked():
                return faces.delivery_face(say, self._passing)
            case StaffCalled():
                return faces.called_face(say)
            case StaffComing():
                return faces.coming_face(say)
            case Broken():
                return faces.broken_face(say)
        return None

    def _hints(self, now: float) -> list[lines.Line]:
        """What is about to end: the light behind the message, else the message."""
        say = words(self.language)
        if self.found is not None and self.wants_more_light(now):
            return [lines.countdown(say, self.found.lit_until - now)]
        seconds = self._passes_at - now
        comes_back = self.found is not None
        return [lines.passing_line(say, seconds)] if seconds <= lines.WARN_S and not comes_back else []

    def _typing_hints(self, now: float) -> list[str]:
        """In both languages, as all of the idle screen."""
        seconds = self._touched_at + TYPED_S - now
        is_soon = 0 < seconds <= lines.WARN_S
        return [lines.typing_line(words(language), seconds) for language in Language] if is_soon else []

    def others_line(self, now: float, width: int = 40) -> str:
        """Everybody's lights but the one on screen; to somebody who comes, that a scanner is out of order."""
        if self.a_scanner_is_silent and self.idle:
            return words(self.language)("A scanner does not work: type or call staff")
        theirs = [one for one in self.lit if one.lit_until > now and one.session != self.session]
        lit = [(one.look, [slot for slot in one.slots if slot not in self.dark]) for one in theirs]
        lit = [(look, slots) for look, slots in lit if slots]
        return lines.others_line(words(self.language), lit, width)

    def notice(self) -> str:
        """Somebody who called sees that it is known, whatever else the screen shows."""
        waits = self.calls and not isinstance(self._passing, StaffCalled)
        return "✔ " + words(self.language)("Staff are called") if waits else ""

    def keys_lines(self, *, delivers: bool) -> tuple[str, ...]:
        """`delivers`: the station offers home delivery."""
        may_deliver = delivers and self.found is not None and self._passing is None
        return lines.keys_lines(words(self.language), self.language, may_deliver=may_deliver, large=self.large)
