"""A scan at an open desk, done in the jobs' thread: each finds at hand what the one before left there."""

from kiosk.counter.answers import StaffAnswer
from kiosk.counter.clerk import serve_staff
from kiosk.jobs.records.undo import Undone
from kiosk.jobs.sheets.sheet import sheet_progress, tell_sheet
from kiosk.jobs.station import Station
from kiosk.jobs.ways_out import SignedOut
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import StationEvent
from kiosk.screens.desk.entry import Become, hand_desk_on
from kiosk.screens.desk.state import DeskState


def serve_scan(station: Station, state: DeskState, scan: Scan, said: Particulars, become: Become) -> StaffAnswer:
    """`said`: what goes along with a parcel."""
    answer = _served(station, state, scan, said)
    hand_desk_on(station, state, answer, become)
    state.hand.take(answer)
    state.hand.may_be_back.take(answer, station.clock.monotonic())
    if isinstance(answer, Undone) and answer.event == StationEvent.CLOSE_SHEET and answer.sheet:
        state.hand.take(tell_sheet(station, answer.sheet))  # the work goes on where it was
    return answer


def _served(station: Station, state: DeskState, scan: Scan, said: Particulars) -> StaffAnswer:
    """What only looks asks here whether whoever has signed in may still; what writes asks again as it writes."""
    if not station.is_in_standing():
        return Refused(Problem.SIGN_IN_AGAIN)
    try:
        may_be_back = state.hand.may_be_back.asked(station.clock.monotonic())
        return serve_staff(station, scan, state.at_hand(said)._replace(may_be_back=may_be_back))
    except SignedOut:
        return Refused(Problem.SIGN_IN_AGAIN)


def note_progress(station: Station, state: DeskState) -> None:
    """How far the sheet at hand has got."""
    noted = None
    while (sheet := state.hand.sheet) is not None and sheet.sheet != noted:  # below one that is closed lies another
        noted = sheet.sheet
        state.hand.progress(sheet_progress(station, sheet.sheet))
