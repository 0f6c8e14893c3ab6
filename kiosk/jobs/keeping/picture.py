"""The station as a picture: every slot with how full it is, how old its oldest parcel is, whose parcels lie there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from kiosk.jobs.station import Station
from kiosk.store.tables.closed_places import closed_now
from kiosk.store.tables.figures import couriers_by_slot
from kiosk.store.tables.slots import held_by_slot


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
