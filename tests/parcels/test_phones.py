import pytest

from kiosk.parcels.meanings import PhoneScan
from kiosk.parcels.phones import Phone, is_hidden, is_mobile, mask_tail, read_phone, read_tail
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import recognise


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+8613812345678",
        "１３８１２３４５６７８",
        "013812345678",
        "008613812345678",
    ],
)
def test_a_mobile_number_is_an_identity(text: str) -> None:
    assert read_phone(text) == Phone("13812345678", "5678")


def test_a_tail_alone_and_a_virtual_number_are_not() -> None:
    assert read_phone("5678") == Phone(None, "5678")
    assert read_phone("13812345678-1234") == Phone(None, None)
    assert read_phone("13812345678转1234") == Phone(None, None)


@pytest.mark.parametrize(
    "text",
    [
        "138****0001",
        "86-138****0001",
        "+86 138****0001",
        "+86-138-****-0001",
        "(86)138****0001",
        "0086138****0001",
        "138 **** 0001",
        "１３８＊＊＊＊０００１",
        "138xxxx0001",
        "138XXXX0001",
        "138××××0001",
        "138●●●●0001",
        "138••••0001",
        "138……0001",
        "1380***0001",
        "138***90001",
        "1******0001",
        "*******0001",
        "****0001",
        "0571-****0001",
    ],
)
def test_a_masked_number_gives_its_last_four_digits_and_is_no_code(text: str) -> None:
    assert read_phone(text) == Phone(None, "0001") and read_tail(text) == "0001"
    scan = recognise(text)
    assert scan.means == PhoneScan(Phone(None, "0001")) and scan.waybill is Problem.PHONE_SCANNED


def test_a_masked_virtual_number_and_what_is_all_hidden() -> None:
    assert read_phone("138****0001转1234") == read_phone("138****0001-1234") == Phone(None, None)
    for text in ("138******01", "1**********", "***********", "86-138********"):
        assert is_hidden(text) and read_phone(text) is None
    assert not is_hidden("12") and not is_hidden("13800000001")


@pytest.mark.parametrize("text", ["4-6-7602", "4*6*7602", "0001", "96*014", "A88123"])
def test_a_code_is_no_masked_number(text: str) -> None:
    assert not is_mobile(text)


@pytest.mark.parametrize("text", ["", "123", "12345", "23812345678", "1381234567", "abc"])
def test_anything_else_is_no_phone(text: str) -> None:
    assert read_phone(text) is None


def test_a_mask_hides_at_least_six_digits() -> None:
    masked = mask_tail("5678")
    assert masked is not None and len(masked) == 11 and masked.count("*") >= 6
