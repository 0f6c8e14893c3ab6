"""The recovery phrase: what people write down and type."""

from random import Random

import pytest

from kiosk.store.rescue.phrase import GROUPS, Reading, group_of, new_phrase, read_phrase, two_groups


def good(seed: int) -> str:
    return new_phrase(Random(seed))


def test_ten_groups_of_five_digits() -> None:
    phrase = good(1)
    assert [len(group) for group in phrase.split(" ")] == [5] * GROUPS and phrase != good(2)
    assert read_phrase(phrase) == Reading(50, (), phrase)


# By ISO 7064's method (which gives 07945 its 5) over the place, from 0, and the four digits.
@pytest.mark.parametrize("at, group", [(0, "00000"), (0, "12343"), (1, "00001"), (9, "99993"), (4, "27187")])
def test_the_check_digit_is_that_of_iso_7064(at: int, group: str) -> None:
    typed = " ".join(["11111"] * at + [group])
    assert at + 1 not in read_phrase(typed).wrong
    for digit in set("0123456789") - {group[-1]}:
        assert at + 1 in read_phrase(f"{typed[:-1]}{digit}").wrong


@pytest.mark.parametrize("seed", range(20))
def test_one_wrong_digit_is_seen_in_its_group(seed: int) -> None:
    phrase = good(seed)
    for at, right in enumerate(phrase):
        for wrong in "0123456789" if right != " " else "":
            found = read_phrase(phrase[:at] + wrong + phrase[at + 1 :])
            assert found.wrong == (() if wrong == right else (at // 6 + 1,))
            assert (found.phrase is None) is (wrong != right)


@pytest.mark.parametrize("seed", range(20))
def test_groups_in_each_others_place_are_both_seen(seed: int) -> None:
    groups = good(seed).split(" ")
    for first in range(GROUPS):
        for second in range(first + 1, GROUPS):
            swapped = list(groups)
            swapped[first], swapped[second] = groups[second], groups[first]
            assert read_phrase(" ".join(swapped)).wrong == (first + 1, second + 1)


def test_however_it_is_typed_it_is_the_same_phrase() -> None:
    phrase = good(3)
    groups, bare = phrase.split(" "), phrase.replace(" ", "")
    wide = phrase.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}).replace(" ", "　")
    sheet = "Recovery phrase of station S001, made on 2026-12-01\r\n\r\n" + "\r\n".join(
        f"{at + 1:2} {groups[at]}  {at + 2:2} {groups[at + 1]}" for at in range(0, GROUPS, 2)
    )
    for typed in (
        bare, bare + "\n", wide, phrase.replace(" ", "-"), phrase.replace(" ", "\n"), phrase.replace(" ", "，"),
        " ".join(bare[start : start + 4] for start in range(0, 50, 4)), f"\ufeff{phrase}", sheet,
        "\n".join(f"{number}. {group}" for number, group in enumerate(groups, 1)),
        "\n".join(f"{number}\n{group}" for number, group in enumerate(groups, 1)),
        "、".join(f"第{number:02}组：{group}" for number, group in enumerate(groups, 1)),
    ):  # fmt: skip
        assert read_phrase(typed).phrase == phrase, typed


def test_a_digit_that_was_left_out_or_typed_twice_is_named_by_its_group() -> None:
    groups = good(4).split(" ")
    for at in range(GROUPS - 1):
        for other in (groups[at][1:], groups[at][0] + groups[at]):
            found = read_phrase(" ".join([*groups[:at], other, *groups[at + 1 :]]))
            assert found.phrase is None and found.wrong == (at + 1,)


def test_what_is_still_to_come_is_not_wrong() -> None:
    phrase = good(5)
    for end in range(len(phrase)):
        found = read_phrase(phrase[:end])
        assert found == Reading(len(phrase[:end].replace(" ", "")), (), None)
    assert read_phrase(f"{phrase} 12345").phrase is None and read_phrase("").digits == 0


def test_two_different_groups_are_asked_for() -> None:
    phrase = good(6)
    for seed in range(100):
        first, second = two_groups(Random(seed))
        assert 1 <= first < second <= GROUPS
    assert [group_of(phrase, number) for number in range(1, GROUPS + 1)] == phrase.split(" ")
