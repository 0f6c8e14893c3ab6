"""The way into a locked desk: a badge, a number and a PIN, or a PIN of one's own."""

from kiosk.counter.answers import StaffAnswer
from kiosk.jobs.staff.sign_in import SignedIn, choose_pin, sign_in, sign_in_by_pin
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan, unframed
from kiosk.screens.desk.state import DeskState


def let_in(station: Station, state: DeskState, scan: Scan) -> StaffAnswer:
    """Whoever was given a PIN by somebody else chooses his own first; a badge may need its PIN."""
    if state.chooses_pin:
        return choose_pin(station, state.chooses_pin, scan.text)
    typed = unframed(scan.text)
    if state.awaits_pin and typed.isdecimal():
        return sign_in_by_pin(station, state.awaits_pin, typed)
    return sign_in(station, scan)


def takes_over(answer: StaffAnswer) -> bool:
    """Somebody else has shown who he is at an open desk, and has a PIN to type before he may work here."""
    if isinstance(answer, Refused):
        return answer.problem is Problem.PIN_NEEDED
    return isinstance(answer, SignedIn) and answer.pin_must_change
