"""Whether a parcel may be put in a slot."""

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import SlotScan, recognise
from kiosk.parcels.slots import Place, Size, read_slot
from kiosk.store.tables.parcels import Parcel, held_in


def read_slot_text(text: str) -> str | None:
    """The name of the slot, from its label or as typed."""
    scan = recognise(text)
    address = scan.address if isinstance(scan, SlotScan) else read_slot(text)
    return str(address) if address else None


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
