"""What the demo offers to try."""

from dataclasses import dataclass

from kiosk.jobs.station import Station
from kiosk.store.tables.parcels import some_on_shelf


@dataclass(frozen=True, slots=True)
class Offer:
    """A code somebody may try in the demo, and the waybill on its parcel."""

    code: str
    waybill: str


def offers(station: Station, count: int) -> tuple[Offer, ...]:
    """Parcels that may be collected now; the first belongs to a person with several."""
    return tuple(Offer(code, waybill) for code, waybill in some_on_shelf(station.conn, count))
