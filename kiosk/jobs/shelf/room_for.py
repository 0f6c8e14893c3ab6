"""Whether a parcel may be put in a slot."""

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.slots import Place, Size
from kiosk.store.tables.parcels import Parcel
from kiosk.store.tables.slots import held_in


def place_for(station: Station, parcel: Parcel, slot: str | None) -> Place | Refused:
    """The place, if it is large enough, open and not full. Call inside a transaction."""
    settings = station.settings.slots_by_name.get(slot or "")
    if settings is None:
        return Refused(Problem.NO_SUCH_SLOT)
    place = settings.place
    if place.size < Size[parcel.size]:
        return Refused(Problem.SLOT_TOO_SMALL, slot=slot)
    if place.is_within(station.occupancy.closed()):
        return Refused(Problem.PLACE_CLOSED, slot=slot)
    if held_in(station.conn, place.name) >= place.capacity:
        return Refused(Problem.SLOT_FULL, slot=slot)
    return place
