"""What stands on the customer's screen for a moment and goes by itself: for how many seconds, and how it sounds."""

from hardware.tones import Tone
from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.parcels.problems import Problem, Refused

PROBLEM_S = 30.0
DONE_S = 30.0
CALLED_S = 30.0
OVER_SEARCH_S = 4.0  # while a search is live here: its slot is needed, and who scanned at the exit may be another


class StaffCalled:
    """Somebody pressed the key that calls a person."""


class StaffComing:
    """Staff have answered the call from here."""


class Broken:
    """A job met something broken; what it was is in the log."""


Passing = Refused | HandedOver | StaffCalled | StaffComing | Broken
PASSING_S: dict[type, float] = {
    Refused: PROBLEM_S,
    HandedOver: DONE_S,
    StaffCalled: CALLED_S,
    StaffComing: CALLED_S,
    Broken: PROBLEM_S,
}


def tone_of(answer: Refused | HandedOver) -> Tone:
    """A wrong parcel at the exit calls for attention, everything else is good or bad."""
    if not isinstance(answer, Refused):
        return Tone.GOOD
    return Tone.ATTENTION if answer.problem is Problem.NOT_IN_SESSION else Tone.BAD
