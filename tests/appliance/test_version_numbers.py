"""Which version is the older one."""

from itertools import pairwise

import pytest

from kiosk.appliance.version_numbers import is_older, order_of

RISING = """0.1.0.dev1 0.1.0a1.dev1 0.1.0a1 0.1.0a2 0.1.0b1 0.1.0rc1 0.1.0rc10 0.1.0 0.1.0.post1.dev1 0.1.0.post1 0.1.1
0.2 0.9.0 0.10.0 0.10.1 1.0 2 10.0 2026.1 1!0.1"""
ALIKE = [
    ("0.1", "0.1.0"),
    ("1", "1.0.0"),
    ("0.2.0+field", "0.2.0"),
    ("v1.0", "1.0"),
    ("1.0RC1", "1.0c1"),
    ("1.0-1", "1.0.post1"),
]


def test_numbers_rise() -> None:
    numbers = RISING.split()
    for at, older in enumerate(numbers):
        assert all(is_older(older, newer) and not is_older(newer, older) for newer in numbers[at + 1 :]), older
    assert all(order_of(one) != order_of(other) for one, other in pairwise(numbers))


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_spelt_otherwise_it_is_the_same(one: str, other: str) -> None:
    assert order_of(one) == order_of(other) is not None


@pytest.mark.parametrize("text", ["", "0.2.0bad", "../0.2", "1..2", "1.0/..", "latest", "1.0\n"])
def test_what_is_no_number_is_neither_older_nor_newer(text: str) -> None:
    assert order_of(text) is None and not is_older(text, "1") and not is_older("1", text)
