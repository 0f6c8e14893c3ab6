"""A scan at an open desk, done in the jobs' thread: each finds at hand what the one before left there."""

from kiosk.counter.answers import StaffAnswer
from kiosk.jobs.records.undo import Undone
from kiosk.jobs.sheets.sheet import sheet_progress, tell_sheet
from kiosk.jobs.station import Station
from kiosk.jobs.ways_out import SignedOut
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import StationEvent
from kiosk.screens.desk.entry import Become, hand_desk_on
from kiosk.screens.desk.saying import serve
from kiosk.screens.desk.state import DeskState


def serve_scan(station: Station, state: DeskState, scan: Scan, become: Become) -> StaffAnswer:
    answer = _served(station, state, scan)
    hand_desk_on(station, state, answer, become)
    state.hand.take(answer)
    if isinstance(answer, Undone) and answer.event == StationEvent.CLOSE_SHEET and answer.sheet:
        state.hand.take(tell_sheet(station, answer.sheet))  # the work goes on where it was
    return answer


def _served(station: Station, state: DeskState, scan: Scan) -> StaffAnswer:
    """What only looks asks here whether whoever has signed in may still; what writes asks again as it writes."""
    if not station.is_in_standing():
        return Refused(Problem.SIGN_IN_AGAIN)
    try:
        return serve(station, state.hand, scan)
    except SignedOut:
        return Refused(Problem.SIGN_IN_AGAIN)


def note_progress(station: Station, state: DeskState) -> None:
    """How far the sheet at hand has got."""
    sheet = state.hand.sheet
    if sheet is not None:
        state.hand.progress(sheet_progress(station, sheet.sheet))
