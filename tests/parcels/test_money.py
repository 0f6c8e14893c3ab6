"""Amounts as people type them: read, or told from a shop's name."""

import pytest

from kiosk.parcels.money import begins_with_amount, read_yuan, yuan


@pytest.mark.parametrize(("text", "fen"), [("12.5", 1250), ("¥12.50", 1250), ("12元", 1200), ("１２．５", 1250),
    ("0", 0), ("99999.99", 9_999_999)])  # fmt: skip
def test_an_amount_is_read(text: str, fen: int) -> None:
    assert read_yuan(text) == fen and begins_with_amount(text)


@pytest.mark.parametrize("text", ["-5", "－5", "−5", "+5", "- 5", "¥-5", "-¥5", "5,50", "5.555", "100000",
    "6901234567892", "5块", "$5", "5..5", "-5 Clean&Co", "1234567 Bakery", "5,50 7-Eleven"])  # fmt: skip
def test_what_was_meant_for_one_is_no_name(text: str) -> None:
    assert read_yuan(text.split()[0]) is None and begins_with_amount(text)


@pytest.mark.parametrize("text", ["7-Eleven", "85度C", "3M", "Clean&Co", "", "- ", "1st Bakery", "24h 洗衣"])
def test_a_shops_name_is_none(text: str) -> None:
    assert read_yuan(text) is None and not begins_with_amount(text)


def test_fen_are_written_in_yuan() -> None:
    assert [yuan(fen) for fen in (0, 5, 1250, -1)] == ["0.00", "0.05", "12.50", "-0.01"]
