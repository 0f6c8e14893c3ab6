"""What covers the customer's screen for a moment: a problem, a hand-over, a call. It says before when it will go."""

from collections.abc import Collection

from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.customer import faces
from kiosk.screens.customer.faces import Face
from kiosk.screens.customer.moments.passing import OVER_SEARCH_S, PASSING_S, Broken, Passing, StaffCalled, StaffComing
from kiosk.screens.customer.moments.staff_call import StaffCall
from kiosk.text import Say


class Cover:
    """One at a time. Over a search it is short, however often a key is pressed: the slot below is needed."""

    def __init__(self, alarm_s: float) -> None:
        """`alarm_s`: how long the alarm's own light shines."""
        self.passing: Passing | None = None
        self._alarm_s = alarm_s
        self._shown_at = self._passes_at = 0.0
        self._is_searched = False

    @property
    def is_problem(self) -> bool:
        return isinstance(self.passing, Refused)

    @property
    def is_alarm(self) -> bool:
        return isinstance(self.passing, Refused) and self.passing.problem is Problem.NOT_IN_SESSION

    def show(self, passing: Passing, now: float, *, over_search: bool, is_searched: bool) -> None:
        """`is_searched`: somebody's search is live, here or at another screen."""
        self.passing, self._shown_at, self._is_searched = passing, now, is_searched
        self._passes_at = now + (OVER_SEARCH_S if over_search else PASSING_S[type(passing)])

    def repeats_hand_over(self, passing: Passing) -> bool:
        """Many scanners read a label twice: the second reading must not turn "done" into a problem."""
        shown = self.passing
        return (
            isinstance(passing, Refused)
            and isinstance(shown, HandedOver)
            and passing.problem is Problem.ALREADY_COLLECTED
            and passing.waybill == shown.waybill
        )

    def touch(self, now: float) -> None:
        """A person is here and keeps it: it stays for as long again."""
        if self.passing is not None:
            self._passes_at = max(self._passes_at, now + PASSING_S[type(self.passing)])

    def seconds_left(self, now: float) -> float:
        return self._passes_at - now

    def pass_time(self, now: float) -> None:
        if self.passing is not None and now >= self._passes_at:
            self.passing = None

    def face(self, say: Say, call: StaffCall, dark: Collection[str], now: float) -> Face | None:
        """None where nothing covers the screen. `dark`: slots without a working light."""
        match self.passing:
            case Refused(problem=Problem.NOT_IN_SESSION, slot=slot):
                is_lit = slot not in dark and now < self._shown_at + self._alarm_s
                return faces.alarm_face(say, self.passing, is_searched=self._is_searched, is_lit=is_lit)
            case Refused():
                return faces.problem_face(say, self.passing)
            case HandedOver():
                return faces.done_face(say, self.passing)
            case StaffCalled():
                return faces.called_face(say, call.hint(say, now), call.phone(now))
            case StaffComing():
                return faces.coming_face(say)
            case Broken():
                return faces.broken_face(say)
        return None
