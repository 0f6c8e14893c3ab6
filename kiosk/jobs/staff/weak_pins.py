"""PINs that are tried first. What people choose: Wang et al., "Understanding Human-Chosen PINs", 2017 (rows, repeats,
dates; in China lines on the keypad), and the list of 2,910 that iOS warns of (Markert et al., 2020)."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

_LINES = frozenset("147 258 369 159 357 741 852 963 951 753".split())  # on a keypad
_PIECE = 3  # digits of a row or a line that people put together
# They sound like words of love in Chinese; whoever needs more digits puts two together.
_SAYINGS = frozenset("5201314 1314520 201314 131452 520131 1314521 5211314 5203344 3344520 584520 520584".split())
_LONGEST_STEP = 10
_BORN = range(1930, 2031)


def is_weak(pin: str) -> bool:
    """`pin`: digits. A row, a repeat, either of them but for one digit, pieces of these, every digit twice, counting, a
    saying, or a date."""
    looks = (
        _is_row,
        _is_repeat,
        _is_all_but_one,
        _is_pieces,
        _is_doubled,
        _is_counting,
        _SAYINGS.__contains__,
        _is_date,
    )
    return any(look(pin) for look in looks)


def _is_row(digits: str) -> bool:
    """1111, 1234, 8901, 4321."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    return len(steps) == 1 and steps <= {0, 1, 9}


def _is_repeat(pin: str) -> bool:
    """121212, 520520."""
    return any(pin == pin[:size] * (len(pin) // size) for size in range(1, len(pin) // 2 + 1))


def _is_all_but_one(pin: str) -> bool:
    """100000, 000001, 111211; 123457, 912345: what comes of a rule that wants another digit."""
    return max(map(pin.count, pin)) >= len(pin) - 1 or _is_row(pin[1:]) or _is_row(pin[:-1])


def _is_pieces(pin: str) -> bool:
    """123321, 111222, 147258, 123789; what is left over at the end counts as part of the last piece."""
    pieces = [pin[at : at + _PIECE] for at in range(0, len(pin) - _PIECE + 1, _PIECE)]
    rest = pin[len(pieces) * _PIECE :]
    return all(_is_row(piece) or piece in _LINES for piece in pieces) and (not rest or _is_row(pin[-_PIECE:]))


def _is_doubled(pin: str) -> bool:
    """112233, 114477."""
    return len(pin) % 2 == 0 and pin[::2] == pin[1::2]


def _is_counting(pin: str) -> bool:
    """246810, 102030, 101112."""
    return any(
        pin == _counted(pin[:size], step, len(pin)) for size in (1, 2) for step in range(1, _LONGEST_STEP + 1)
    )  # fmt: skip


def _counted(first: str, step: int, length: int) -> str:
    """From `first` on, until it is as long."""
    text, number = first, int(first)
    while len(text) < length:
        number += step
        text += str(number)
    return text


def _is_date(pin: str) -> bool:
    """19900115, 15011990, 01151990; 900115, 150190, 011590; 199001, 011990."""
    return any(year in _BORN and _is_day(year, month, day) for year, month, day in _as_dates(pin))


def _as_dates(pin: str) -> Iterator[tuple[int, int, int]]:
    """Year, month, day, in every order in which people write them."""
    if len(pin) == len("YYYYMMDD"):
        yield int(pin[:4]), int(pin[4:6]), int(pin[6:])
        yield int(pin[4:]), int(pin[2:4]), int(pin[:2])
        yield int(pin[4:]), int(pin[:2]), int(pin[2:4])
    elif len(pin) == len("YYMMDD"):
        yield int(pin[:4]), int(pin[4:]), 1
        yield int(pin[2:]), int(pin[:2]), 1
        first, second, third = int(pin[:2]), int(pin[2:4]), int(pin[4:])
        for century in (1900, 2000):
            yield century + first, second, third
            yield century + third, second, first
            yield century + third, first, second


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
