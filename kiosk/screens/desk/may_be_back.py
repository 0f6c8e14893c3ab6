"""What was asked of the number scanned last, and what answers it: whether a parcel that has left is back, by a second
scan of it right after or by a word; whether what looks like something else is its waybill, by a word alone."""

from kiosk.counter.answers import StaffAnswer
from kiosk.jobs.records.look_up import ParcelStory
from kiosk.parcels.meanings import WaybillScan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan, unframed

DOUBLE_READ_S = 0.4  # a label that is held below a scanner is read again sooner; no hand scans it twice in that time
ANSWERED_WITHIN_S = 30.0  # who scans it later wants to know about it once more


class MayBeBack:
    """Times are monotonic seconds."""

    def __init__(self) -> None:
        self._number: str | None = None
        self._asked_at = 0.0

    def take(self, answer: StaffAnswer, scan: Scan, now: float) -> None:
        """Only what is shown last is asked for."""
        self._number, self._asked_at = _asked_of(answer, scan), now

    def asked(self, now: float, *, by_word: bool) -> str | None:
        """Its number, while a second scan, or a word, is an answer."""
        soonest = 0.0 if by_word else DOUBLE_READ_S
        return self._number if soonest <= now - self._asked_at <= ANSWERED_WITHIN_S else None


def _asked_of(answer: StaffAnswer, scan: Scan) -> str | None:
    match answer:
        case ParcelStory(asks=True) | Refused(problem=Problem.HAS_LEFT):
            return answer.waybill
        case Refused(is_doubt=True):
            return unframed(scan.text) if isinstance(scan.means, WaybillScan) else None
    return None
