"""Somebody has lost the code: whose parcels are here by their phone, and all of them in one hand-over."""

from collections.abc import Callable

import pytest

from kiosk.counter.arguments import AtHand
from kiosk.counter.person import find
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.handing_over.hand_over_all import AllHandedOver, hand_over_all
from kiosk.jobs.keeping.hold import hold
from kiosk.jobs.people.find_person import PeopleFound, find_person, find_person_of
from kiosk.jobs.records.look_up import list_events
from kiosk.jobs.records.undo import undo
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import Phone, read_phone
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import recognise
from kiosk.parcels.sheets import StationEvent
from kiosk.parcels.states import State
from kiosk.safety.verify import verify
from tests.jobs.asking import done, row, why

A, B, C, D = "SF1000000000001", "YT1000000000001", "73100000000001", "SF1000000000004"
Shelve = Callable[..., CheckedIn]


def phone(text: str) -> Phone:
    found = read_phone(text)
    assert found is not None
    return found


def numbers(found: PeopleFound) -> list[list[str]]:
    return [[one.waybill for one in person] for person in found.by_person()]


def ids(station: Station, *waybills: str) -> list[int]:
    return [row(station, waybill).id for waybill in waybills]


@pytest.mark.parametrize(("known", "is_proven"), [("13800001234", True), ("1234", False), ("138****1234", False)])
def test_a_persons_parcels_are_listed_and_lit(station: Station, shelved: Shelve, known: str, is_proven: bool) -> None:
    slots = [shelved(number, "13800001234").slot for number in (A, B)]
    shelved(C, "13800005678")
    found = done(find_person(station, phone(known)))
    assert numbers(found) == [[A, B]] and found.is_proven is is_proven
    assert {lit.slot for lit in station.leases.lit_slots()} == set(slots)
    assert {one.phone for one in found.parcels} == {"*******1234"}


@pytest.mark.parametrize(
    ("masked", "theirs"),
    [
        ("138****1234", [[A], [C]]), ("139****1234", [[B], [C]]), ("137****1234", [[C]]),
        ("+86-139****1234", [[B], [C]]), ("138 **** 1234", [[A], [C]]), ("1380***1234", [[A], [C]]),
        ("138xxxx1234", [[A], [C]]), ("138****51234", [[C]]),
        ("*******1234", [[A], [B], [C]]), ("1234", [[A], [B], [C]]),
    ],
)  # fmt: skip
def test_what_a_mask_shows_rules_other_people_out(
    station: Station, shelved: Shelve, masked: str, theirs: list[list[str]]
) -> None:
    """Of C no more than the last 4 digits is known, so it may be anybody's who has them."""
    for waybill, whole in ((A, "13800001234"), (B, "13900001234"), (C, "1234")):
        shelved(waybill, whole)
    found = find(station, AtHand(), masked)
    assert isinstance(found, PeopleFound) and numbers(found) == theirs and not found.is_proven


def test_the_look_is_on_record_and_tells_nothing_of_a_person(station: Station, shelved: Shelve) -> None:
    shelved(A, "13800001234")
    done(find_person(station, phone("13800001234")))
    assert why(find_person(station, phone("13900009876"))) is Problem.NOBODY_FITS
    looks = [event for event in list_events(station) if event.event == StationEvent.FIND_PERSON]
    assert [(event.who, event.changes) for event in looks] == [
        ("staff", {"seen": [row(station, A).contact_id]}), ("staff", {"seen": []}),
    ]  # fmt: skip
    assert verify(station).violations == ()


def test_two_people_are_told_apart(station: Station, shelved: Shelve) -> None:
    for number, whose in ((A, "13800001234"), (B, "13900001234"), (C, "13800001234")):
        shelved(number, whose)
    assert numbers(done(find_person(station, phone("1234")))) == [[A, C], [B]]
    assert numbers(done(find_person(station, phone("1234"), "2"))) == [[B]]
    assert numbers(done(find_person(station, phone("1234"), "圆通"))) == [[B]]
    assert numbers(done(find_person(station, phone("13800001234")))) == [[A, C]]
    assert why(find_person(station, phone("1234"), "3")) is Problem.NOBODY_FITS


def test_where_only_the_end_is_known_each_may_be_anothers(station: Station, shelved: Shelve) -> None:
    for number in (A, B):
        shelved(number, "1234")
    assert numbers(done(find_person(station, phone("1234")))) == [[A], [B]]
    shelved(C, "13800001234")
    found = done(find_person(station, phone("13800001234")))
    assert numbers(found) == [[C]] and [one.waybill for one in found.perhaps] == [A, B]
    found = done(find_person(station, phone("13900001234")))  # somebody else's, who may be meant by the end
    assert numbers(found) == [[A], [B]] and found.perhaps == ()


@pytest.mark.parametrize("fact", ["%", "S", "1-", "0"])
def test_too_little_is_no_second_fact(station: Station, shelved: Shelve, fact: str) -> None:
    shelved(A, "13800001234")
    assert why(find_person(station, phone("1234"), fact)) is Problem.NEEDS_SECOND_FACT


def test_a_part_of_a_number_is_one(station: Station, shelved: Shelve) -> None:
    code = shelved(A, "13800001234").code
    shelved(B, "13900001234")
    assert numbers(done(find_person(station, phone("1234"), code[-4:]))) == [[A]]
    assert numbers(done(find_person(station, phone("1234"), "00000001"))) == [[A], [B]]
    assert why(find_person(station, phone("1234"), "JD")) is Problem.NOBODY_FITS


def test_what_is_expected_is_listed_too(station: Station) -> None:
    announce(station, f"waybill,courier,phone\n{A},SF,13800001234\n".encode())
    assert [one.state for one in done(find_person(station, phone("1234"))).parcels] == [State.EXPECTED]


def test_whose_a_parcel_is_tells_what_else_is_here(station: Station, shelved: Shelve) -> None:
    for number in (A, B):
        shelved(number, "13800001234")
    check_out(station, recognise(A), at_counter=True)
    assert numbers(done(find_person_of(station, recognise(A)))) == [[B]]
    shelved(C)
    assert why(find_person_of(station, recognise(C))) is Problem.NOBODY_KNOWN


def test_all_that_may_leave_does_and_the_rest_is_told_apart(station: Station, shelved: Shelve) -> None:
    shelved(A, "13800001234")
    shelved(B, "13800001234", cod_fen=1200)
    shelved(C, "13800001234")
    hold(station, recognise(C), "damaged")
    done(check_in(station, recognise(D), Particulars(phone=phone("13800001234"))))  # in the clerk's hand still
    done(find_person(station, phone("1234")))
    answer = done(hand_over_all(station, ids(station, A, B, C, D)))
    assert [one.waybill for one in answer.parcels] == [A, D]
    assert [(one.waybill, one.due_fen, one.held_for) for one in answer.stayed] == [(B, 1200, None), (C, 0, "damaged")]
    assert [row(station, number).state for number in (A, B, C, D)] == ["PICKED_UP", "SHELVED", "SHELVED", "PICKED_UP"]
    assert {lit.slot for lit in station.leases.lit_slots()} == {row(station, B).slot, row(station, C).slot}
    assert verify(station).violations == ()


def test_it_is_taken_back_one_by_one(station: Station, shelved: Shelve) -> None:
    for number in (A, B):
        shelved(number, "13800001234")
    done(hand_over_all(station, ids(station, A, B), "neighbour"))
    assert why(find_person(station, phone("1234"))) is Problem.NOBODY_FITS  # a look is nothing to take back
    for _ in range(2):
        done(undo(station))
    assert {row(station, number).state for number in (A, B)} == {State.SHELVED}


def test_nothing_is_handed_over_twice(station: Station, shelved: Shelve) -> None:
    shelved(A, "13800001234")
    assert isinstance(hand_over_all(station, ids(station, A)), AllHandedOver)
    again = hand_over_all(station, ids(station, A))
    assert isinstance(again, AllHandedOver) and again.parcels == () and len(again.stayed) == 1
    assert why(hand_over_all(station, [])) is Problem.NO_PARCEL_AT_HAND


def test_the_light_of_what_was_handed_over_at_the_counter_goes_out(station: Station, shelved: Shelve) -> None:
    shelved(A, "13800001234")
    done(find_person(station, phone("1234")))
    assert station.leases.lit_slots()
    assert isinstance(check_out(station, recognise(A), at_counter=True), HandedOver)
    assert station.leases.lit_slots() == ()
