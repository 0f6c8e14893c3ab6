"""Exceptions: holding a parcel back, releasing it, and starting its return."""

from dataclasses import dataclass

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import recognise_waybill
from kiosk.parcels.states import TRANSITIONS, Event, State
from kiosk.store.leases import Purpose
from kiosk.store.parcels import Parcel, by_waybill


@dataclass(frozen=True, slots=True)
class Changed:
    waybill: str
    code: str | None
    slot: str | None
    state: State


def hold(station: Station, text: str, reason: str) -> Changed | Refused:
    """Block a parcel's check-out and light, for a reason staff can read."""
    return _change(station, text, Event.HOLD, {"hold_reason": reason})


def release(station: Station, text: str) -> Changed | Refused:
    """The reason for the hold is gone."""
    return _change(station, text, Event.RELEASE, {"hold_reason": None})


def start_return(station: Station, text: str) -> Changed | Refused:
    """The parcel goes back to its courier; it stays in its slot until the driver takes it."""
    return _change(station, text, Event.START_RETURN, {"hold_reason": None, "proposed_slot": None})


def _change(station: Station, text: str, event: Event, changes: dict[str, object]) -> Changed | Refused:
    waybill = recognise_waybill(text)
    if isinstance(waybill, Problem):
        return Refused(waybill)
    with station.transaction():
        rows = [row for row in by_waybill(station.conn, waybill.number) if row.piece == waybill.piece]
        fitting = [row for row in rows if _may(row, event)]
        if len(fitting) != 1:
            problem = Problem.AMBIGUOUS if fitting else Problem.WRONG_STATE if rows else Problem.NO_SUCH_WAYBILL
            return Refused(problem, waybill=waybill.number)
        parcel = fitting[0]
        station.record(event, parcel, changes)
    session = station.leases.session_of(parcel.id, Purpose.PICK_UP)
    if session is not None and event is not Event.RELEASE:
        station.leases.end_lease(next(lease.id for lease in session.leases if lease.parcel_id == parcel.id))
    state = TRANSITIONS[event].target or State(parcel.state)
    return Changed(parcel.numbered_waybill, parcel.code, parcel.slot, state)


def _may(parcel: Parcel, event: Event) -> bool:
    if parcel.state not in TRANSITIONS[event].sources:
        return False
    return event is Event.START_RETURN or (parcel.hold_reason is not None) == (event is Event.RELEASE)
