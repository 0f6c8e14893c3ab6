"""Whether a parcel may come in, and with which particulars: the clerk's word, else the manifest's."""

from dataclasses import dataclass

from kiosk.jobs.station import Station
from kiosk.parcels.consents import Consent
from kiosk.parcels.couriers import UNKNOWN_COURIER
from kiosk.parcels.phones import Phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.slots import Place, Size, choose_slot
from kiosk.parcels.states import State
from kiosk.parcels.waybills import Waybill, candidates
from kiosk.store.contacts import find_contact
from kiosk.store.parcels import Parcel, by_waybill, consent_of, couriers_seen_lately, slots_of_consignee


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the clerk says about a parcel; None leaves it to the manifest, then to the default (M, not asked)."""

    courier: str | None = None
    phone: Phone | None = None
    size: Size | None = None
    consent: Consent | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A parcel that may come in, and the place proposed for it. `expected`: its announced row, if it has one."""

    waybill: Waybill
    expected: Parcel | None
    courier: str
    courier_decided: bool
    candidates: tuple[str, ...]
    size: Size
    place: Place


def accept(station: Station, waybill: Waybill, said: Particulars) -> Accepted | Refused:
    """Check a parcel against what is on record; writes nothing."""
    rows = by_waybill(station.conn, waybill.number)
    if said.courier is not None:
        rows = [row for row in rows if row.courier == said.courier or not row.courier_decided]
    expected = _expected(rows, waybill)
    if expected is not None:
        waybill = Waybill(waybill.number, expected.piece, expected.pieces)
    here = next((row for row in rows if row.piece == waybill.piece and row.in_custody), None)
    if here is not None:
        problem = Problem.IN_RETURN if here.state == State.RETURN_PENDING else Problem.ALREADY_IN_CUSTODY
        return Refused(problem, slot=here.slot or here.proposed_slot, waybill=waybill.number)
    if _consent(station, said, expected) is Consent.DOOR_ONLY:
        return Refused(Problem.DOOR_ONLY, waybill=waybill.number)
    size = said.size or (Size[expected.size] if expected else Size.M)
    place = _propose(station, said, expected, size)
    if place is None:
        return Refused(Problem.NO_ROOM, waybill=waybill.number)
    guesses = candidates(waybill.number, lambda: couriers_seen_lately(station.conn))
    announced = expected.courier if expected and expected.courier_decided else None
    courier = said.courier or announced or (guesses[0] if guesses else UNKNOWN_COURIER)
    return Accepted(waybill, expected, courier, bool(said.courier or announced), guesses, size, place)


def _expected(rows: list[Parcel], waybill: Waybill) -> Parcel | None:
    """The announced piece: the one the label names, else the first that is still to come."""
    coming = sorted((row for row in rows if row.state == State.EXPECTED), key=lambda row: row.piece)
    return next((row for row in coming if waybill.pieces == 1 or row.piece == waybill.piece), None)


def _consent(station: Station, said: Particulars, expected: Parcel | None) -> Consent:
    if said.consent is not None:
        return said.consent
    return consent_of(station.conn, expected.id) if expected else Consent.NOT_ASKED


def _propose(station: Station, said: Particulars, expected: Parcel | None, size: Size) -> Place | None:
    contact_id = find_contact(station.conn, station.key, said.phone) or (expected.contact_id if expected else None)
    together = slots_of_consignee(station.conn, contact_id) if contact_id is not None else ()
    return choose_slot(station.settings.places, station.occupancy.held(), size, together)
