"""Whether a parcel that has left is back: asked when it is scanned, answered by a second scan of it right after."""

from kiosk.counter.answers import StaffAnswer
from kiosk.jobs.records.look_up import ParcelStory
from kiosk.parcels.problems import Problem, Refused

DOUBLE_READ_S = 0.6  # scanners read a label twice, and go on as long as it is held below them
ANSWERED_WITHIN_S = 30.0  # who scans it later wants to know about it once more


class MayBeBack:
    """Times are monotonic seconds."""

    def __init__(self) -> None:
        self._number: str | None = None
        self._asked_at = 0.0

    def take(self, answer: StaffAnswer, now: float) -> None:
        """Only what is shown last is asked for."""
        self._number, self._asked_at = _asked_of(answer), now

    def asked(self, now: float) -> str | None:
        """Its number, while a second scan is an answer."""
        return self._number if DOUBLE_READ_S <= now - self._asked_at <= ANSWERED_WITHIN_S else None


def _asked_of(answer: StaffAnswer) -> str | None:
    match answer:
        case ParcelStory(asks=True) | Refused(problem=Problem.HAS_LEFT):
            return answer.waybill
    return None
