"""Revealing: what is known of a parcel's people, unmasked, to staff; that they saw it is an event."""

from dataclasses import dataclass

from kiosk.jobs.allowed import allowed
from kiosk.jobs.find_parcel import find_parcel
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.states import Event
from kiosk.store.tables.contacts import Contact, read_contact
from kiosk.store.tables.parcels import collector_of


@dataclass(frozen=True, slots=True)
class Revealed:
    """`phone` and `email` are whole where they are known; `collector`: what staff saw of who collected instead."""

    waybill: str
    phone: str | None
    email: str | None
    address: str | None
    collector: str | None


@allowed(Event.REVEAL)
def reveal(station: Station, scan: Scan) -> Revealed | Refused:
    """For a call to the consignee, or a question of who took the parcel. The answer is not kept anywhere."""
    with station.transaction():
        parcel = find_parcel(station, scan, lambda _: True, latest=True)
        if isinstance(parcel, Refused):
            return parcel
        contact = read_contact(station.conn, station.key, parcel.contact_id)
        collector = read_contact(station.conn, station.key, collector_of(station.conn, parcel.id))
        if not _is_known(contact) and not _is_known(collector):
            return Refused(Problem.NOBODY_KNOWN, waybill=parcel.numbered_waybill)
        station.record(Event.REVEAL, parcel, {})
    phone = (contact.phone or contact.phone_tail) if contact else None
    email, address = (contact.email, contact.address) if contact else (None, None)
    return Revealed(parcel.numbered_waybill, phone, email, address, collector.name if collector else None)


def _is_known(contact: Contact | None) -> bool:
    return contact is not None and any(contact[1:])
