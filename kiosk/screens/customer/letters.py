"""Digits and capitals as large as the screen allows, out of painted cells and halves of cells.

Each is three columns by five rows of blocks. A cell of a terminal is about twice as high as wide, so a stroke that is
`stroke` cells wide stands beside one that is `high` half rows high.
"""

from functools import lru_cache
from typing import NamedTuple

_GLYPHS = {
    "0": "111 101 101 101 111", "1": "110 010 010 010 111", "2": "111 001 111 100 111", "3": "111 001 111 001 111",
    "4": "101 101 111 001 001", "5": "111 100 111 001 111", "6": "111 100 111 101 111", "7": "111 001 001 001 001",
    "8": "111 101 111 101 111", "9": "111 101 111 001 111", "A": "010 101 111 101 101", "B": "110 101 110 101 110",
    "C": "011 100 100 100 011", "D": "110 101 101 101 110", "E": "111 100 110 100 111", "F": "111 100 110 100 100",
    "G": "011 100 101 101 011", "H": "101 101 111 101 101", "I": "111 010 010 010 111", "J": "001 001 001 101 010",
    "K": "101 101 110 101 101", "L": "100 100 100 100 111", "M": "101 111 111 101 101", "N": "110 101 101 101 101",
    "O": "010 101 101 101 010", "P": "110 101 110 100 100", "Q": "010 101 101 010 001", "R": "110 101 110 101 101",
    "S": "011 100 010 001 110", "T": "111 010 010 010 010", "U": "101 101 101 101 111", "V": "101 101 101 101 010",
    "W": "101 101 111 111 101", "X": "101 101 010 101 101", "Y": "101 101 010 010 010", "Z": "111 001 010 100 111",
    "-": "00 00 11 00 00", " ": "0 0 0 0 0", ":": "0 1 0 1 0", "+": "000 010 111 010 000",
}  # fmt: skip
BLOCKS = 5  # from the top of a letter to its foot
ROWS, LOWEST = 5, 3  # rows of cells of the digits that are meant, and of those for which there is hardly room
_SLIMMER = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)  # of the width it should have; below that nobody would read it
_HALVES = " ▀▄█"  # by which are painted: the upper 1, the lower 2


class DigitSize(NamedTuple):
    """`stroke`, `hole` and `gap` in cells; each block is `high` half rows high."""

    stroke: int
    hole: int
    gap: int
    high: int

    @property
    def rows(self) -> int:
        return (BLOCKS * self.high + 1) // 2


@lru_cache(maxsize=256)
def digit_size(text: str, columns: int, rows: int) -> DigitSize | None:
    """The largest size in which `text` fits; None where none does, or where a character has no such form."""
    if not text or not set(text) <= _GLYPHS.keys():
        return None
    for high in range(2 * rows // BLOCKS, 0, -1):
        for slimmer in _SLIMMER:
            stroke, hole, gap = high * slimmer, 0.8 * high * slimmer, 0.6 * high * slimmer
            size = DigitSize(max(round(stroke), 1), max(round(hole), 1), max(round(gap), 1), high)
            if len(drawn(text, size)[0]) <= columns:
                return size
    return None


def drawn(text: str, size: DigitSize) -> list[str]:
    """Rows of cells, each painted whole, its upper or lower half, or not at all; all rows are equally long."""
    rows = [
        (" " * size.gap).join(_row(_GLYPHS[letter].split()[number], size) for letter in text)
        for number in range(BLOCKS)
    ]
    halves = [row for row in rows for _ in range(size.high)]
    halves += [" " * len(halves[0])] * (len(halves) % 2)
    return [_packed(upper, lower) for upper, lower in zip(halves[::2], halves[1::2], strict=True)]


def _packed(upper: str, lower: str) -> str:
    return "".join(_HALVES[(one != " ") + 2 * (other != " ")] for one, other in zip(upper, lower, strict=True))


def _row(bits: str, size: DigitSize) -> str:
    widths = (size.stroke, size.hole, size.stroke)
    return "".join(("#" if bit == "1" else " ") * width for bit, width in zip(bits, widths[: len(bits)], strict=True))
