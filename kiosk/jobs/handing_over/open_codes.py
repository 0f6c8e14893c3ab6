"""What pickup codes open. Each is a guess: here it is counted what was wrong."""

from collections.abc import Iterable
from typing import NamedTuple

from kiosk.faults import StationFault
from kiosk.jobs.attempts import code_scopes, is_paused, message_scope, note_beside, note_wrong, tries_left, waits_s
from kiosk.jobs.handing_over.not_shelved import call_for
from kiosk.jobs.station import Station, log
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.meanings import CodeScan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.states import State
from kiosk.store.tables.codes import by_code
from kiosk.store.tables.parcels import Parcel

MOST_CODES = 10  # in a list
_MOST_WRONG = 5  # of a message


class _LookedUp(NamedTuple):
    """A parcel, if the code has one, and why it may not be collected now."""

    parcel: Parcel | None
    problem: Problem | None


_WRONG = _LookedUp(None, Problem.NO_SUCH_CODE)
_SAYS_NOTHING = (Problem.NO_SUCH_CODE, Problem.ALREADY_COLLECTED)  # beside a parcel that is here

_WHY_NOT: dict[State, Problem] = {
    State.EXPECTED: Problem.NOT_ARRIVED,
    State.CHECKED_IN: Problem.NOT_SHELVED,
    State.PICKED_UP: Problem.ALREADY_COLLECTED,
    State.DELIVERED: Problem.ALREADY_COLLECTED,
    State.RETURN_PENDING: Problem.IN_RETURN,
    State.RETURNED: Problem.IN_RETURN,
    State.MISSING: Problem.MISSING,
    State.OUT_FOR_DELIVERY: Problem.OUT_FOR_DELIVERY,
}


def why_not(parcel: Parcel) -> Problem | None:
    """Why a parcel may not be collected now; None when it may."""
    if parcel.hold_reason is not None:
        return Problem.ON_HOLD
    return None if parcel.state == State.SHELVED else _WHY_NOT.get(State(parcel.state), Problem.NOT_HERE)


def why_not_now(station: Station, parcel: Parcel) -> Problem | None:
    """The same here: a slot that has left station.toml cannot be lit."""
    return why_not(parcel) or (None if station.knows_slot(parcel.slot) else Problem.NOT_SHELVED)


def open_codes(station: Station, scan: CodeScan) -> tuple[list[Parcel], tuple[Problem, ...]] | Refused:
    """The parcels, at least one, and what is wrong with the other codes. Of a terminal that pauses every code is
    wrong."""
    return _open_message(station, scan) if scan.is_message else _open_list(station, scan.codes)


def _open_list(station: Station, codes: tuple[PickupCode, ...]) -> tuple[list[Parcel], tuple[Problem, ...]] | Refused:
    """Up to as many wrong ones as may still be tried here: a scan of many codes is no way to more guesses."""
    if len(codes) > MOST_CODES:
        return Refused(Problem.TOO_LONG)
    scopes = code_scopes(station.terminal)
    paused = is_paused(station, scopes)
    answers = _look_up(station, codes, tries_left(station, scopes[0]) if len(codes) > 1 else 1)
    wrong = answers.count(_WRONG)
    if paused or wrong:
        note_wrong(station, Problem.NO_SUCH_CODE, scopes, paused=paused, wrong=wrong)
    if paused or wrong == len(answers):
        return _wrong_code(station)
    parcels, problems = _apart(station, answers)
    not_looked_at = (Problem.NO_SUCH_CODE,) * (len(codes) - len(answers))  # to be scanned again
    return (parcels, problems + not_looked_at) if parcels else Refused(problems[0])


def _open_message(station: Station, scan: CodeScan) -> tuple[list[Parcel], tuple[Problem, ...]] | Refused:
    """Which numbers of a message are codes is our guess and not the person's: with a right one among them nothing is
    held against anybody, without one it is one try."""
    scopes = (*code_scopes(station.terminal), message_scope(station.terminal))
    paused = is_paused(station, scopes[:2])
    most = 1 if is_paused(station, scopes[2:]) else _MOST_WRONG
    answers = _look_up(station, scan.codes, most)
    if answers.count(_WRONG) == len(answers) < most:
        answers += _look_up(station, scan.perhaps, most - len(answers))
    wrong = answers.count(_WRONG)
    if paused or wrong == len(answers):
        note_wrong(station, Problem.NO_SUCH_CODE, scopes, paused=paused, in_message=wrong - 1)
        return _wrong_code(station)
    if wrong:
        _note_beside(station, wrong)
    parcels, problems = _apart(station, answers)
    told = tuple(problem for problem in problems if problem not in _SAYS_NOTHING)
    if parcels:
        return parcels, told
    return Refused(told[0] if told else Problem.ALREADY_COLLECTED)


def _wrong_code(station: Station) -> Refused:
    """The same for whoever tries while the terminal waits: nobody learns whether a code was right."""
    at_terminal, at_station = (waits_s(station, scope) for scope in code_scopes(station.terminal))
    return Refused(Problem.NO_SUCH_CODE, wait_s=max(at_terminal, at_station), waits_everywhere=at_station > 0)


def _note_beside(station: Station, wrong: int) -> None:
    try:
        note_beside(station, wrong)
    except StationFault as fault:  # a full disk stops no pick-up
        log.error("wrong codes of a message are not on record: %s", fault)


def _look_up(station: Station, codes: Iterable[PickupCode], may_be_wrong: int) -> list[_LookedUp]:
    """In their order, to the last wrong one that may be."""
    answers: list[_LookedUp] = []
    for code in codes:
        answers.append(_look_up_one(station, code))
        if answers.count(_WRONG) == may_be_wrong:
            break
    return answers


def _look_up_one(station: Station, code: PickupCode) -> _LookedUp:
    parcel = by_code(station.conn, code)
    return _LookedUp(parcel, why_not_now(station, parcel)) if parcel else _WRONG


def _apart(station: Station, answers: Iterable[_LookedUp]) -> tuple[list[Parcel], tuple[Problem, ...]]:
    """Each parcel once. For those that are not put away yet staff are called."""
    listed = list(answers)
    parcels = {one.parcel.id: one.parcel for one in listed if one.parcel and not one.problem}
    waiting = [one.parcel for one in listed if one.parcel and one.problem is Problem.NOT_SHELVED]
    if waiting:
        call_for(station, waiting)
    return list(parcels.values()), tuple(one.problem for one in listed if one.problem)
