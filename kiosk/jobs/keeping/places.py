"""Slots, levels and shelves: closing and opening them, what lies there, what is free."""

from dataclasses import dataclass
from hashlib import sha256

from kiosk.jobs.allowed import allowed
from kiosk.jobs.shelf.free_place import open_places
from kiosk.jobs.shelf.listed import ListedParcel, listed
from kiosk.jobs.shelf.walk import light_walk
from kiosk.jobs.station import Station
from kiosk.parcels.looks import Look
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.slots import Size, read_place
from kiosk.store.tables.closed_places import closed_now
from kiosk.store.tables.slots import in_custody_at


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """A slot, a level or a shelf is closed to new parcels, or open again. `held`: parcels that lie there."""

    place: str
    closed: bool
    held: int


@dataclass(frozen=True, slots=True)
class PlaceContents:
    """What lies in a slot, on a level or on a shelf; `look` is the light that shows it, where one could be had.

    `takes_next`: whether what is scanned next goes there; None where it was only looked into.
    """

    place: str
    capacity: int
    closed_for: str | None
    parcels: tuple[ListedParcel, ...]
    look: Look | None = None
    takes_next: bool | None = None


@dataclass(frozen=True, slots=True)
class FreePlaces:
    """Slots that take a parcel of the size, with the room left in each."""

    size: Size
    places: tuple[tuple[str, int], ...]


@allowed(StationEvent.CLOSE_PLACE)
def close_place(station: Station, text: str, reason: str) -> PlaceChanged | Refused:
    """No parcel is put there any more; what lies there may still be collected."""
    place = _known_place(station, text)
    if place is None:
        return Refused(Problem.NO_SUCH_PLACE)
    with station.transaction():
        if place in closed_now(station.conn):
            return Refused(Problem.ALREADY_SO, slot=place)
        changes = {"place": place, "reason": reason, "closed_at": station.stamp()}
        station.record_about(StationEvent.CLOSE_PLACE, Subject.PLACE, None, changes)
        station.occupancy.forget()
        return station.keep(PlaceChanged(place, True, len(in_custody_at(station.conn, place))))


@allowed(StationEvent.REOPEN_PLACE)
def reopen_place(station: Station, text: str) -> PlaceChanged | Refused:
    """Parcels may be put there again."""
    place = _known_place(station, text)
    if place is None:
        return Refused(Problem.NO_SUCH_PLACE)
    with station.transaction():
        closed = closed_now(station.conn).get(place)
        if closed is None:
            return Refused(Problem.ALREADY_SO, slot=place)
        changes = {"reopened_at": station.stamp()}
        station.record_about(StationEvent.REOPEN_PLACE, Subject.PLACE, closed[0], changes, facts={"place": place})
        station.occupancy.forget()
        return station.keep(PlaceChanged(place, False, len(in_custody_at(station.conn, place))))


def look_into(station: Station, text: str, *, lit: bool = True) -> PlaceContents | Refused:
    """List what lies in a slot, on a level or on a shelf, and light it; not `lit`: for who only reads."""
    place = _known_place(station, text)
    if place is None:
        return Refused(Problem.NO_SUCH_PLACE)
    parcels = in_custody_at(station.conn, place)
    places = [p for p in station.settings.places if p.is_within((place,))]
    look = None
    if lit and len(places) == 1:  # lit for its own sake, under a number that no other slot or terminal has
        number = -1 - int.from_bytes(sha256(f"{station.terminal} {places[0].name}".encode()).digest()[:6])
        look = light_walk(station, [(number, places[0].name)])
    if lit and len(places) > 1 and parcels:
        look = light_walk(station, [(parcel.id, parcel.slot or "") for parcel in parcels])
    closed = closed_now(station.conn)
    reason = next((closed[name][1] for name in closed if places[0].is_within((name,))), None)
    capacity = sum(p.capacity for p in places)
    return PlaceContents(place, capacity, reason, tuple(listed(station, parcel) for parcel in parcels), look)


def free_places(station: Station, size: Size) -> FreePlaces:
    """Open slots for a parcel of a size, the roomiest first."""
    with station.transaction():
        held = dict(station.occupancy.held())
        places = open_places(station)
    room = [(place.name, place.capacity - held.get(place.name, 0)) for place in places if place.size >= size]
    return FreePlaces(size, tuple(sorted((found for found in room if found[1] > 0), key=lambda found: -found[1])))


def _known_place(station: Station, text: str) -> str | None:
    place = read_place(text)
    return place if place and any(p.is_within((place,)) for p in station.settings.places) else None
