"""What a clerk is shown of a parcel that is here or has left, and what is at hand after it."""

from collections.abc import Callable

import pytest

from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.keeping.hold import hold, mark_missing, start_return
from kiosk.jobs.records.look_up import ParcelStory
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import recognise
from kiosk.parcels.states import State
from kiosk.screens.desk.may_be_back import ANSWERED_WITHIN_S, DOUBLE_READ_S
from kiosk.text import Language
from kiosk.text.answers.parts import Mood
from tests.conftest import Hands
from tests.jobs.asking import row, why
from tests.screens.desk.clerk import Clerk

SF, YT = "SF1000000000001", "YT7000000051111"
PHONE = "13800001234"
Shelve = Callable[..., CheckedIn]


@pytest.fixture
def clerk(station: Station, hands: Hands) -> Clerk:
    return Clerk(station, hands)


def collected(station: Station, shelved: Shelve, number: str = SF) -> None:
    shelved(number, PHONE)
    check_out(station, recognise(number), at_counter=True)


@pytest.mark.parametrize("batch", ["", "batch SF 3", "batch STO", "交接"])
def test_what_has_left_is_shown_and_comes_in_when_scanned_again(
    station: Station, shelved: Shelve, clerk: Clerk, batch: str
) -> None:
    collected(station, shelved)
    if batch:
        clerk.scan(batch)
    told = clerk.sees(SF)
    assert (told.word, told.mood) == ("HAS LEFT", Mood.DOUBTFUL)
    assert "*******1234" in told.lines[0] and "picked up 2026-11-22 16:00 by staff@t1" in told.lines[1]
    assert row(station, SF).state == State.PICKED_UP
    back = clerk.scan(SF)
    assert isinstance(back, CheckedIn)
    now = row(station, SF)
    assert now.contact_id is not None and now.batch_id == clerk.sheet


def test_a_label_that_was_read_twice_is_no_answer(station: Station, shelved: Shelve, clerk: Clerk) -> None:
    collected(station, shelved)
    clerk.scan(SF)
    for _ in range(5):  # held below the scanner
        assert isinstance(clerk.scan(SF, DOUBLE_READ_S / 2), ParcelStory)
    assert isinstance(clerk.scan(SF, DOUBLE_READ_S + 0.01), CheckedIn)


def test_a_hurried_second_scan_is_an_answer_and_a_word_is_at_once(
    station: Station, shelved: Shelve, clerk: Clerk
) -> None:
    for number, answer, after_s in ((SF, SF, 0.5), (YT, "sure", 0.1)):
        collected(station, shelved, number)
        clerk.scan(number)
        assert isinstance(clerk.scan(answer, after_s), CheckedIn)


@pytest.mark.parametrize("number", ["6901234567892", "1395555000", "13955550001234"[:12]])
def test_what_looks_like_something_else_is_taken_in_by_a_word_alone(
    station: Station, clerk: Clerk, number: str
) -> None:
    for _ in range(3):
        told = clerk.sees(number)
        assert told.mood is Mood.BAD and "If it is the waybill all the same: sure" in told.lines
    assert isinstance(clerk.scan("sure"), CheckedIn) and row(station, number).state == State.CHECKED_IN
    clerk.scan("undo")
    assert why(clerk.scan("sure")) is Problem.EMPTY_SCAN


@pytest.mark.parametrize("slip", ["1380000333", "138000033330", "1580000333", "199123456789"])
def test_a_mistyped_phone_takes_nothing_of_what_was_said(station: Station, clerk: Clerk, slip: str) -> None:
    clerk.scan("13800003333")
    assert why(clerk.scan(slip)) is Problem.PHONE_MISTYPED
    taken_in = clerk.scan(SF)
    assert isinstance(taken_in, CheckedIn) and taken_in.phone_tail == "3333"


@pytest.mark.parametrize("between", ["free", "map", YT, "report", "hold"])
def test_only_right_after_it_was_asked(station: Station, shelved: Shelve, clerk: Clerk, between: str) -> None:
    collected(station, shelved)
    clerk.scan(SF)
    clerk.scan(between)
    assert isinstance(clerk.scan(SF), ParcelStory)
    assert isinstance(clerk.scan(SF, ANSWERED_WITHIN_S + 1), ParcelStory)


def test_a_second_one_that_has_left_is_asked_about_itself(station: Station, shelved: Shelve, clerk: Clerk) -> None:
    for number in (SF, YT):
        collected(station, shelved, number)
    for _ in range(3):
        assert isinstance(clerk.scan(SF), ParcelStory) and isinstance(clerk.scan(YT), ParcelStory)


@pytest.mark.parametrize("word", ["sure", "确认", f"sure {SF}"])
def test_a_word_is_an_answer_too(station: Station, shelved: Shelve, clerk: Clerk, word: str) -> None:
    collected(station, shelved)
    clerk.scan(SF)
    assert isinstance(clerk.scan(word), CheckedIn)
    assert why(clerk.scan("sure")) is Problem.EMPTY_SCAN


def test_whoever_comes_next_was_asked_nothing(station: Station, shelved: Shelve, clerk: Clerk) -> None:
    collected(station, shelved)
    clerk.scan(SF)
    for forget in (clerk.state.hand.clear, clerk.state.hand.drop):
        forget()
        assert isinstance(clerk.scan(SF), ParcelStory)


def test_what_is_here_is_shown_with_its_person_and_one_key_hands_it_over(
    station: Station, shelved: Shelve, clerk: Clerk
) -> None:
    slot = shelved(SF, PHONE).slot
    told = clerk.sees(SF)
    assert (told.word, told.mood, told.big) == ("PARCEL", Mood.CALM, slot)
    assert "*******1234" in told.lines[0] and "F5 hands it over." in told.lines
    assert [lit.slot for lit in station.leases.lit_slots()] == [slot]
    assert isinstance(clerk.scan("out"), HandedOver)


@pytest.mark.parametrize(
    ("do", "told"),
    [
        (lambda station: hold(station, recognise(SF), "damaged"), "End the hold with: release"),
        (lambda station: start_return(station, recognise(SF), "refused"), "If it is to stay: stay"),
        (lambda station: mark_missing(station, recognise(SF)), "found SLOT"),
    ],
)
def test_it_says_what_to_do_with_what_may_not_go(
    station: Station, shelved: Shelve, clerk: Clerk, do: Callable[[Station], object], told: str
) -> None:
    shelved(SF)
    do(station)
    for language in Language:
        clerk.state.language = language
        seen = clerk.sees(SF)
        assert seen.mood is Mood.DOUBTFUL
        assert language is Language.CHINESE or any(told in line for line in seen.lines)


def test_money_comes_before_the_key(station: Station, shelved: Shelve, clerk: Clerk) -> None:
    shelved(SF, cod_fen=1200)
    told = clerk.sees(SF)
    assert told.mood is Mood.DOUBTFUL and "Take the money and press F6, then F5." in told.lines


def test_of_a_batch_what_is_here_is_amber_with_its_slot(station: Station, shelved: Shelve, clerk: Clerk) -> None:
    slot = shelved(SF).slot
    clerk.scan("batch SF 2")
    told = clerk.sees(SF)
    assert (told.word, told.mood, told.big) == ("HERE ALREADY", Mood.DOUBTFUL, slot)
    assert clerk.state.hand.sheet and clerk.state.hand.sheet.scanned == 0


def test_what_waits_for_its_place_is_lit_again(clerk: Clerk) -> None:
    clerk.scan(SF)
    again = clerk.scan(SF)
    assert isinstance(again, CheckedIn) and again.again


def test_what_else_is_here_of_this_person_is_said(station: Station, shelved: Shelve, clerk: Clerk) -> None:
    shelved(SF, PHONE)
    slot = shelved(YT, PHONE).slot
    clerk.scan(SF)
    assert f"1 more of this person: {slot}" in clerk.sees("out").lines


def test_history_keeps_the_parcel_at_hand(station: Station, shelved: Shelve, clerk: Clerk) -> None:
    slot = shelved(SF).slot
    clerk.scan(SF)
    clerk.scan("history")
    assert clerk.state.hand.parcel == SF
    shelved(YT)
    clerk.scan(f"历史 {YT}")
    assert clerk.state.hand.parcel == YT
    clerk.scan(f"history {slot}")
    assert clerk.state.hand.parcel in (None, SF, YT)
    clerk.scan("free")
    assert clerk.state.hand.parcel is None


def test_a_closed_sheet_leads_back_to_the_one_before(clerk: Clerk) -> None:
    clerk.scan("batch SF 2")
    batch = clerk.sheet
    clerk.scan("returns SF")
    returns = clerk.sheet
    clerk.scan("count 3-2")
    assert len({batch, returns, clerk.sheet}) == 3
    clerk.scan("done")
    assert clerk.sheet == returns
    clerk.scan("done Li")
    assert clerk.sheet == batch
    clerk.scan(SF)
    assert row(clerk.station, SF).batch_id == batch


def test_a_sheet_is_left_open_one_by_one(clerk: Clerk) -> None:
    clerk.scan("batch SF 2")
    batch = clerk.sheet
    clerk.scan("count 3-2")
    clerk.scan(f"sheet {batch}")  # gone on with: it is on top
    clerk.state.hand.drop()
    assert clerk.sheet not in (None, batch)
    clerk.state.hand.drop()
    assert clerk.sheet is None


def test_a_sheet_that_was_closed_elsewhere_is_not_come_back_to(clerk: Clerk, second_desk: Station) -> None:
    clerk.scan("batch SF")
    batch = clerk.sheet
    clerk.scan("count 3-2")
    elsewhere = Clerk(second_desk, clerk.hands)
    elsewhere.scan(f"sheet {batch}")
    elsewhere.scan("done")
    clerk.scan("done")
    assert clerk.sheet is None


def test_after_a_lock_only_whoever_had_the_sheets_has_them_again(clerk: Clerk) -> None:
    for comes, is_same in (("staff-1", True), ("staff-2", False)):
        clerk.scan("batch SF 2")
        batch = clerk.sheet
        clerk.state.hand.clear("staff-1")
        assert clerk.sheet is None
        clerk.state.hand.come_back(comes)
        assert (clerk.sheet == batch) is is_same
        clerk.state.hand.clear()
    clerk.state.hand.come_back("staff-1")
    assert clerk.sheet is None
