"""A scan at an open desk, done in the jobs' thread: each finds at hand what the one before left there."""

from collections.abc import Callable

from kiosk.counter.answers import StaffAnswer
from kiosk.counter.arguments import AtHand
from kiosk.counter.consent import Asked, Consented, ask_manager, by_consent
from kiosk.counter.modes import mode_after
from kiosk.counter.words import name_of_word
from kiosk.jobs.records.undo import Undone
from kiosk.jobs.sheets.sheet import sheet_progress, tell_sheet
from kiosk.jobs.station import Station
from kiosk.jobs.ways_out import SignedOut
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import StationEvent
from kiosk.screens.desk.entry import Become, hand_desk_on, takes_over
from kiosk.screens.desk.hand import Hand
from kiosk.screens.desk.of_next.saying import note, serve
from kiosk.screens.desk.state import DeskState

PrintLabel = Callable[[Station, str], StaffAnswer | None]  # answers only where it failed


def serve_scan(station: Station, state: DeskState, scan: Scan, become: Become) -> StaffAnswer:
    hand = state.hand
    operation = station.operation.id if station.operation else ""
    asked, at_hand = hand.asked_by_last_scan(operation), hand.at_hand()
    consented = _consented(station, asked, scan) if asked is not None else None
    if asked is not None and consented is not None:
        scan, at_hand = asked.scan, asked.at_hand
        note(hand.of_next, consented.answer, scan, at_hand)
    else:
        by_word = name_of_word(scan.text) is not None
        at_hand = at_hand._replace(may_be_back=hand.may_be_back.asked(station.clock.monotonic(), by_word=by_word))
        consented = ask_manager(station, scan, at_hand, _served(station, hand, scan, at_hand))
    answer, hand.asked = consented
    hand_desk_on(station, state, answer, become)
    state.hand.take(answer)
    state.hand.may_be_back.take(answer, scan, station.clock.monotonic())
    state.hand.mode = None if takes_over(answer) else mode_after(at_hand.mode, name_of_word(scan.text), answer)
    if isinstance(answer, Undone) and answer.event == StationEvent.CLOSE_SHEET and answer.sheet:
        state.hand.take(tell_sheet(station, answer.sheet))  # the work goes on where it was
    return answer


def _served(station: Station, hand: Hand, scan: Scan, at_hand: AtHand) -> StaffAnswer:
    """What only looks asks here whether whoever has signed in may still; what writes asks again as it writes."""
    if not station.is_in_standing():
        return Refused(Problem.SIGN_IN_AGAIN)
    try:
        return serve(station, hand.of_next, scan, at_hand)
    except SignedOut:
        return Refused(Problem.SIGN_IN_AGAIN)


def _consented(station: Station, asked: Asked, scan: Scan) -> Consented | None:
    """None where it is no answer to what a manager was asked."""
    if not station.is_in_standing():
        return None
    try:
        return by_consent(station, asked, scan)
    except SignedOut:
        return None


def print_again(station: Station, state: DeskState, print_label: PrintLabel) -> StaffAnswer | None:
    """The label of the parcel at hand. None where it was printed."""
    waybill = state.hand.parcel
    state.hand.forget_asked()
    if waybill is None:
        return Refused(Problem.NO_PARCEL_AT_HAND)
    failed = print_label(station, waybill)
    prints_none = failed is None and station.settings.printer.output == "none"
    return Refused(Problem.PRINTS_NOTHING, waybill=waybill) if prints_none else failed


def note_progress(station: Station, state: DeskState) -> None:
    """How far the sheet at hand has got."""
    noted = None
    while (sheet := state.hand.sheet) is not None and sheet.sheet != noted:  # below one that is closed lies another
        noted = sheet.sheet
        state.hand.progress(sheet_progress(station, sheet.sheet))
