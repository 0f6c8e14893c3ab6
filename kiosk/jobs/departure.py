"""How a parcel left the station: what happened to it last, when, and by whose hand."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.states import HANDED_OVER, LEFT, State
from kiosk.store.actions import last_action_of
from kiosk.store.tables.parcels import Parcel


@dataclass(frozen=True, slots=True)
class Departure:
    """`at` in the station's time zone; `who` is a person at a terminal: `staff-7@desk`."""

    state: State
    at: datetime
    who: str


def departure(station: Station, parcel: Parcel) -> Departure | None:
    """None while it is here, out, expected, or was never taken in. What only looked at it since does not count."""
    if parcel.state not in LEFT:
        return None
    last = last_action_of(station.conn, parcel.id)
    return Departure(State(parcel.state), station.local(last.occurred_at), f"{last.who}@{last.terminal}")


def why_asked(station: Station, parcel: Parcel) -> Refused | None:
    """A parcel that left and is scanned again was most likely scanned to see whether it has: on the day on which it
    left, or whenever somebody has it in their hands. Back from another place on a later day, it is simply back."""
    left = departure(station, parcel)
    if left is None:
        return None
    is_today = left.at.date() == station.local(station.stamp()).date()
    if not is_today and left.state not in HANDED_OVER:
        return None
    number = parcel.numbered_waybill
    return Refused(Problem.HAS_LEFT, waybill=number, state=left.state, at=left.at, who=left.who)
