"""Exceptions: holding a parcel back, releasing it, and starting its return."""

from dataclasses import dataclass

from kiosk.jobs.find_parcel import find_parcel
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Refused
from kiosk.parcels.states import TRANSITIONS, Event, State
from kiosk.store.parcels import Parcel


@dataclass(frozen=True, slots=True)
class Changed:
    """The parcel as it stands now."""

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


def start_return(station: Station, text: str, reason: str) -> Changed | Refused:
    """The parcel goes back to its courier; it stays in its slot until the driver takes it."""
    return _change(
        station, text, Event.START_RETURN, {"return_reason": reason, "hold_reason": None, "proposed_slot": None}
    )


def _change(station: Station, text: str, event: Event, changes: dict[str, object]) -> Changed | Refused:
    with station.transaction():
        parcel = find_parcel(station, text, lambda row: _may(row, event))
        if isinstance(parcel, Refused):
            return parcel
        station.record(event, parcel, changes)
    if event is not Event.RELEASE:
        with station.after_commit():
            station.leases.drop_parcel(parcel.id)
    state = TRANSITIONS[event].target or State(parcel.state)
    return Changed(parcel.numbered_waybill, parcel.code, parcel.slot, state)


def _may(parcel: Parcel, event: Event) -> bool:
    if parcel.state not in TRANSITIONS[event].sources:
        return False
    return event is Event.START_RETURN or (parcel.hold_reason is not None) == (event is Event.RELEASE)
