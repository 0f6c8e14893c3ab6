"""A person's own request: everything that is known of a phone number, or that it be forgotten."""

from dataclasses import dataclass

from kiosk.jobs.allowed import allowed
from kiosk.jobs.look_up import ParcelStory, tell_one
from kiosk.jobs.purge import Purged, erase, prove
from kiosk.jobs.station import Station
from kiosk.parcels.phones import Phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import State
from kiosk.store.contacts import find_contact, read_contact
from kiosk.store.parcels import Parcel, of_contact


@dataclass(frozen=True, slots=True)
class PersonFile:
    """All that the station keeps of one person."""

    phone: str
    address: str | None
    email: str | None
    parcels: tuple[ParcelStory, ...]


@allowed(StationEvent.EXPORT_PERSON)
def export_person(station: Station, phone: Phone) -> PersonFile | Refused:
    """What the person whose number this is may read of himself."""
    with station.transaction():
        number = find_contact(station.conn, station.key, phone)
        contact = read_contact(station.conn, station.key, number)
        if contact is None:
            return Refused(Problem.NOBODY_KNOWN)
        facts = {"contact": contact.id}
        station.record_about(StationEvent.EXPORT_PERSON, Subject.STATION, None, {}, facts=facts)
        stories = tuple(tell_one(station, parcel) for parcel in of_contact(station.conn, contact.id))
    return PersonFile(phone.number or "", contact.address, contact.email, stories)


@allowed(StationEvent.ERASE_CONTACTS)
def erase_person(station: Station, phone: Phone) -> Purged | Refused:
    """Forget the person now. Not while a parcel is here: it could not be handed over to him any more."""
    with station.transaction():
        number = find_contact(station.conn, station.key, phone)
        if number is None:
            return Refused(Problem.NOBODY_KNOWN)
        if any(_is_awaited(parcel) for parcel in of_contact(station.conn, number)):
            return Refused(Problem.STILL_IN_CUSTODY)
        contact = read_contact(station.conn, station.key, number)
        traces = erase(station, [number], "asked")
    plain = (phone.number, contact.email if contact else None)
    return prove(station, 1, [*traces, *(text.encode() for text in plain if text)])


def _is_awaited(parcel: Parcel) -> bool:
    return parcel.in_custody or parcel.is_out or parcel.state == State.EXPECTED
