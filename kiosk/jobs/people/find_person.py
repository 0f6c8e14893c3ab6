"""At the counter: somebody has lost the code and knows their phone, or the end of it, and perhaps one more thing."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.jobs.allowed import allowed
from kiosk.jobs.find_parcel import find_parcel, is_about
from kiosk.jobs.shelf.listed import ListedParcel, listed
from kiosk.jobs.shelf.walk import light_walk
from kiosk.jobs.station import Station
from kiosk.parcels.canonical import canonical
from kiosk.parcels.codes import plain
from kiosk.parcels.couriers import read_courier
from kiosk.parcels.looks import Look
from kiosk.parcels.phones import Phone, may_be
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.store.tables.contacts import find_contact, number_of, with_number
from kiosk.store.tables.parcels import Parcel, by_tail, of_contact


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """Parcels that are here, out or expected for a phone; their slots are lit. One person's stand together: `people`
    says how many are whose, in the order of `parcels`. Where of a phone only its end is known, each parcel may be
    another person's.

    `perhaps`: beside those of a whole number, what came with no more than its last 4 digits. `is_proven`: more was said
    than these digits.
    """

    parcels: tuple[ListedParcel, ...]
    look: Look | None = None
    people: tuple[int, ...] = ()
    perhaps: tuple[ListedParcel, ...] = ()
    is_proven: bool = False

    def by_person(self) -> tuple[tuple[ListedParcel, ...], ...]:
        ends = [sum(self.people[: n + 1]) for n in range(len(self.people))]
        return tuple(self.parcels[end - count : end] for end, count in zip(ends, self.people, strict=True))


_SHORTEST_FACT = 3  # characters of a waybill or code


@allowed(StationEvent.FIND_PERSON)
def find_person(
    station: Station, phone: Phone, fact: str = "", masked: str = "", *, lit: bool = True
) -> PeopleFound | Refused:
    """`phone`: the number, or its last 4 digits; `fact`: the courier, a part of the waybill or of the code, or which
    one of several people; `masked`: as it was read, whose other digits rule people out. A look is for staff to take,
    and is on record; whoever is handed something is asked for more.
    """
    fact = plain(fact).strip()
    chosen = int(fact) or None if fact.isdecimal() and len(fact) < _SHORTEST_FACT else None
    courier = None if chosen else read_courier(fact)
    if fact and chosen is None and courier is None and len(fact) < _SHORTEST_FACT:
        return Refused(Problem.NEEDS_SECOND_FACT)
    if phone.tail is None:
        return Refused(Problem.BAD_PHONE)
    with station.transaction():
        known = [row for row in by_tail(station.conn, phone.tail) if chosen or not fact or _fits(row, courier, fact)]
        theirs, perhaps = _told_apart(station, phone, _not_ruled_out(station, known, masked))
        people = _by_person(theirs)
        if chosen is not None:
            people, perhaps = people[chosen - 1 : chosen], []
        _note(station, [*theirs, *perhaps])
        is_proven = phone.number is not None or (bool(fact) and chosen is None)
        found = station.keep(_found(station, people, perhaps, is_proven=is_proven))
    return _lit(station, found, lit=lit)


@allowed(StationEvent.FIND_PERSON)
def find_person_of(station: Station, scan: Scan) -> PeopleFound | Refused:
    """Whatever else is here for the person of this parcel, who is known by it."""
    with station.transaction():
        parcel = find_parcel(station, scan, lambda _: True, latest=True)
        if isinstance(parcel, Refused):
            return parcel
        if parcel.contact_id is None:
            return Refused(Problem.NOBODY_KNOWN, waybill=parcel.numbered_waybill)
        theirs = [row for row in of_contact(station.conn, parcel.contact_id) if is_about(row)]
        _note(station, theirs)
        found = station.keep(_found(station, [theirs] if theirs else [], [], is_proven=True))
    return _lit(station, found)


def _not_ruled_out(station: Station, known: list[Parcel], masked: str) -> list[Parcel]:
    people = {row.contact_id for row in known if row.contact_id is not None} if masked else set()
    numbers = {contact: number_of(station.conn, station.key, contact) for contact in people}
    others = {contact for contact, number in numbers.items() if number and not may_be(number, masked)}
    return [row for row in known if row.contact_id not in others]


def _told_apart(station: Station, phone: Phone, known: list[Parcel]) -> tuple[list[Parcel], list[Parcel]]:
    """Of a whole number: this person's, and what may be theirs. Of its end: everybody's."""
    if phone.number is None:
        return known, []
    contact_id = find_contact(station.conn, station.key, phone)
    theirs = [row for row in known if row.contact_id == contact_id]
    others = with_number(station.conn, [row.contact_id for row in known if row.contact_id is not None])
    perhaps = [row for row in known if row.contact_id not in others]
    return (theirs, perhaps) if theirs else (perhaps, [])


def _by_person(rows: Sequence[Parcel]) -> list[list[Parcel]]:
    people: dict[int | None, list[Parcel]] = {}
    for row in rows:
        people.setdefault(row.contact_id, []).append(row)
    return list(people.values())


def _note(station: Station, rows: Sequence[Parcel]) -> None:
    """Who was looked at: not by whom they are known."""
    contacts = sorted({row.contact_id for row in rows if row.contact_id is not None})
    station.record_about(StationEvent.FIND_PERSON, Subject.STATION, None, {}, facts={"seen": contacts})


def _found(
    station: Station, people: Sequence[Sequence[Parcel]], perhaps: Sequence[Parcel], *, is_proven: bool
) -> PeopleFound:
    parcels = tuple(listed(station, row) for person in people for row in person)
    counts = tuple(map(len, people))
    return PeopleFound(parcels, None, counts, tuple(listed(station, row) for row in perhaps), is_proven)


def _lit(station: Station, found: PeopleFound, *, lit: bool = True) -> PeopleFound | Refused:
    if not found.parcels:
        return Refused(Problem.NOBODY_FITS)
    if not lit:
        return found
    wanted = [(one.parcel_id, one.slot) for one in (*found.parcels, *found.perhaps) if one.slot]
    look = light_walk(station, wanted)
    return PeopleFound(found.parcels, look, found.people, found.perhaps, found.is_proven)


def _fits(parcel: Parcel, courier: str | None, fact: str) -> bool:
    if courier is not None:
        return parcel.courier == courier
    return any(fact in number for number in _numbers(parcel))


def _numbers(parcel: Parcel) -> list[str]:
    numbers = [number for number in (parcel.waybill, parcel.second_waybill) if number]
    return [*numbers, *map(canonical, numbers), parcel.code or ""]
