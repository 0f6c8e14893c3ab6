"""Picking up: a code lights its slots in the customer's own look."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.faults import StationFault
from kiosk.jobs.attempts import code_scopes, is_paused, note_wrong, tail_scope, tries_left, waits_s
from kiosk.jobs.station import Station, log
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.kinds import Kind
from kiosk.parcels.looks import Look
from kiosk.parcels.meanings import CodeScan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.states import State
from kiosk.store.lease_book.sessions import Purpose, Session
from kiosk.store.tables.attempts import record_attempt
from kiosk.store.tables.contacts import phone_tail as tail_of
from kiosk.store.tables.parcels import Parcel, by_code, by_id, shelved_together

MOST_CODES = 10  # in one scan; each of them is a guess
_WRONG = Refused(Problem.NO_SUCH_CODE)


@dataclass(frozen=True, slots=True)
class FoundParcel:
    """One parcel of a search; `to_door`: it is to be brought there instead."""

    parcel_id: int
    code: str
    slot: str
    handed_over: bool = False
    kind: Kind = Kind.PARCEL
    to_door: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a session shows. `more`: parcels of the same person not shown; `lit_until`: monotonic seconds.

    `due_fen`: to be paid at the desk before these may leave. `refused`: what is wrong with those of several codes
    that could not be had.
    """

    session: str
    look: Look
    parcels: tuple[FoundParcel, ...]
    more: int
    lit_until: float
    expires_at: datetime
    refused: tuple[Problem, ...] = ()
    due_fen: int = 0

    @property
    def left(self) -> tuple[FoundParcel, ...]:
        return tuple(parcel for parcel in self.parcels if not parcel.handed_over)


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


def pick_up(
    station: Station, scan: CodeScan, phone_tail: str | None = None, shown_session: str | None = None
) -> Found | Refused:
    """Look up the codes, lease a look, light the slots; scanning again relights and extends.

    A plain code opens its own parcel only; with the last 4 digits of the phone it opens all of that person's.
    Codes and digits can be guessed: who was wrong too often gets the answer of a wrong code for a while, right or not.
    `shown_session`: the one on this screen, whose person may go on with it.
    """
    if scan.station not in (None, station.settings.number):
        return Refused(Problem.OTHER_STATION)
    if len(scan.codes) > MOST_CODES:
        return Refused(Problem.TOO_LONG)
    answers = _look_up(station, scan.codes)
    if isinstance(answers, Refused):
        return answers
    parcels = list({one.id: one for one in answers if isinstance(one, Parcel)}.values())
    refused = tuple(one.problem for one in answers if isinstance(one, Refused))
    if not parcels:
        return Refused(refused[0])
    if phone_tail is not None:
        not_theirs = _why_not_theirs(station, parcels, phone_tail)
        if not_theirs is not None:
            return not_theirs
        parcels += together(station, parcels)
    not_looked_at = (Problem.NO_SUCH_CODE,) * (len(scan.codes) - len(answers))  # to be scanned again
    answer = light_up(station, parcels, shown_session)
    return replace(answer, refused=refused + not_looked_at) if isinstance(answer, Found) else answer


def _look_up(station: Station, codes: Sequence[PickupCode]) -> list[Parcel | Refused] | Refused:
    """What each code opens, up to as many wrong ones as may still be tried here: a scan of many codes is no way to
    more guesses. Of a terminal that pauses every code is wrong."""
    scopes = code_scopes(station.terminal)
    paused = is_paused(station, scopes)
    may_be_wrong = tries_left(station, scopes[0]) if len(codes) > 1 else 1
    answers: list[Parcel | Refused] = []
    for code in codes:
        answers.append(_look_up_one(station, code))
        if answers.count(_WRONG) == may_be_wrong:
            break
    if paused or _WRONG in answers:
        note_wrong(station, Problem.NO_SUCH_CODE, scopes, paused=paused, wrong=answers.count(_WRONG))
    if paused or len(answers) == answers.count(_WRONG):
        return _wrong_code(station)
    return answers


def _wrong_code(station: Station) -> Refused:
    """The same for whoever tries while the terminal waits: nobody learns whether a code was right."""
    at_terminal, at_station = (waits_s(station, scope) for scope in code_scopes(station.terminal))
    return replace(_WRONG, wait_s=max(at_terminal, at_station), waits_everywhere=at_station > 0)


def _look_up_one(station: Station, code: PickupCode) -> Parcel | Refused:
    parcel = by_code(station.conn, code)
    if parcel is None:
        return _WRONG
    problem = why_not(parcel) or (None if station.knows_slot(parcel.slot) else Problem.NOT_SHELVED)
    return Refused(problem) if problem else parcel


def _why_not_theirs(station: Station, parcels: Sequence[Parcel], phone_tail: str) -> Refused | None:
    """None where all these parcels are of a phone that ends so. After five wrong tries a code's digits have to wait,
    at every terminal."""
    scopes = tuple(tail_scope(parcel.id) for parcel in parcels)
    paused = is_paused(station, scopes)
    tails = {tail_of(station.conn, parcel.contact_id) for parcel in parcels}
    if tails == {phone_tail} and not paused:
        return None
    note_wrong(station, Problem.WRONG_PHONE_TAIL, scopes, paused=paused)
    waits = max(waits_s(station, scope) for scope in scopes)
    return Refused(Problem.WRONG_PHONE_TAIL, wait_s=waits, waits_everywhere=waits > 0)


def light_up(station: Station, parcels: Sequence[Parcel], shown_session: str | None = None) -> Found | Refused:
    """Lease a look and light the slots of parcels whose person has shown a right to them."""
    settings = station.settings
    session = station.leases.light(
        Purpose.PICK_UP,
        station.terminal,
        [station.wanted(parcel.id, parcel.slot) for parcel in parcels if parcel.slot],
        seconds=settings.pick_up_light_s,
        grace=settings.exit_grace_s,
        continuing=shown_session,
    )
    return found(station, session) if session else Refused(Problem.ALL_LOOKS_TAKEN)


def together(station: Station, parcels: Sequence[Parcel]) -> list[Parcel]:
    """Other parcels of the same people that lie on the shelf."""
    known = {parcel.id for parcel in parcels}
    contacts = {parcel.contact_id for parcel in parcels if parcel.contact_id is not None}
    theirs = [parcel for contact in contacts for parcel in shelved_together(station.conn, contact)]
    return [parcel for parcel in theirs if parcel.id not in known and station.knows_slot(parcel.slot)]


def found(station: Station, session: Session) -> Found:
    """A session as a screen shows it."""
    rows = [by_id(station.conn, lease.parcel_id) for lease in session.leases]
    parcels = tuple(
        FoundParcel(
            row.id,
            row.code or "",
            lease.slot,
            lease.handed_over,
            Kind(row.kind),
            row.delivery_requested_at is not None,
        )
        for row, lease in zip(rows, session.leases, strict=True)
    )
    seconds = session.lit_until - station.clock.monotonic()
    expires_at = station.clock.now().astimezone(station.settings.time_zone) + timedelta(seconds=seconds)
    more = len(together(station, rows))
    due = sum(row.due_fen for row, lease in zip(rows, session.leases, strict=True) if not lease.handed_over)
    return Found(session.id, session.look, parcels, more, session.lit_until, expires_at, due_fen=due)


def current(station: Station, session_id: str) -> Found | None:
    """A session as it stands now, None when it has ended."""
    session = station.leases.session(session_id)
    return found(station, session) if session else None


def extend(station: Station, session_id: str) -> Found | None:
    """More light for a person who is still searching."""
    settings = station.settings
    session = station.leases.extend(session_id, seconds=settings.pick_up_light_s, grace=settings.exit_grace_s)
    return found(station, session) if session else None


def cancel(station: Station, session_id: str) -> None:
    """The customer gives up: this session's lights go off, nobody else's."""
    station.leases.end(session_id)


_NOTED = frozenset({Problem.NO_SUCH_CODE, Problem.WRONG_PHONE_TAIL})  # a wrong try is on record before it is told


def note_attempt(station: Station, answer: Found | Refused) -> None:
    """Put the attempt on record, after the light and the paint: it costs a flush. A full disk stops no pick-up."""
    outcome = answer.problem if isinstance(answer, Refused) else "found"
    if outcome in _NOTED:
        return
    try:
        with station.transaction():
            record_attempt(station.conn, station.terminal, station.stamp(), outcome)
    except StationFault as fault:
        log.error("an attempt is not on record: %s", fault)
