"""PINs that are tried first are nobody's."""

import pytest

from kiosk.jobs.staff.pins import is_good_pin
from kiosk.jobs.staff.weak_pins import is_weak

WEAK = """
    123456 654321 012345 567890 890123 098765 1234567 12345678 123456789012 111111 000000 88888888 121212 424242 123123
    520520 168168 12341234 112233 114477 123321 111222 666888 123789 147258 147147 159753 789456 963852 1234321 246810
    102030 101112 10203040 5201314 1314520 201314 199001 198712 011990 19900101 20011231 01151990 15011990 900115 150190
    011590 000229 100000 000001 111211 999998 123457 912345 1314521 5203344 584520
"""
GOOD = "271828 314159 161803 482915 739204 135790 135791 7391846 48203957 902745316874 190013 19901301 310299"


@pytest.mark.parametrize("pin", WEAK.split())
def test_rows_repeats_lines_and_dates_are_weak(pin: str) -> None:
    assert is_weak(pin) and not is_good_pin(pin, "7")


@pytest.mark.parametrize("pin", GOOD.split())
def test_others_are_not(pin: str) -> None:
    assert is_good_pin(pin, "7")


def test_of_a_million_nine_in_ten_may_be_chosen() -> None:
    weak = sum(is_weak(f"{pin:06}") for pin in range(0, 10**6, 7))
    assert 0.05 < weak / (10**6 / 7) < 0.1


def test_ones_own_number_is_no_pin() -> None:
    assert not is_good_pin("482915", "482915") and not is_good_pin("0482915", "482915")
    assert is_good_pin("482915", "482916")
