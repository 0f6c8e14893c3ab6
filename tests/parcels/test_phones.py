import pytest

from kiosk.parcels.phones import Phone, mask_tail, read_phone


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


@pytest.mark.parametrize("text", ["", "123", "12345", "23812345678", "1381234567", "abc"])
def test_anything_else_is_no_phone(text: str) -> None:
    assert read_phone(text) is None


def test_a_mask_hides_at_least_six_digits() -> None:
    masked = mask_tail("5678")
    assert masked is not None and len(masked) == 11 and masked.count("*") >= 6
