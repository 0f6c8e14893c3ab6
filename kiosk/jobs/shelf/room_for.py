"""Whether a parcel may be put in a slot; and what is true where somebody has put it in one that will not do."""

from dataclasses import replace

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.slots import Place, Size
from kiosk.parcels.states import Event
from kiosk.store.actions import refused_place
from kiosk.store.tables.parcels import Parcel
from kiosk.store.tables.slots import held_in


def no_room(station: Station, size: Size, waybill: str | None = None) -> Refused:
    """Why no place was found for a parcel of a size: none is free now, or none is made for it."""
    largest = max((place.size for place in station.settings.places), default=Size.S)
    if size <= largest:
        return Refused(Problem.NO_ROOM, waybill=waybill)
    return Refused(Problem.NO_SLOT_OF_SIZE, waybill=waybill, detail=largest.name)


def place_for(station: Station, parcel: Parcel, slot: str | None) -> Place | Refused:
    """The place, if it is not full, large enough and open. Call inside a transaction."""
    settings = station.settings.slots_by_name.get(slot or "")
    if settings is None:
        return Refused(Problem.NO_SUCH_SLOT)
    place = settings.place
    if held_in(station.conn, place.name) >= place.capacity:
        return Refused(Problem.SLOT_FULL, slot=slot)
    if place.size < Size[parcel.size]:
        return Refused(Problem.SLOT_TOO_SMALL, slot=slot)
    if place.is_within(station.occupancy.closed()):
        return Refused(Problem.PLACE_CLOSED, slot=slot)
    return place


def place_said(station: Station, parcel: Parcel, slot: str | None) -> tuple[Place, Problem | None] | Refused:
    """The place that somebody says the parcel lies in, and what the book has against it.

    The first time such a place is refused, and that is on record: nobody may take the parcel to lie where it was to be
    put. The same slot said once more is where it lies, but never a full one: there the record is wrong or the eye.
    """
    place = place_for(station, parcel, slot)
    if not isinstance(place, Refused):
        return place, None
    before = refused_place(station.conn, parcel.id)
    if place.is_warning and before is not None and before.is_warning and before.slot == slot:
        return station.settings.slots_by_name[slot or ""].place, place.problem
    return note_refused(station, parcel, replace(place, slot=slot))


def note_refused(station: Station, parcel: Parcel, refused: Refused) -> Refused:
    """Put on record that the parcel could not be put there: it is no action of its own, and nothing to take back."""
    facts = {"refused_slot": refused.slot, "refused": refused.problem, "follows": True}
    station.record(Event.AMEND, parcel, {}, facts=facts)
    return replace(refused, waybill=parcel.numbered_waybill)
