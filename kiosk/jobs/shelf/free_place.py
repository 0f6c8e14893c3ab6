"""Where a parcel that comes in may lie."""

from collections.abc import Sequence

from kiosk.jobs.station import Station
from kiosk.parcels.slots import Place, Size, choose_slot
from kiosk.store.tables.slots import slots_of_consignee


def propose_slot(station: Station, size: Size, contact_id: int | None) -> Place | None:
    """A free place, beside what the same person has here already. Call inside a transaction."""
    together = slots_of_consignee(station.conn, contact_id) if contact_id is not None else ()
    return choose_slot(open_places(station), station.occupancy.held(), size, together)


def open_places(station: Station) -> Sequence[Place]:
    """All places but those that are closed."""
    closed = station.occupancy.closed()
    places = station.settings.places
    return [place for place in places if not place.is_within(closed)] if closed else places
