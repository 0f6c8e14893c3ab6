"""A manager's consent to one job in the middle of a clerk's work: a badge is scanned, and the clerk stays signed in."""

from dataclasses import replace
from typing import NamedTuple

from kiosk.counter.answers import StaffAnswer
from kiosk.counter.arguments import AtHand
from kiosk.counter.clerk import serve_staff
from kiosk.counter.words import read_desk_word
from kiosk.jobs.staff.sign_in import is_sign_in, whose_badge, whose_pin
from kiosk.jobs.station import Station
from kiosk.jobs.ways_out import SignedOut
from kiosk.parcels.meanings import BadgeScan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import Scan, unframed
from kiosk.parcels.sheets import Subject
from kiosk.store.tables.staff import Colleague, who_is

CONSENT_S = 60  # a manager who is not there by then is asked again
_A_MANAGER_MAY = (Problem.NOT_ALLOWED, Problem.TOO_LATE)


class Asked(NamedTuple):
    """What a clerk was refused, what was at hand then, and what they were told. `at`: in monotonic seconds;
    `badge_of`: whose badge was shown, where its PIN is still to be typed."""

    scan: Scan
    at_hand: AtHand
    told: Refused
    at: float
    badge_of: str | None = None


class Consented(NamedTuple):
    """`answer` of the job, or why it was not done; `asked`: what is still asked for."""

    answer: StaffAnswer
    asked: Asked | None = None


def ask_manager(station: Station, scan: Scan, at_hand: AtHand, answer: StaffAnswer) -> Consented:
    """The answer, and whether a manager may be asked; where nobody has signed in there is nobody to ask."""
    if not (isinstance(answer, Refused) and answer.problem in _A_MANAGER_MAY and station.standing):
        return Consented(answer)
    word = read_desk_word(scan.text)
    about = at_hand.parcel if word is not None and word[0].about is Subject.PARCEL else None
    told = replace(answer, consent=True, waybill=answer.waybill or about, detail=unframed(scan.text))
    return Consented(told, Asked(scan, at_hand, told, station.clock.monotonic()))


def by_consent(station: Station, asked: Asked, scan: Scan) -> Consented | None:
    """The job that was refused, in the name of whoever shows a badge now, or types number and PIN; None where somebody
    does something else, or comes too late: then nothing is asked for any more."""
    if station.clock.monotonic() - asked.at > CONSENT_S:
        return None
    typed = unframed(scan.text).split(" ")
    if asked.badge_of is not None:
        if len(typed) != 1 or not typed[0].isdecimal():
            return None
        one = whose_pin(station, asked.badge_of, typed[0])
    elif isinstance(scan.means, BadgeScan):
        one = whose_badge(station, scan.means.token)
        if isinstance(one, Colleague) and station.settings.desk.badge_needs_pin:
            waits = asked._replace(badge_of=one.number)
            return Consented(replace(asked.told, problem=Problem.PIN_NEEDED, who=one.number), waits)
    elif is_sign_in(station, scan.text):
        one = whose_pin(station, typed[0], typed[1])
    else:
        return None
    if isinstance(one, Refused) and one.problem is Problem.WRONG_PIN:  # mistyped easily; tries are counted
        return Consented(replace(asked.told, problem=one.problem), asked)
    return Consented(one if isinstance(one, Refused) else _done_as(station, asked, one))


def _done_as(station: Station, asked: Asked, one: Colleague) -> StaffAnswer:
    """Whoever may not either is refused as anybody is, and it is on record who tried."""
    if one.pin_must_change:  # somebody else knows it
        return Refused(Problem.PIN_MUST_CHANGE)
    who, role = who_is(one.number), Role(one.role)
    asked_by = station.who if role is Role.MANAGER else None
    consenting = replace(station, who=who, role=role, standing=one.standing, asked_by=asked_by)
    try:
        answer = serve_staff(consenting, asked.scan, asked.at_hand)
    except SignedOut:
        return Refused(Problem.NOT_ALLOWED)
    is_over = isinstance(answer, Refused) and answer.problem is Problem.SIGN_IN_AGAIN
    return Refused(Problem.NOT_ALLOWED) if is_over else answer
