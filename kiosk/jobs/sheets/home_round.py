"""Home delivery: what was asked for is put on a round, dispatched, delivered with proof, or brought back."""

import re
from dataclasses import dataclass

from kiosk.jobs.allowed import allowed
from kiosk.jobs.changed import Changed, as_changed
from kiosk.jobs.find_parcel import find_parcel, may_happen
from kiosk.jobs.forget_address import forget_address
from kiosk.jobs.sheets.put_on import put_on
from kiosk.jobs.sheets.sheet import SheetStory, Written, open_sheet, why_not_home
from kiosk.jobs.shelf.free_place import propose_slot
from kiosk.jobs.shelf.listed import ListedParcel, listed
from kiosk.jobs.shelf.put_to_light import put_to_light
from kiosk.jobs.shelf.room_for import no_room
from kiosk.jobs.shelf.walk import light_walk
from kiosk.jobs.station import Station
from kiosk.parcels.codes import read_code
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.slots import Size
from kiosk.parcels.states import Event, State
from kiosk.store.tables.codes import has_code
from kiosk.store.tables.contacts import address_of, phone_tail
from kiosk.store.tables.parcels import Parcel, by_id, to_be_brought_home


@dataclass(frozen=True, slots=True)
class Stop:
    """A parcel of the round. `address` is for the delivery staff's eyes; None where it is still to be asked for."""

    parcel: ListedParcel
    address: str | None


@dataclass(frozen=True, slots=True)
class RoundList:
    """What is to be brought home, in the order of the way."""

    stops: tuple[Stop, ...]


def list_round(station: Station, *, lit: bool = False) -> RoundList:
    """What waits to be brought home, by address as one walks: building 2 before building 10; unknown ones last."""
    rows = to_be_brought_home(station.conn)
    stops = [Stop(listed(station, row), address_of(station.conn, station.key, row.contact_id)) for row in rows]
    stops.sort(key=lambda stop: (stop.address is None, way(stop.address or ""), stop.parcel.parcel_id))
    if lit:
        light_walk(station, [(row.id, row.slot or "") for row in rows])
    return RoundList(tuple(stops))


def way(address: str) -> list[tuple[int, int, str]]:
    """Sorts addresses by their numbers as numbers."""
    parts = re.findall(r"\d{1,9}|\D+", address.lower())
    return [(1, int(part), "") if part.isdigit() else (0, 0, part.strip()) for part in parts]


def open_round(station: Station, name: str) -> SheetStory | Refused:
    """A round of one delivery person; its parcels are lit."""
    story = open_sheet(station, SheetKind.ROUND, name)
    if isinstance(story, SheetStory):
        list_round(station, lit=True)
    return story


@allowed(Event.DISPATCH_HOME)
def put_on_round(station: Station, sheet_id: int, scan: Scan) -> Written | Refused:
    """The delivery person takes this parcel along; it is out when the round is closed."""
    return put_on(
        station, sheet_id, SheetKind.ROUND, scan, lambda row: row.state == State.SHELVED and row.hold_reason is None,
        lambda _, parcel: _to_a_home(station, parcel),
    )  # fmt: skip


def _to_a_home(station: Station, parcel: Parcel) -> Parcel | Refused:
    problem = why_not_home(station, parcel)
    return Refused(problem, slot=parcel.slot, waybill=parcel.numbered_waybill) if problem else parcel


@allowed(Event.DELIVER)
def deliver(station: Station, scan: Scan, proof: str) -> Changed | Refused:
    """`proof`: the pickup code the consignee told at the door, or what the delivery person saw."""
    with station.transaction():
        parcel = find_parcel(station, scan, may_happen(Event.DELIVER))
        if isinstance(parcel, Refused):
            return parcel
        if parcel.due_fen > 0:
            return Refused(Problem.AMOUNT_DUE, waybill=parcel.numbered_waybill, due_fen=parcel.due_fen)
        told = read_code(proof)
        by_code = told is not None and has_code(station.conn, parcel, told)
        tail = phone_tail(station.conn, parcel.contact_id)
        if not proof.strip() or (told is not None and not by_code and proof.strip() != tail):
            return Refused(Problem.NEEDS_PROOF, waybill=parcel.numbered_waybill)
        seen = "code" if by_code else "phone tail" if proof.strip() == tail else proof.strip()
        station.record(Event.DELIVER, parcel, {"released_at": station.stamp()}, facts={"proof": seen})
        forget_address(station, parcel.contact_id)
        return station.keep(as_changed(Event.DELIVER, by_id(station.conn, parcel.id)))


@allowed(Event.FAIL_DELIVERY)
def fail_delivery(station: Station, scan: Scan, reason: str) -> Changed | Refused:
    """Nobody was at home: the parcel comes back, and a light shows where to put it."""
    if not reason:
        return Refused(Problem.NEEDS_REASON)
    with station.transaction():
        parcel = find_parcel(station, scan, may_happen(Event.FAIL_DELIVERY))
        if isinstance(parcel, Refused):
            return parcel
        place = propose_slot(station, Size[parcel.size], parcel.contact_id)
        if place is None:
            return no_room(station, Size[parcel.size], parcel.numbered_waybill)
        changes = {"proposed_slot": place.name, "sheet_id": None}
        station.record(Event.FAIL_DELIVERY, parcel, changes, facts={"reason": reason})
        changed = station.keep(as_changed(Event.FAIL_DELIVERY, by_id(station.conn, parcel.id)))
    with station.after_commit():
        put_to_light(station, parcel.id, place.name)
    return changed
