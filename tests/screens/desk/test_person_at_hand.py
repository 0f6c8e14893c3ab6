"""A person at the counter who has lost the code: four digits and one key."""

from collections.abc import Callable

import pytest

from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.handing_over.hand_over_all import AllHandedOver
from kiosk.jobs.people.find_person import PeopleFound
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.problems import Problem
from kiosk.parcels.states import State
from kiosk.text import Language
from kiosk.text.answers.parts import Mood
from tests.conftest import Hands
from tests.jobs.asking import row, why
from tests.screens.desk.clerk import Clerk

A, B, C = "SF1000000000001", "YT1000000000001", "73100000000001"
Shelve = Callable[..., CheckedIn]


@pytest.fixture
def clerk(station: Station, hands: Hands) -> Clerk:
    return Clerk(station, hands)


@pytest.mark.parametrize(
    "typed", ["find 1234", "find 13800001234", "find 138 0000 1234", "查找 1234", "查件1234", "cz 1234", "find 1234 SF"]
)
def test_one_key_hands_all_over(clerk: Clerk, shelved: Shelve, typed: str) -> None:
    for number in (A, "SF1000000000002"):
        shelved(number, "13800001234")
    assert isinstance(clerk.scan(typed), PeopleFound)
    answer = clerk.scan("out")
    assert isinstance(answer, AllHandedOver) and len(answer.parcels) == 2 and answer.stayed == ()
    assert why(clerk.scan("all")) is Problem.NO_PARCEL_AT_HAND  # nobody is at hand any more


def test_what_is_asked_for_stands_on_the_card(clerk: Clerk, shelved: Shelve) -> None:
    for number in (A, B):
        shelved(number, "13800001234")
    by_tail, by_number = clerk.sees("find 1234"), clerk.sees("find 13800001234")
    assert by_tail.word == "PERSON" and any("one thing more" in line for line in by_tail.lines)
    assert not any("one thing more" in line for line in by_number.lines)
    assert "F5 hands over what may leave." in by_number.lines and len(by_number.table) == 2
    clerk.state.language = Language.CHINESE
    assert clerk.sees("查找 1234").word == "收件人"


def test_nobody_is_handed_what_may_be_another_persons(clerk: Clerk, shelved: Shelve) -> None:
    shelved(A, "13800001234")
    shelved(B, "13900001234")
    told = clerk.sees("find 1234")
    assert (told.word, told.mood) == ("SEVERAL PEOPLE", Mood.DOUBTFUL)
    assert [line[:2] for line in told.table] == ["1)", "2)"]
    for word in ("out", "all"):
        clerk.scan("find 1234")
        assert why(clerk.scan(word)) is Problem.SEVERAL_PEOPLE
    assert {row(clerk.station, number).state for number in (A, B)} == {State.SHELVED}
    clerk.scan("find 1234 2")
    assert isinstance(clerk.scan("out"), HandedOver)
    assert [row(clerk.station, number).state for number in (A, B)] == [State.SHELVED, State.PICKED_UP]


def test_what_stays_for_money_is_at_hand(clerk: Clerk, shelved: Shelve) -> None:
    shelved(A, "13800001234")
    shelved(B, "13800001234", cod_fen=500)
    clerk.scan("find 1234")
    told = clerk.sees("out")
    assert (told.word, told.mood) == ("HANDED OVER", Mood.DOUBTFUL)
    assert "Take the money and press F6, then F5." in told.lines and any("5.00" in line for line in told.table)
    clerk.scan("pay")
    assert isinstance(clerk.scan("out"), HandedOver)


def test_a_scan_of_a_parcel_is_about_that_parcel(clerk: Clerk, shelved: Shelve) -> None:
    for number in (A, B):
        shelved(number, "13800001234")
    clerk.scan("find 1234")
    clerk.scan(A)
    assert isinstance(clerk.scan("out"), HandedOver)
    assert row(clerk.station, B).state == State.SHELVED


@pytest.mark.parametrize("between", ["free", "map", "report", "history 1-1-1"])
def test_after_something_else_nobody_is_at_hand(clerk: Clerk, shelved: Shelve, between: str) -> None:
    for number in (A, B):
        shelved(number, "13800001234")
    clerk.scan("find 1234")
    clerk.scan(between)
    clerk.scan("out")
    assert {row(clerk.station, number).state for number in (A, B)} == {State.SHELVED}


def test_with_one_word_only_whoever_is_proven(clerk: Clerk, shelved: Shelve) -> None:
    for number in (A, B, C):
        shelved(number, "13800001234")
    assert why(clerk.scan("all 1234")) is Problem.NEEDS_SECOND_FACT
    assert isinstance(clerk.scan("all 1234 SF"), AllHandedOver)
    assert [row(clerk.station, number).state for number in (A, B)] == [State.PICKED_UP, State.SHELVED]
    assert isinstance(clerk.scan("全部出库 13800001234"), AllHandedOver)
    assert row(clerk.station, C).state == State.PICKED_UP


def test_whose_a_code_is_has_all_of_theirs_at_hand(clerk: Clerk, shelved: Shelve) -> None:
    codes = [shelved(number, "13800001234").code for number in (A, B)]
    clerk.scan(codes[0])
    assert isinstance(clerk.scan("find"), PeopleFound)
    answer = clerk.scan("out neighbour")
    assert isinstance(answer, AllHandedOver) and len(answer.parcels) == 2
