"""What is said before an item belongs to it, what is said after it too; and neither overrules what is certain."""

import pytest

from kiosk.counter.answers import GivenTo, Said, WhoseAsked
from kiosk.jobs.records.undo import Undone
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.whose import Whose
from kiosk.parcels.consents import Consent
from kiosk.parcels.problems import Problem
from kiosk.parcels.roles import Role
from kiosk.text import Language, words
from kiosk.text.answers.any_answer import words_of
from kiosk.text.answers.parts import Mood, Words
from tests.jobs.asking import colleague, row, why
from tests.screens.desk.desk_day import DeskDay, on_record

A, B, C = "YT7000000000001", "YT7000000000002", "YT7000000000003"
ONE, TWO, THREE = "13800001111", "13800002222", "13800003333"


@pytest.fixture
def day(station: Station) -> DeskDay:
    return DeskDay(station)


def phone_of(day: DeskDay, waybill: str) -> str | None:
    return on_record(day.station, waybill)[1]


def card(day: DeskDay, text: str) -> Words:
    return words_of(words(Language.ENGLISH), day.types(text))


def came_in(day: DeskDay, text: str) -> CheckedIn:
    answer = day.types(text)
    assert isinstance(answer, CheckedIn), answer
    return answer


@pytest.mark.parametrize("word", ["laundry 29.90 Clean&Co", "order 5 Bakery", "reward", "洗衣 29.90", "订单 5"])
def test_a_phone_is_used_up_by_whatever_comes_in(day: DeskDay, word: str) -> None:
    day.types(THREE)
    assert came_in(day, word).phone_tail == "3333"
    assert came_in(day, A).whose is Whose.NOBODY
    assert phone_of(day, A) is None


@pytest.mark.parametrize(
    "between",
    ["releasee", "\x01garbled", "SLOT:1-1-1", "report", "undo", "9-9-0000", "13800003333 L", "laundry -5 x", "size Q"],
)
def test_nothing_else_takes_or_loses_it(day: DeskDay, between: str) -> None:
    day.types(ONE)
    day.presses("f4")
    day.types(between)
    day.presses("f2")
    came_in(day, A)
    assert on_record(day.station, A)[1:] == (ONE, Consent.GIVEN)
    came_in(day, B)
    assert on_record(day.station, B)[1:] == (None, Consent.NOT_ASKED)


def test_a_lock_drops_it(day: DeskDay, station: Station) -> None:
    colleague(station, "7", "Wang", Role.MANAGER, "271828")
    day.types(ONE)
    day.presses("f12")
    assert day.state.locked
    day.types("7 271828")
    assert came_in(day, A).whose is Whose.NOBODY


def test_a_phone_after_its_waybill_goes_to_that_parcel(day: DeskDay) -> None:
    for waybill, phone in ((A, ONE), (B, TWO), (C, THREE)):
        assert "NO PHONE" in "".join(card(day, waybill).lines)
        told = card(day, phone)
        assert told.lines[0] == f"*******{phone[-4:]} → {waybill}"
        assert f"138 {phone[3:7]} {phone[7:]}" in told.lines[1]
    assert [phone_of(day, waybill) for waybill in (A, B, C)] == [ONE, TWO, THREE]


def test_after_a_parcel_with_another_phone_is_asked_whose_it_is(day: DeskDay) -> None:
    announce(day.station, f"waybill,phone\n{A},{ONE}\n".encode())
    assert "Consignee *******1111  as announced" in card(day, A).lines
    asked = card(day, TWO)
    assert asked.mood is Mood.DOUBTFUL and phone_of(day, A) == ONE
    held_up = day.types(B)
    assert isinstance(held_up, WhoseAsked) and held_up.held_up == B
    day.types("next")
    came_in(day, B)
    assert (phone_of(day, A), phone_of(day, B)) == (ONE, TWO)
    day.types(A)  # what is at hand is looked at, and takes nothing


def test_the_phone_of_an_announced_parcel_is_overruled_by_a_word_only(day: DeskDay) -> None:
    announce(day.station, f"waybill,phone\n{A},{ONE}\n{B},{ONE}\n".encode())
    day.types(TWO)
    assert isinstance(day.types(A), WhoseAsked) and row(day.station, A).checked_in_at is None
    assert isinstance(day.types(A), WhoseAsked)  # a barcode that is read twice is no answer
    assert isinstance(day.types("2"), CheckedIn) and phone_of(day, A) == ONE
    assert day.said.phone is not None
    assert isinstance(day.types(B), WhoseAsked)
    answer = day.types("1")
    assert isinstance(answer, CheckedIn) and (answer.other_tail, phone_of(day, B)) == ("1111", TWO)
    assert words_of(words(Language.ENGLISH), answer).mood is Mood.DOUBTFUL


@pytest.mark.parametrize(("announced", "said"), [(ONE, "1111"), ("138****1111", ONE), (ONE, "+86 138 0000 1111")])
def test_digits_that_fit_ask_nothing_and_lose_nothing(day: DeskDay, announced: str, said: str) -> None:
    announce(day.station, f"waybill,phone\n{A},{announced}\n{B},{announced}\n".encode())
    day.types(said)
    came_in(day, A)
    day.presses("escape")
    came_in(day, B)
    day.types(said)
    assert phone_of(day, A) == phone_of(day, B) == ONE


def test_what_was_given_can_be_given_on_and_undone(day: DeskDay) -> None:
    came_in(day, A)
    assert isinstance(day.types(ONE), GivenTo)
    assert isinstance(day.types("下件"), Said) and phone_of(day, A) is None
    came_in(day, B)
    assert phone_of(day, B) == ONE
    came_in(day, C)
    day.types(TWO)
    assert isinstance(day.types("2"), Said)  # the clerk says it before the waybill: so it was asked
    day.types("this")
    assert phone_of(day, C) == TWO
    assert isinstance(day.types("undo"), Undone) and phone_of(day, C) is None


def test_an_email_before_and_a_phone_after_are_of_one_person(day: DeskDay) -> None:
    came_in(day, A)
    day.types("wang@example.org")
    day.types(ONE)
    answer = came_in(day, A)
    assert (answer.again, answer.phone_tail, answer.is_told) == (True, "1111", True)


def test_a_courier_yields_to_what_is_certain(day: DeskDay) -> None:
    announce(day.station, b"waybill,courier\n771234567890123,STO\n")
    assert came_in(day, A).courier == "YTO"
    day.types("顺丰")
    again = came_in(day, A)
    assert again.again and row(day.station, A).courier == "YTO"
    other = came_in(day, B)
    assert (other.courier, other.passed_over) == ("YTO", {"courier": "SF"})
    assert words_of(words(Language.CHINESE), other).mood is Mood.DOUBTFUL
    assert came_in(day, "771234567890123").courier == "STO"
    assert came_in(day, "771234567890124").courier == "SF"
    assert day.said.courier == "SF"


@pytest.mark.parametrize(
    ("word", "due_fen", "shop"),
    [
        ("laundry Clean 29.90", 2990, "Clean"), ("order Wu Ji 5元", 500, "Wu Ji"), ("laundry 29.90 Wu", 2990, "Wu"),
        ("order 7-Eleven", 0, "7-Eleven"), ("reward Studio 54", 0, "Studio 54"), ("laundry ¥5", 500, "courier unknown"),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_front_and_behind(day: DeskDay, word: str, due_fen: int, shop: str) -> None:
    answer = came_in(day, word)
    assert (answer.due_fen, words_of(words(Language.ENGLISH), answer).lines[0].split("  ")[0]) == (due_fen, shop)


@pytest.mark.parametrize(
    "word", ["laundry -5 x", "laundry x -5", "order 29,90 x", "order x 29,90", "洗衣 x −5", "reward +5"]
)
def test_what_is_no_amount_is_refused(day: DeskDay, word: str) -> None:
    assert why(day.types(word)) is Problem.BAD_AMOUNT


def test_nothing_said_is_nobodys(day: DeskDay) -> None:
    assert why(day.types("this")) is Problem.NO_PARCEL_AT_HAND
    came_in(day, A)
    assert isinstance(day.types("this"), Said) and isinstance(day.types("next"), Said)
    assert isinstance(day.types(ONE), GivenTo) and phone_of(day, A) is not None


def test_a_batch_yields_to_the_only_manifest_that_knows_the_number(day: DeskDay) -> None:
    announce(day.station, f"waybill,courier,phone\n{A},YTO,{ONE}\n431234567890123,Yunda,{TWO}\n".encode())
    day.types("batch STO 3")
    other = came_in(day, A)
    assert (other.courier, other.phone_tail, other.passed_over) == ("YTO", "1111", {"courier": "STO"})
    assert words_of(words(Language.ENGLISH), other).mood is Mood.DOUBTFUL
    assert came_in(day, "431234567890123").phone_tail == "2222"
    assert came_in(day, "771234567890124").courier == "STO"
    assert not [one for one in (A, "431234567890123") if row(day.station, one).batch_id is None]


def test_a_driver_who_comes_with_a_batch_ends_the_courier_that_was_said(day: DeskDay) -> None:
    day.types("顺丰")
    day.types(ONE)
    day.types("batch ZTO 2")
    assert day.said.courier is None and day.said.phone is not None
    assert came_in(day, "73123456789012").courier == "ZTO"


@pytest.mark.parametrize(
    ("read", "whole"),
    [("T7000000000003", C), ("7312345678901", "73123456789012"), ("F1000000000001", "SF1000000000001"),
     ("YT700000000000", "YT700000000000…"), ("DX012345678901", "JDX012345678901")],
)  # fmt: skip
def test_a_half_read_barcode_is_amber(day: DeskDay, read: str, whole: str) -> None:
    announce(day.station, b"waybill\n73123456789012\n")
    told = card(day, read)
    assert told.mood is Mood.DOUBTFUL and any(whole in line for line in told.lines)


@pytest.mark.parametrize("text", ["0571-88888888", "(0571)88888888", "010 62345678", "13800003333 L"])
def test_what_is_no_mobile_phone_never_becomes_a_parcel(day: DeskDay, text: str) -> None:
    assert why(day.types(text)) is Problem.BAD_PHONE


def test_each_preset_is_answered_and_an_old_refusal_goes(day: DeskDay) -> None:
    for text in ("顺丰", ONE, "wang@example.org"):
        day.types("releasee")
        assert card(day, text).mood is Mood.CALM
    for key in ("f3", "f4"):
        day.types("releasee")
        day.presses(key)
        assert isinstance(day.newest, Said)
    told = words_of(words(Language.ENGLISH), day.types(TWO))
    assert told.big == "138 0000 2222" and "138 0000" not in told.lines[0]
