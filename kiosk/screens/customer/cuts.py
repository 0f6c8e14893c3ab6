"""Running text as large as a screen allows: the pixels of its letters in quarters of a cell, or in whole cells."""

from functools import cache, lru_cache
from typing import NamedTuple

from kiosk.screens.customer.glyphs import glyph, glyph_width, has_glyphs
from kiosk.text.line_breaks import Measure, broken, stays_whole

_QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"  # by which are painted: upper left 1, upper right 2, lower left 4, lower right 8


class Cut(NamedTuple):
    """Letters of `size` pixels, each pixel `wide` halves of a column by `high` halves of a row; a cell is twice as high
    as wide, so a pixel is square where `wide` is twice `high`."""

    size: int
    wide: int
    high: int

    @property
    def rows(self) -> int:
        """Of cells, from line to line."""
        return (self.size * self.high + 1) // 2


# From the smallest on; the first is narrow, for small screens.
CUTS = (
    Cut(8, 1, 1), Cut(8, 2, 1), Cut(10, 2, 1), Cut(12, 2, 1), Cut(8, 4, 2), Cut(10, 4, 2), Cut(12, 4, 2), Cut(10, 6, 3),
    Cut(12, 6, 3), Cut(10, 8, 4), Cut(12, 8, 4), Cut(12, 10, 5),
)  # fmt: skip


class Part(NamedTuple):
    """Some running text, broken into `lines`; painted where it has a cut, else as the terminal writes it."""

    text: str
    lines: tuple[str, ...]
    cut: Cut | None = None

    @property
    def rows(self) -> int:
        return len(self.lines) * (self.cut.rows if self.cut else 1)


def written(text: str, width: int) -> Part:
    """In lines of at most `width` cells."""
    return Part(text, broken(text, width))


@lru_cache(maxsize=512)
def painted(text: str, cut: Cut, width: int) -> Part | None:
    """In lines of at most `width` cells; None where a word is longer than that, or a letter of it is not drawn."""
    if not text or not has_glyphs(text) or not stays_whole(text, 2 * width, _halves(cut)):
        return None
    return Part(text, broken(text, 2 * width, _halves(cut)), cut)


@cache
def _halves(cut: Cut) -> Measure:
    """How many halves of a column letters take: the same for the same cut, or nobody would know a broken text again."""
    return lambda text: cut.wide * sum(glyph_width(letter, cut.size) for letter in text)


@lru_cache(maxsize=64)
def cells_of(line: str, cut: Cut) -> tuple[str, ...]:
    """Rows of cells that are painted, in part or not at all, each as one of 16 characters."""
    letters = [glyph(letter, cut.size) for letter in line]
    rows = ["".join(letter[y] for letter in letters).rstrip() for y in range(cut.size)]
    width = max(map(len, rows), default=0)
    halves = [_stretched(row.ljust(width), cut.wide) for row in rows for _ in range(cut.high)]
    if len(halves) % 2:
        halves.append(" " * len(halves[0]))
    return tuple(_packed(upper, lower) for upper, lower in zip(halves[::2], halves[1::2], strict=True))


def _stretched(row: str, times: int) -> str:
    wide = "".join(pixel * times for pixel in row)
    return wide + " " * (len(wide) % 2)


def _packed(upper: str, lower: str) -> str:
    cells = zip(upper[::2], upper[1::2], lower[::2], lower[1::2], strict=True)
    return "".join(_QUARTERS[sum(1 << at for at, pixel in enumerate(cell) if pixel == "#")] for cell in cells)
