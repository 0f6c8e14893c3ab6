"""Messages as stations, lockers and couriers send them, and the codes that are in them."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.arrival_messages import read_message
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.meanings import CodeScan, Unrecognised
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import LONGEST_MESSAGE, recognise
from tests.parcels.seen_messages import MESSAGES, NO_CODE

CODE = PickupCode("4-6-7602")


def codes_in(text: str) -> list[str]:
    means = recognise(text).means
    return [code.text for code in means.codes] if isinstance(means, CodeScan) else []


@pytest.mark.parametrize(("text", "codes"), MESSAGES)
def test_the_codes_and_nothing_else(text: str, codes: str) -> None:
    assert codes_in(text) == codes.split()


@pytest.mark.parametrize("text", NO_CODE)
def test_no_code_in_it(text: str) -> None:
    assert codes_in(text) == []


@pytest.mark.parametrize(("text", "codes"), MESSAGES)
@pytest.mark.parametrize("ends", ["\r", "\r\n", "\t"])
def test_however_a_terminal_or_a_chat_ends_its_lines(text: str, codes: str, ends: str) -> None:
    assert codes_in(text.replace("\n", ends) + ends) == codes.split()


@pytest.mark.parametrize(
    "text", ["hello world 12345", "Room 501 Building 3 Lilac Lane 12", "my parcel 12345678 please"]
)
def test_words_with_blanks_are_no_waybill(text: str) -> None:
    scan = recognise(text)
    assert scan.means == Unrecognised(Problem.UNKNOWN_FORM) and scan.waybill is Problem.NOT_A_WAYBILL


def test_a_message_is_no_waybill_either() -> None:
    for text in ("code 1-1-4090", "Your pickup code is 4-6-7602", "取件码 4-6-7602"):
        assert recognise(text).waybill is Problem.CODE_NOT_WAYBILL


def test_a_long_message_is_read_and_a_long_number_is_not() -> None:
    mail = "您的包裹已到。" * 40 + "取件码 4-6-7602，货位 4-6-1\n\n" + "Your parcel is here. " * 40
    assert 1000 < len(mail) < LONGEST_MESSAGE and codes_in(mail) == ["4-6-7602"]
    assert recognise("7" * 300).means == recognise("取件码 4-6-7602" * 1000).means == Unrecognised(Problem.TOO_LONG)


@given(
    st.sampled_from(
        ["取件码{}", "凭{}取件", "code {}", "Your pickup code is {}.", "货号：{}，请取", "提货码为“{}”", "{}"]
    ),
    st.sampled_from(
        ["【菜鸟驿站】您的包裹已到阳光花园12号店，", "11-30 21:00 ", "SF1234567890123 已到，", "电话400-880-1234，", ""]
    ),
    st.sampled_from(["，营业时间9:00-21:00", " 电话138****0001", "\nhttps://t.cn/A6-1-2345", "，共3件，3-2-501室", ""]),
    st.sampled_from(["-", "——", " - ", "－", "*", "–"]),
    st.tuples(st.integers(1, 60), st.integers(1, 9), st.integers(0, 99_999).map(lambda n: f"{n:04d}")),
)
def test_any_code_in_any_surroundings(
    said: str, before: str, after: str, dash: str, parts: tuple[int, int, str]
) -> None:
    code = "-".join(map(str, parts))
    means = recognise(before + said.format(dash.join(map(str, parts))) + after).means
    assert isinstance(means, CodeScan) and PickupCode(code) in means.codes


@given(st.text(st.sampled_from("取件码凭号:-,.—*# 0123456789codeisAB\n()【】是"), max_size=400))
def test_reading_never_raises(text: str) -> None:
    read_message(text)


@pytest.mark.parametrize(
    "part",
    [
        "1-", "取件码", "取件码:", "code is ", "1 - ", "- ", "凭(", "12.", "1-2-3 ", "400-", "运单:", "A1", "a.",
        "1.1.", "尾号 号 码 ",
    ],
)  # fmt: skip
def test_no_text_takes_long(part: str) -> None:
    begun = process_time()
    recognise((part * LONGEST_MESSAGE)[:LONGEST_MESSAGE])
    assert process_time() - begun < 0.25  # four times of what it takes
