from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.parcels.codes import PickupCode, position_code, read_code, read_codes
from kiosk.parcels.slots import SlotAddress

SEEN = ["4-6-7602", "2-3-05025", "5-3858", "96-014", "5-5-9-13", "D8-6", "S3-2-2628", "72778", "A88123"]


@pytest.mark.parametrize("text", SEEN)
def test_every_form_seen_in_messages_is_read_as_it_stands(text: str) -> None:
    assert read_code(text) == PickupCode(text)


@pytest.mark.parametrize(
    "text",
    [
        "４－６－７６０２",
        "4—6—7602",
        "4*6*7602",
        "4 6 7602",
        " 4 - 6 - 7602 ",
        "4–6–7602",
        "４　６　７６０２",
        "4_6_7602",
        "#4-6-7602",
        '"4-6-7602"',
        "“4-6-7602”",
        "【4-6-7602】",
        "(4-6-7602)",
        "4-6-7602。",
    ],
)
def test_odd_separators_and_full_width_digits_make_no_difference(text: str) -> None:
    assert read_code(text) == PickupCode("4-6-7602")


def test_leading_zeros_stay() -> None:
    assert read_code("3-2-0007") == PickupCode("3-2-0007")
    assert read_code("3-2-0007") != read_code("3-2-7")


@pytest.mark.parametrize("text", ["", "-", "*", "--", "%", "_", "12", "4-", "abc", "4-6-7602-1-2-3", "1234567890"])
def test_what_is_no_code_finds_nothing(text: str) -> None:
    assert read_code(text) is None


@given(
    st.lists(st.from_regex(r"[0-9]{1,3}", fullmatch=True), min_size=2, max_size=3),
    st.lists(st.sampled_from("-—*－ –·"), min_size=3, max_size=3),
    st.booleans(),
)
def test_any_separators_read_like_dashes(parts: list[str], separators: list[str], wide: bool) -> None:
    odd = "".join(part + separator for part, separator in zip(parts, separators, strict=False))[:-1]
    if wide:
        odd = odd.translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert read_code(odd) == PickupCode("-".join(parts))


@given(st.text())
def test_reading_never_raises_and_reading_twice_changes_nothing(text: str) -> None:
    code = read_code(text)
    if code is not None:
        assert read_code(code.text) == code
        assert code.compact.isalnum()


def test_several_codes_in_a_list() -> None:
    assert read_codes("4-6-7602, 2-3-05025、4-6-7602") == (PickupCode("4-6-7602"), PickupCode("2-3-05025"))
    assert read_codes("4-6-7602, hello") == read_codes("") == ()


def test_our_own_style_names_shelf_and_level_and_does_not_count_up() -> None:
    random = Random(1)
    codes = [position_code(SlotAddress("3", 2, 4), random) for _ in range(50)]
    assert all(code.text.startswith("3-2-") and len(code.text) == 8 for code in codes)
    numbers = [int(code.text[-4:]) for code in codes]
    assert numbers != sorted(numbers)
