"""A place that the clerk chose before the parcel was scanned: a slot, or a level whose next slot with room it is."""

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.slots import Place, Size
from kiosk.store.tables.slots import held_in


def own_place(station: Station, name: str, size: Size | None) -> Place | Refused:
    """The leftmost slot there that is not full, open and large enough (`size`: None where nobody has said). Refused
    names the slot that would have been it, or the level. Call inside a transaction."""
    places = [place for place in station.settings.places if place.is_within((name,))]
    if not places:
        return Refused(Problem.NO_SUCH_SLOT, slot=name)
    roomy = [place for place in places if held_in(station.conn, place.name) < place.capacity]
    if not roomy:
        return Refused(Problem.SLOT_FULL, slot=name)
    closed = station.occupancy.closed()
    opened = [place for place in roomy if not place.is_within(closed)]
    if not opened:
        return Refused(Problem.PLACE_CLOSED, slot=roomy[0].name)
    fitting = [place for place in opened if size is None or place.size >= size]
    return fitting[0] if fitting else Refused(Problem.SLOT_TOO_SMALL, slot=opened[0].name)
