"""Letters as large as the screen allows, out of painted cells: no glyph is needed, so every terminal shows them.

Each is three columns by five rows of blocks. A cell of a terminal is about twice as high as wide, so a stroke that is
`stroke` cells wide stands beside one that is `high` rows high.
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
ROWS = 5
_SLIMMER = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)  # of the width it should have; below that nobody would read it


class DigitSize(NamedTuple):
    """`stroke`, `hole` and `gap` in cells; each block is `high` rows high."""

    stroke: int
    hole: int
    gap: int
    high: int

    @property
    def rows(self) -> int:
        return ROWS * self.high


@lru_cache(maxsize=256)
def digit_size(text: str, columns: int, rows: int) -> DigitSize | None:
    """The largest size in which `text` fits; None where none does, or where a character has no such form."""
    if not text or not set(text) <= _GLYPHS.keys():
        return None
    for high in range(rows // ROWS, 0, -1):
        for slimmer in _SLIMMER:
            stroke, hole, gap = 2 * high * slimmer, 1.6 * high * slimmer, 1.2 * high * slimmer
            size = DigitSize(max(round(stroke), 1), max(round(hole), 1), max(round(gap), 1), high)
            if len(drawn(text, size)[0]) <= columns:
                return size
    return None


def drawn(text: str, size: DigitSize) -> list[str]:
    """A # for each painted cell, a blank for each other; all rows are equally long."""
    rows = [
        (" " * size.gap).join(_row(_GLYPHS[letter].split()[number], size) for letter in text) for number in range(ROWS)
    ]
    return [row for row in rows for _ in range(size.high)]


def _row(bits: str, size: DigitSize) -> str:
    widths = (size.stroke, size.hole, size.stroke)
    return "".join(("#" if bit == "1" else " ") * width for bit, width in zip(bits, widths[: len(bits)], strict=True))
