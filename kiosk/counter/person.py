"""A person at the counter: found by their phone, and handed all that is theirs with one word."""

from kiosk.counter.answers import StaffAnswer
from kiosk.counter.arguments import AtHand, Does
from kiosk.jobs.handing_over.hand_over_all import hand_over_all
from kiosk.jobs.people.find_person import PeopleFound, find_person, find_person_of
from kiosk.jobs.station import Station
from kiosk.parcels.phones import Phone, read_phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import recognise


def find(station: Station, at_hand: AtHand, argument: str) -> StaffAnswer:
    """`find 1234`, `find 138 0000 1234 SF`, `find 1234 2`; with nothing after it, whose the parcel at hand is."""
    if not argument.strip():
        of_it = at_hand.parcel
        return find_person_of(station, recognise(of_it)) if of_it else Refused(Problem.NO_PARCEL_AT_HAND)
    phone, fact, read = phone_and_fact(argument)
    return find_person(station, phone, fact, "" if phone.number else read) if phone else Refused(Problem.BAD_PHONE)


def hand_all(station: Station, at_hand: AtHand, argument: str) -> StaffAnswer:
    """`all`: everything of the person that was found; of `all 1234 SF` or `all 13800001234` nobody has seen the list,
    so the last 4 digits alone will not do."""
    if at_hand.people and phone_and_fact(argument)[0] is None:
        return _to_the_one(station, at_hand.people, argument)
    found = find(station, at_hand, argument)
    if not isinstance(found, PeopleFound):
        return found
    if not found.is_proven:
        return Refused(Problem.NEEDS_SECOND_FACT)
    return _to_the_one(station, ids_by_person(found), "")


def to_people_first(one: Does) -> Does:
    """Where people were found, a hand-over is about them; else it is the job that is given."""
    return lambda station, at_hand, argument: (
        _to_the_one(station, at_hand.people, argument) if at_hand.people else one(station, at_hand, argument)
    )


def ids_by_person(found: PeopleFound) -> tuple[tuple[int, ...], ...]:
    """The parcels' row ids."""
    return tuple(tuple(one.parcel_id for one in person) for person in found.by_person())


def _to_the_one(station: Station, people: tuple[tuple[int, ...], ...], proxy: str) -> StaffAnswer:
    if len(people) != 1:
        return Refused(Problem.SEVERAL_PEOPLE)
    return hand_over_all(station, people[0], proxy or None)


def phone_and_fact(argument: str) -> tuple[Phone | None, str, str]:
    """The longest beginning that is a phone, for people write it with spaces; what follows; and that beginning."""
    words = argument.split()
    for end in range(len(words), 0, -1):
        read = " ".join(words[:end])
        if phone := read_phone(read):
            return phone, " ".join(words[end:]), read
    return None, argument, ""
