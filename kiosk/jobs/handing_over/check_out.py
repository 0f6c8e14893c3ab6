"""Checking out: the waybill scanned at the exit hands the parcel over and turns its light off."""

from dataclasses import dataclass

from kiosk.jobs.allowed import allowed, refuse
from kiosk.jobs.attempts import forgive_hand_over
from kiosk.jobs.find_parcel import already_collected, parcels_meant, parcels_of_waybill, read_as_they_are
from kiosk.jobs.forget_address import forget_address
from kiosk.jobs.handing_over.not_shelved import call_for
from kiosk.jobs.handing_over.open_codes import why_not
from kiosk.jobs.handing_over.pick_up import FoundParcel, found, found_parcel
from kiosk.jobs.shelf.walk import light_walk
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import Scan
from kiosk.parcels.states import Event, State
from kiosk.store.lease_book.sessions import Purpose, Session
from kiosk.store.tables.contacts import add_person
from kiosk.store.tables.parcels import Parcel, by_id, shelved_together


@dataclass(frozen=True, slots=True)
class HandedOver:
    """On record. `left`: the session's parcels still on the shelf; `session` is None when there is none left.

    `more`: other parcels of the same person on the shelf; at the counter staff see in `others` which, and they are lit.
    """

    waybill: str
    code: str
    slot: str
    session: str | None
    left: tuple[FoundParcel, ...]
    more: int = 0
    others: tuple[FoundParcel, ...] = ()


@allowed(Event.CHECK_OUT)
def check_out(
    station: Station, scan: Scan, *, at_counter: bool = False, proxy: str | None = None
) -> HandedOver | Refused:
    """Hand the parcel over to the session that has it, whichever terminal it was started at.

    A parcel of no live session raises the alarm on its home slot. `at_counter`: staff vouch for the person,
    no session is needed, and its code will do for the waybill. `proxy`: what staff saw of somebody who collects for
    another, such as "neighbour, showed the message": kept with the contacts, for the log carries no names.
    """
    if at_counter and station.role is Role.CUSTOMER:
        return refuse(station, Event.CHECK_OUT)
    with station.transaction():
        parcel = _at_counter(station, scan) if at_counter else _at_exit(station, scan)
        if isinstance(parcel, Refused):
            return parcel
        session = station.leases.session_of(parcel.id, Purpose.PICK_UP)
        problem = why_not_out(parcel, session, at_counter=at_counter)
        if problem is None:
            put_on_record(station, parcel, session, proxy)
            answer = station.keep(_handed_over(station, parcel, session, at_counter=at_counter))
    if problem is not None:
        return _stopped(station, parcel, problem)
    light_off(station, parcel, session, at_counter=at_counter)
    if answer.others:
        light_walk(station, [(one.parcel_id, one.slot) for one in answer.others])
    return answer


def _at_counter(station: Station, scan: Scan) -> Parcel | Refused:
    """The parcel of the code or the waybill."""
    rows = parcels_meant(station, scan)
    parcel = rows if isinstance(rows, Refused) else _the_one(station, scan, rows)
    if isinstance(parcel, Refused):
        return parcel
    return already_collected(station, parcel) if parcel.state == State.PICKED_UP else over_the_shelf(station, parcel)


def over_the_shelf(station: Station, parcel: Parcel) -> Parcel | Refused:
    """One that was not put away yet goes over the shelf on the way, for it is in the clerk's hand. Call inside a
    transaction."""
    if parcel.state != State.CHECKED_IN or parcel.hold_reason is not None:
        return parcel
    if parcel.due_fen > 0:
        return _amount_due(parcel)
    from kiosk.jobs.taking_in.put_away import shelve_on_the_way  # at the desk only; the kiosk starts without it

    put_away = shelve_on_the_way(station, parcel)
    return put_away if isinstance(put_away, Refused) else by_id(station.conn, parcel.id)


def _at_exit(station: Station, scan: Scan) -> Parcel | Refused:
    rows = parcels_of_waybill(station, scan)
    return rows if isinstance(rows, Refused) else _the_one(station, scan, rows)


def _the_one(station: Station, scan: Scan, rows: list[Parcel]) -> Parcel | Refused:
    """The parcel that is meant among a waybill's pieces and episodes: the one being picked up comes first."""
    shelved = [row for row in rows if row.state == State.SHELVED]
    searched = [row for row in shelved if station.leases.session_of(row.id, Purpose.PICK_UP)]
    likely = searched or shelved or [row for row in rows if row.in_custody] or rows[:1]
    likely = read_as_they_are(scan, likely)
    if len({row.courier for row in likely}) > 1 or (len(likely) > 1 and not searched):
        return Refused(Problem.AMBIGUOUS, waybill=likely[0].waybill)
    return likely[0]


def why_not_out(parcel: Parcel, session: Session | None, *, at_counter: bool) -> Problem | None:
    """Why it stays, None where it may go."""
    problem = why_not(parcel)
    if problem is not None:
        return problem
    if session is None and not at_counter:
        return Problem.NOT_IN_SESSION
    return Problem.AMOUNT_DUE if parcel.due_fen > 0 else None


def put_on_record(station: Station, parcel: Parcel, session: Session | None, proxy: str | None) -> None:
    """Put it on record. Call inside a transaction."""
    collector = {"collector_id": add_person(station.conn, station.key, proxy)} if proxy else None
    facts = {"proxy": True} if proxy else None
    station.record(Event.CHECK_OUT, parcel, {"slot": None, "released_at": station.stamp()}, collector, facts)
    if parcel.delivery_requested_at is not None:
        forget_address(station, parcel.contact_id)
    if session is not None:
        forgive_hand_over(station, session.terminal, parcel.id)


def _stopped(station: Station, parcel: Parcel, problem: Problem) -> Refused:
    if problem is Problem.AMOUNT_DUE:
        return _amount_due(parcel)
    if problem is Problem.NOT_SHELVED:
        call_for(station, [parcel])
    if parcel.slot is not None and station.knows_slot(parcel.slot):
        wanted = station.wanted(parcel.id, parcel.slot)
        station.leases.alarm(station.terminal, wanted, seconds=station.settings.alarm_light_s)
    return Refused(problem, slot=parcel.slot, waybill=parcel.numbered_waybill)


def _amount_due(parcel: Parcel) -> Refused:
    return Refused(Problem.AMOUNT_DUE, slot=parcel.slot, waybill=parcel.numbered_waybill, due_fen=parcel.due_fen)


def _handed_over(station: Station, parcel: Parcel, session: Session | None, *, at_counter: bool) -> HandedOver:
    shown = found(station, session).left if session else ()
    left = tuple(one for one in shown if one.parcel_id != parcel.id)
    theirs = shelved_together(station.conn, parcel.contact_id) if parcel.contact_id is not None else []
    others = [row for row in theirs if row.id not in {one.parcel_id for one in left}]
    return HandedOver(
        parcel.numbered_waybill,
        parcel.code or "",
        parcel.slot or "",
        session.id if session and left else None,
        left,
        more=len(others),
        others=tuple(found_parcel(station, row) for row in others) if at_counter else (),
    )


def light_off(station: Station, parcel: Parcel, session: Session | None, *, at_counter: bool) -> None:
    """Only now, with the hand-over durable, may the light go off and anybody be told."""
    with station.after_commit():
        station.leases.end_alarm(parcel.id)
        lease = next((lease for lease in session.leases if lease.parcel_id == parcel.id), None) if session else None
        if lease:
            station.leases.hand_over(lease.id)
        if at_counter:
            station.leases.drop_parcel(parcel.id)  # a clerk looked for it
