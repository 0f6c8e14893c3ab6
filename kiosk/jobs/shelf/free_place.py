"""Where a parcel that comes in may lie."""

from collections.abc import Sequence

from kiosk.jobs.station import Station
from kiosk.parcels.slots import Place, Size, Walk, choose_slot, read_slot
from kiosk.store.tables.slots import last_place_at, slots_of_consignee


def propose_slot(station: Station, size: Size | None, contact_id: int | None, batch: int | None = None) -> Place | None:
    """A free place, beside what the same person has here already; a batch goes along one walk from level to level.

    Call inside a transaction. `size`: None where nobody has said.
    """
    together = slots_of_consignee(station.conn, contact_id) if contact_id is not None else ()
    walk = _walk(station, batch) if batch is not None and station.settings.desk.batch_places == "walk" else None
    return choose_slot(open_places(station), station.occupancy.held(), size, together, walk)


def _walk(station: Station, batch: int) -> Walk | None:
    """From where this terminal's last parcel of the batch was put."""
    at = read_slot(last_place_at(station.conn, station.terminal, batch) or "")
    return Walk(at, station.settings.stands) if at else None


def open_places(station: Station) -> Sequence[Place]:
    """All places but those that are closed."""
    closed = station.occupancy.closed()
    places = station.settings.places
    return [place for place in places if not place.is_within(closed)] if closed else places
