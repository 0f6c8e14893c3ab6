"""Overdue parcels: who has waited how long, a lit walk along them, reminders that do not become a nuisance."""

from dataclasses import dataclass

from kiosk.jobs.allowed import allowed
from kiosk.jobs.shelf.listed import ListedParcel, listed
from kiosk.jobs.shelf.rung import rung_of
from kiosk.jobs.shelf.walk import light_walk
from kiosk.jobs.station import Station
from kiosk.parcels.looks import Look
from kiosk.parcels.overdue import Overdue
from kiosk.parcels.problems import Refused
from kiosk.parcels.slots import by_place
from kiosk.parcels.states import Event, State
from kiosk.store.tables.parcels import Parcel, by_state


@dataclass(frozen=True, slots=True)
class OverdueList:
    """The overdue parcels of a place (None: of the station), along the shelves; `look`: the light on their slots."""

    place: str | None
    parcels: tuple[ListedParcel, ...]
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class Reminded:
    """`parcels` were marked for a reminder now; `at_limit` have had all theirs."""

    parcels: tuple[str, ...]
    at_limit: int


def list_overdue(station: Station, place: str | None = None, *, lit: bool = False) -> OverdueList:
    """`place`: a level or a shelf; `lit`: light its slots for a walk."""
    rows = by_state(station.conn, State.SHELVED, State.CHECKED_IN)
    late = [listed(station, row) for row in rows if rung_of(station, row.checked_in_at) and _is_in(row, place)]
    late.sort(key=lambda one: by_place(one.slot) if one.slot else (0, "", []))
    look = light_walk(station, [(one.parcel_id, one.slot) for one in late if one.slot]) if lit else None
    return OverdueList(place, tuple(late), look)


def _is_in(parcel: Parcel, place: str | None) -> bool:
    slot = parcel.place
    return place is None or (slot is not None and (slot == place or slot.startswith(f"{place}-")))


@allowed(Event.REMIND)
def remind(station: Station) -> Reminded | Refused:
    """Every consignee whose parcel has come to the second rung is reminded once a day, and only so many times."""
    limit, today = station.settings.ladder.reminders, station.local(station.stamp()).date()
    reminded, at_limit = [], 0
    with station.transaction():
        for parcel in by_state(station.conn, State.SHELVED):
            is_due = rung_of(station, parcel.checked_in_at) in (Overdue.REMIND, Overdue.RETURN_DUE)
            if parcel.contact_id is None or parcel.hold_reason or not is_due:
                continue
            if parcel.reminders >= limit:
                at_limit += 1
            elif parcel.reminded_at is None or station.local(parcel.reminded_at).date() != today:
                changes = {"reminders": parcel.reminders + 1, "reminded_at": station.stamp()}
                station.record(Event.REMIND, parcel, changes)
                reminded.append(parcel.numbered_waybill)
        return station.keep(Reminded(tuple(reminded), at_limit))
