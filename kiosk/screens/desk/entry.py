"""The way into a locked desk: a badge, a number and a PIN, or a PIN of one's own; and the way out of it.

What asks the station is done in the jobs' thread. `become`: that person does the jobs, in that role and standing.
"""

from collections.abc import Callable
from typing import NamedTuple

from kiosk.counter.answers import StaffAnswer
from kiosk.jobs.staff.register import list_staff
from kiosk.jobs.staff.sign_in import NOBODY, SignedIn, choose_pin, sign_in, sign_in_by_pin, sign_out
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.last_parcel import put_away_last
from kiosk.jobs.taking_in.put_away import PutAway
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import Scan, unframed
from kiosk.screens.desk.of_next.for_next import ForNext
from kiosk.screens.desk.state import DeskState

Become = Callable[[str, Role, str], None]


def let_in(station: Station, state: DeskState, scan: Scan, become: Become) -> StaffAnswer:
    """What was scanned or typed at a locked desk."""
    answer = _signed_in(station, state, scan)
    hand_desk_on(station, state, answer, become)
    return answer


def _signed_in(station: Station, state: DeskState, scan: Scan) -> StaffAnswer:
    """Whoever was given a PIN by somebody else chooses their own first; a badge may need its PIN."""
    if state.chooses_pin:
        return choose_pin(station, state.chooses_pin, scan.text)
    typed = unframed(scan.text)
    if state.awaits_pin and typed.isdecimal():
        return sign_in_by_pin(station, state.awaits_pin, typed)
    return sign_in(station, scan)


def takes_over(answer: StaffAnswer) -> bool:
    """Whoever has an open desk has it no more: what opened it was changed, or somebody else has shown who they are, and
    has a PIN to type before they may work here."""
    if isinstance(answer, Refused):
        return answer.problem in (Problem.PIN_NEEDED, Problem.SIGN_IN_AGAIN) and not answer.consent
    return isinstance(answer, SignedIn) and answer.pin_must_change


def hand_desk_on(station: Station, state: DeskState, answer: StaffAnswer, become: Become) -> None:
    """The very next job is already done by whoever has signed in."""
    if takes_over(answer):  # whoever has the desk open: the next scan is not theirs any more
        if station.who != NOBODY:
            put_away_last(station)
            sign_out(station)
        _nobody_is_here(station, state, become)
    elif isinstance(answer, SignedIn):
        state.hand.come_back(answer.who)
        if answer.who != station.who:
            state.hand.of_next = ForNext()  # what one clerk has said is no other's
        become(answer.who, answer.role, answer.standing)


class WorkEnded(NamedTuple):
    """`is_staffed`: the desk is closed, for somebody can open it; `last`: what came of the parcel taken in last."""

    is_staffed: bool
    last: PutAway | Refused | None


def leave_desk(station: Station, state: DeskState, become: Become) -> WorkEnded:
    """Whoever worked here goes: the parcel taken in last is done with, then nobody goes on as them."""
    last = put_away_last(station)
    return WorkEnded(close_for_all(station, state, become), last)


def close_for_all(station: Station, state: DeskState, become: Become) -> bool:
    """Where staff are registered, nobody goes on as somebody else, not with one scan. False where none are."""
    is_staffed = bool(list_staff(station))
    if is_staffed:
        if state.person:
            sign_out(station)
        _nobody_is_here(station, state, become)
    return is_staffed


def _nobody_is_here(station: Station, state: DeskState, become: Become) -> None:
    state.hand.clear(station.who)
    become(NOBODY, Role.CUSTOMER, "")
