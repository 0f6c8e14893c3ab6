"""Digits for fingers: which keys, how large, on which screen."""

from typing import NamedTuple

BACK, ENTER = "⌫", "↵"
# As on a telephone; where that is too high, in two rows or one.
_PHONE = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("-", "0", BACK), (ENTER,))
_TWO = (("1", "2", "3", "4", "5", "6"), ("7", "8", "9", "0", "-", BACK, ENTER))
_ONE = ((*_TWO[0], *_TWO[1]),)
_LEAST_HIGH = {_PHONE: 2, _TWO: 1, _ONE: 1}  # rows of a key: lower ones are no larger than those of the next form
_MOST_HIGH = 4
_MOST_OF_SCREEN = 0.4  # of its rows
_FACE_ROWS, _FACE_ROWS_IF_LARGE = 14, 28  # that a face is designed for; and one that is painted in letters of cells
_NARROWEST = 38  # three cells for each of twelve keys, two for the last one


class DigitPad(NamedTuple):
    """Rows of keys, each key `high` rows and each row of keys `columns` cells in all."""

    keys: tuple[tuple[str, ...], ...]
    high: int
    columns: int

    @property
    def rows(self) -> int:
        return self.high * len(self.keys)

    def edges(self, number: int) -> list[int]:
        """The cells where the keys of a row begin, and where the last one ends."""
        count = len(self.keys[number])
        return [self.columns * place // count for place in range(count + 1)]

    def key_at(self, column: int, row: int) -> str | None:
        """What stands on the key at this cell of the pad."""
        if not (0 <= row < self.rows and 0 <= column < self.columns):
            return None
        number = row // self.high
        return self.keys[number][sum(edge <= column for edge in self.edges(number)) - 1]


def digit_pad(columns: int, rows: int, *, always: bool, large: bool = False) -> DigitPad | None:
    """For a screen of so many cells; None where it has no room for one. `always`: nobody there has other keys;
    `large`: the text is."""
    most = int(min(rows - (_FACE_ROWS_IF_LARGE if large else _FACE_ROWS), rows * _MOST_OF_SCREEN))
    spare = max(most, 2 if rows >= _FACE_ROWS else 1) if always else most
    if columns < _NARROWEST:
        return None
    for keys, least in _LEAST_HIGH.items():
        high = min(spare // len(keys), _MOST_HIGH)
        if high >= least:
            return DigitPad(keys, high, min(columns, 3 * 4 * high) if keys is _PHONE else columns)
    return None


def pressed(label: str) -> tuple[str, str | None]:
    """The key of a keyboard that it stands for, as Textual names it, and its character if it has one."""
    named = {BACK: ("backspace", None), ENTER: ("enter", "\r"), "-": ("minus", "-")}
    return named.get(label, (label, label))
