"""The recovery phrase: ten groups of five digits, which anybody can write down and type with any keyboard.

Four digits of a group are random, 10⁴⁰ phrases in all (132 bits). The fifth one checks them and at which place the
group stands (ISO 7064 MOD 11,10): one wrong digit in a group is always seen, and so is a group in another's place.
"""

import re
import unicodedata
from random import Random
from typing import NamedTuple

GROUPS, DIGITS = 10, 5
_RANDOM = DIGITS - 1
_NUMBERED = re.compile(r"(?<!\d)(\d\d?)\W+(?=(\d+))", re.ASCII)


class Reading(NamedTuple):
    """What was typed: how many digits, which groups (from 1) cannot be right, and the phrase if all of them can."""

    digits: int
    wrong: tuple[int, ...]
    phrase: str | None


def new_phrase(random: Random) -> str:
    """Groups with a space between. `random` has to be the system's."""
    groups = [f"{random.randrange(10**_RANDOM):0{_RANDOM}d}" for _ in range(GROUPS)]
    return " ".join(group + _check_digit(at, group) for at, group in enumerate(groups))


def read_phrase(text: str) -> Reading:
    """Whatever stands between the digits: as it is typed, or the whole sheet with the groups' numbers. An input method
    may have made them wide. Digits that are still to come are not wrong."""
    groups = _groups(unicodedata.normalize("NFKC", text))
    digits = sum(map(len, groups))
    wrong = tuple(at + 1 for at, group in enumerate(groups[:GROUPS]) if not _is_right(at, group))
    if wrong == (len(groups),) and len(groups[-1]) < DIGITS:
        wrong = ()
    is_good = len(groups) == GROUPS and digits == GROUPS * DIGITS and not wrong
    return Reading(digits, wrong, " ".join(groups) if is_good else None)


def group_of(phrase: str, number: int) -> str:
    """The group of this number, from 1."""
    return phrase.split(" ")[number - 1]


def two_groups(random: Random) -> tuple[int, int]:
    """Numbers of two groups that are asked for, to see that the phrase was written down."""
    first, second = sorted(random.sample(range(1, GROUPS + 1), 2))
    return first, second


def _groups(text: str) -> list[str]:
    """By their numbers where those stand there; else as they are apart, so that a missing digit is found in its group;
    else five by five."""
    numbered: list[str] = []
    for number, group in _NUMBERED.findall(text):
        if len(group) >= _RANDOM and int(number) == len(numbered) + 1 and len(numbered) < GROUPS:
            numbered.append(group)
    if numbered:
        return numbered
    apart = re.findall(r"[0-9]+", text)
    if sum(len(one) == DIGITS for one in apart) * 2 > len(apart):
        return apart
    digits = "".join(apart)
    return [digits[start : start + DIGITS] for start in range(0, len(digits), DIGITS)]


def _is_right(at: int, group: str) -> bool:
    return len(group) == DIGITS and _check_digit(at, group[:_RANDOM]) == group[_RANDOM]


def _check_digit(at: int, group: str) -> str:
    product = 10
    for digit in (at, *map(int, group)):
        product = ((digit + product) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)
