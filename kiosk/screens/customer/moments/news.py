"""What passed a moment ago stays as one line beside the slot, for what covers a slot is gone after seconds."""

from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.customer.moments.passing import PROBLEM_S, Broken, Passing
from kiosk.text import N_, Say
from kiosk.text.for_customers import customer_problem

_WISHED = N_("Noted. F3 takes it back.")
_TAKEN_BACK = N_("Taken back: nothing goes to your door.")


class News:
    """The newest one, for half a minute."""

    def __init__(self) -> None:
        self._told: Refused | Broken | str | None = None
        self._until = 0.0

    def tell(self, passing: Passing, now: float) -> None:
        if isinstance(passing, Refused | Broken):
            self._told, self._until = passing, now + PROBLEM_S

    def tell_wish(self, wished: bool, now: float) -> None:
        self._told, self._until = _WISHED if wished else _TAKEN_BACK, now + PROBLEM_S

    def forget(self) -> None:
        self._told = None

    def short(self, say: Say, now: float) -> str:
        """Where there is no room for all of it: only what is still to be done. Empty where there is none."""
        told = self._told if now < self._until else None
        if isinstance(told, Refused) and told.problem is Problem.NOT_IN_SESSION and told.slot:
            return say("Wrong parcel? Its place is {slot}.", slot=told.slot)
        return ""

    def line(self, say: Say, now: float) -> str:
        """Empty where there is none."""
        told = self._told
        if told is None or now >= self._until:
            return ""
        if isinstance(told, str):
            return say(told)
        if isinstance(told, Broken):
            return say("The kiosk could not do one thing just now: please call staff before you go.")
        what, _ = customer_problem(say, told)
        if told.problem is Problem.NOT_IN_SESSION and told.slot:
            return say("One parcel may be the wrong one. Its place is {slot}.", slot=told.slot)
        return say("Just now: {problem}", problem=what)
