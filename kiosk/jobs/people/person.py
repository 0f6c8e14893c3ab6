"""A person's own request: everything that is known of a phone number or an address, or that it be forgotten."""

from dataclasses import dataclass

from kiosk.jobs.allowed import allowed
from kiosk.jobs.people.purge import Purged, erase, prove
from kiosk.jobs.records.look_up import ParcelStory, tell_one
from kiosk.jobs.station import Station
from kiosk.parcels.phones import Phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import State
from kiosk.store.tables.contacts import Contact, find_contact, known_by_email, read_contact
from kiosk.store.tables.parcels import Parcel, of_contact


@dataclass(frozen=True, slots=True)
class PersonFile:
    """All that the station keeps of one person; several phones, addresses or e-mail addresses with commas between."""

    phone: str
    address: str | None
    email: str | None
    parcels: tuple[ParcelStory, ...]


Identity = Phone | str  # a phone, or an e-mail address


@allowed(StationEvent.EXPORT_PERSON)
def export_person(station: Station, who: Identity) -> PersonFile | Refused:
    """What the person whose number or address this is may read of themselves."""
    with station.transaction():
        contacts = _contacts(station, who)
        if not contacts:
            return Refused(Problem.NOBODY_KNOWN)
        for contact in contacts:
            facts = {"contact": contact.id}
            station.record_about(StationEvent.EXPORT_PERSON, Subject.STATION, None, {}, facts=facts)
        parcels = [parcel for contact in contacts for parcel in of_contact(station.conn, contact.id)]
        stories = tuple(tell_one(station, parcel) for parcel in parcels)
    phones, addresses, emails = (
        ", ".join(dict.fromkeys(value for contact in contacts if (value := getattr(contact, name))))
        for name in ("phone", "address", "email")
    )
    return PersonFile(phones, addresses or None, emails or None, stories)


@allowed(StationEvent.ERASE_CONTACTS)
def erase_person(station: Station, who: Identity) -> Purged | Refused:
    """Forget the person now. Not while a parcel is here: it could not be handed over to them any more."""
    with station.transaction():
        contacts = _contacts(station, who)
        if not contacts:
            return Refused(Problem.NOBODY_KNOWN)
        numbers = [contact.id for contact in contacts]
        if any(_is_awaited(parcel) for number in numbers for parcel in of_contact(station.conn, number)):
            return Refused(Problem.STILL_IN_CUSTODY)
        traces = erase(station, numbers, "asked")
    plain = {text.encode() for contact in contacts for text in (contact.phone, contact.email) if text}
    return prove(station, len(numbers), [*traces, *plain])


def _contacts(station: Station, who: Identity) -> list[Contact]:
    """By an address everybody who gave it, with a phone or without; by a phone who has that one: parcels that came with
    the same address and no phone may be somebody else's, and are asked for by the address."""
    if isinstance(who, str):
        numbers = known_by_email(station.conn, station.key, who)
    else:
        number = find_contact(station.conn, station.key, who)
        numbers = [] if number is None else [number]
    found = (read_contact(station.conn, station.key, number) for number in numbers)
    return [contact for contact in found if contact is not None]


def _is_awaited(parcel: Parcel) -> bool:
    return parcel.in_custody or parcel.is_out or parcel.state == State.EXPECTED
