"""Slots, levels and shelves: closing and opening them, what lies there, what is free, the whole as a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from kiosk.jobs.allowed import allowed
from kiosk.jobs.changed import held_for
from kiosk.jobs.shelf.rung import rung_of
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.accept import open_places
from kiosk.parcels.looks import Look
from kiosk.parcels.overdue import Overdue
from kiosk.parcels.phones import mask_tail
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.slots import Size, read_place
from kiosk.parcels.states import State
from kiosk.store.lease_book.sessions import Purpose
from kiosk.store.tables.closed_places import closed_now
from kiosk.store.tables.contacts import phone_tail
from kiosk.store.tables.figures import couriers_by_slot
from kiosk.store.tables.parcels import Parcel, held_by_slot, in_custody_at


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """A slot, a level or a shelf is closed to new parcels, or open again. `held`: parcels that lie there."""

    place: str
    closed: bool
    held: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A parcel in a list for staff; the phone is masked, `days` are whole days in custody."""

    parcel_id: int
    waybill: str
    courier: str
    code: str | None
    slot: str | None
    state: State
    held_for: str | None
    phone: str | None
    days: int
    rung: Overdue | None
    reminders: int
    due_fen: int


@dataclass(frozen=True, slots=True)
class PlaceContents:
    """What lies in a slot, on a level or on a shelf; `look` is the light that shows it, where one could be had."""

    place: str
    capacity: int
    closed_for: str | None
    parcels: tuple[Kept, ...]
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class FreePlaces:
    """Slots that take a parcel of the size, with the room left in each."""

    size: Size
    places: tuple[tuple[str, int], ...]


class PictureBy(StrEnum):
    """What the picture of the station shows of each slot."""

    FILL = "fill"
    AGE = "age"
    COURIER = "courier"


class SlotFill(NamedTuple):
    """One slot in the picture of the station. `oldest`: check-in of its oldest parcel; `couriers`: most first."""

    slot: str
    size: str
    capacity: int
    held: int
    closed: bool
    oldest: datetime | None
    couriers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StationPicture:
    """All slots as they stand at a moment of the station's time zone."""

    slots: tuple[SlotFill, ...]
    at: datetime
    by: PictureBy


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


def look_into(station: Station, text: str) -> PlaceContents | Refused:
    """List what lies in a slot, on a level or on a shelf, and light it."""
    place = _known_place(station, text)
    if place is None:
        return Refused(Problem.NO_SUCH_PLACE)
    parcels = in_custody_at(station.conn, place)
    places = [p for p in station.settings.places if p.is_within((place,))]
    look = None
    if len(places) == 1:  # lit for its own sake, under a number that no other slot or terminal has
        number = -1 - int.from_bytes(sha256(f"{station.terminal} {places[0].name}".encode()).digest()[:6])
        look = light_walk(station, [(number, places[0].name)])
    if len(places) > 1 and parcels:
        look = light_walk(station, [(parcel.id, parcel.slot or "") for parcel in parcels])
    closed = closed_now(station.conn)
    reason = next((closed[name][1] for name in closed if places[0].is_within((name,))), None)
    capacity = sum(p.capacity for p in places)
    return PlaceContents(place, capacity, reason, tuple(kept(station, parcel) for parcel in parcels), look)


def kept(station: Station, parcel: Parcel) -> Kept:
    """A parcel as staff see it in a list."""
    now, came = station.clock.now(), datetime.fromisoformat(parcel.checked_in_at or station.stamp())
    return Kept(
        parcel.id,
        parcel.numbered_waybill,
        parcel.courier,
        parcel.code,
        parcel.place,
        State(parcel.state),
        held_for(parcel),
        mask_tail(phone_tail(station.conn, parcel.contact_id)),
        (now - came).days,
        rung_of(station, parcel.checked_in_at) if parcel.in_custody else None,
        parcel.reminders,
        parcel.due_fen,
    )


def light_walk(station: Station, wanted: Sequence[tuple[int, str]]) -> Look | None:
    """Light slots for a clerk who walks along them; the walk before at this terminal is over."""
    with station.after_commit():
        station.leases.end_walk(station.terminal)
        known = [station.wanted(number, slot) for number, slot in wanted if slot in station.settings.slots_by_name]
        if known:
            seconds = station.settings.put_away_light_s
            session = station.leases.light(Purpose.WALK, station.terminal, known, seconds=seconds)
            return session.look if session else None
    return None


def free_places(station: Station, size: Size) -> FreePlaces:
    """Open slots for a parcel of a size, the roomiest first."""
    with station.transaction():
        held = dict(station.occupancy.held())
        places = open_places(station)
    room = [(place.name, place.capacity - held.get(place.name, 0)) for place in places if place.size >= size]
    return FreePlaces(size, tuple(sorted((found for found in room if found[1] > 0), key=lambda found: -found[1])))


def picture(station: Station, by: PictureBy = PictureBy.FILL) -> StationPicture:
    """Every slot of the station with how full it is, how old its oldest parcel is, and whose parcels lie there."""
    return StationPicture(tuple(_fills(station)), station.local(station.stamp()), by)


def _fills(station: Station) -> Iterator[SlotFill]:
    held, closed = held_by_slot(station.conn), closed_now(station.conn)
    couriers: dict[str, list[str]] = {}
    oldest: dict[str, str] = {}
    for slot, courier, came in couriers_by_slot(station.conn):
        couriers.setdefault(slot, []).append(courier)
        oldest[slot] = min(oldest.get(slot, came), came)
    for place in station.settings.places:
        since = station.local(oldest[place.name]) if place.name in oldest else None
        yield SlotFill(
            place.name,
            place.size.name,
            place.capacity,
            held.get(place.name, 0),
            place.is_within(closed),
            since,
            tuple(couriers.get(place.name, ())),
        )


def _known_place(station: Station, text: str) -> str | None:
    place = read_place(text)
    return place if place and any(p.is_within((place,)) for p in station.settings.places) else None
