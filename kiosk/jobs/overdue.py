"""Overdue parcels: who has waited how long, a lit walk along them, reminders that do not become a nuisance."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.jobs.allowed import allowed
from kiosk.jobs.places import Kept, kept, light_walk
from kiosk.jobs.station import Station
from kiosk.parcels.looks import Look
from kiosk.parcels.overdue import Overdue
from kiosk.parcels.problems import Refused
from kiosk.parcels.slots import by_place
from kiosk.parcels.states import Event, State
from kiosk.store.parcels import Parcel, by_state


@dataclass(frozen=True, slots=True)
class OverdueList:
    """The overdue parcels of a place (None: of the station), along the shelves; `look`: the light on their slots."""

    place: str | None
    parcels: tuple[Kept, ...]
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class Reminded:
    """`parcels` were marked for a reminder now; `at_limit` have had all theirs."""

    parcels: tuple[str, ...]
    at_limit: int


def list_overdue(station: Station, place: str | None = None, *, lit: bool = False) -> OverdueList:
    """`place`: a level or a shelf; `lit`: light its slots for a walk."""
    found = [kept(station, parcel) for parcel in by_state(station.conn, State.SHELVED, State.CHECKED_IN)]
    late = [one for one in found if one.rung is not None and _is_in(one, place)]
    late.sort(key=lambda one: by_place(one.slot) if one.slot else (0, "", []))
    look = light_walk(station, [(one.parcel_id, one.slot) for one in late if one.slot]) if lit else None
    return OverdueList(place, tuple(late), look)


def _is_in(one: Kept, place: str | None) -> bool:
    return place is None or (one.slot is not None and (one.slot == place or one.slot.startswith(f"{place}-")))


@allowed(Event.REMIND)
def remind(station: Station) -> Reminded | Refused:
    """Every consignee whose parcel has come to the second rung is reminded once a day, and only so many times."""
    limit, today = station.settings.ladder.reminders, station.local(station.stamp()).date()
    reminded, at_limit = [], 0
    with station.transaction():
        for parcel in by_state(station.conn, State.SHELVED):
            if parcel.contact_id is None or parcel.hold_reason or not _is_to_be_reminded(station, parcel):
                continue
            if parcel.reminders >= limit:
                at_limit += 1
            elif parcel.reminded_at is None or station.local(parcel.reminded_at).date() != today:
                changes = {"reminders": parcel.reminders + 1, "reminded_at": station.stamp()}
                station.record(Event.REMIND, parcel, changes)
                reminded.append(parcel.numbered_waybill)
    return Reminded(tuple(reminded), at_limit)


def _is_to_be_reminded(station: Station, parcel: Parcel) -> bool:
    came = datetime.fromisoformat(parcel.checked_in_at or station.stamp())
    return station.settings.ladder.rung(came, station.clock.now()) in (Overdue.REMIND, Overdue.RETURN_DUE)
