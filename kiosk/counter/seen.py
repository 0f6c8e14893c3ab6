"""A waybill at the desk: it is taken in, or what is known of it is told, for its parcel is here or has left."""

from dataclasses import replace

from kiosk.counter.arguments import AtHand
from kiosk.counter.taking_in import take_in_next
from kiosk.jobs.records.look_up import ParcelStory, tell_parcel
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import SheetKind
from kiosk.store.tables.parcels import by_waybill

_KNOWN = (Problem.HAS_LEFT, Problem.ALREADY_IN_CUSTODY, Problem.IN_RETURN, Problem.MISSING, Problem.OUT_FOR_DELIVERY)


def take_in_or_tell(station: Station, scan: Scan, at_hand: AtHand) -> CheckedIn | ParcelStory | Refused:
    """A parcel that is here or has left is not taken in: who scanned it wants to know about it. One that has left is
    when it is scanned once more."""
    if _is_back(station, scan, at_hand.may_be_back):
        return take_in_next(station, at_hand, scan, at_hand.of_this, sure=True)
    answer = take_in_next(station, at_hand, scan, at_hand.of_this)
    if not isinstance(answer, Refused) or answer.problem not in _KNOWN:
        return answer
    story, has_left = tell_parcel(station, scan), answer.problem is Problem.HAS_LEFT
    if isinstance(story, Refused) or story.waybill != answer.waybill or (story.left is not None) != has_left:
        return answer  # of several with this number it is another one
    return replace(story, asks=has_left, uncounted=at_hand.kind is SheetKind.BATCH and not has_left)


def _is_back(station: Station, scan: Scan, asked: str | None) -> bool:
    """It was asked of this parcel whether it is back, and that it was scanned once more is the answer."""
    if asked is None or isinstance(scan.waybill, Problem):
        return False
    return any(row.numbered_waybill == asked for row in by_waybill(station.conn, scan.waybill.number))
