"""What of a face fits a screen, and how large: nothing is ever cut without having been chosen to go.

In this order, until all fits: room around things, other people's lights, the station's name; long lines say it short;
digits shrink; lines go, those that matter least first; digits become plain text. What is to be done is never left out.
What room is left makes things larger: the digits first, then sentences (`growing`).
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from kiosk.screens.customer.cuts import Part, written
from kiosk.screens.customer.faces import Face
from kiosk.screens.customer.growing import LARGE, USUAL, larger_sentences, with_large_mark
from kiosk.screens.customer.letters import LOWEST, ROWS, DigitSize, digit_size
from kiosk.screens.customer.lines import Line, Matters
from kiosk.text.line_breaks import broken, cells

_MARGIN = 2  # cells beside running text
_NARROW = 40  # columns up to which digits stand at the very edges
_MOST_OF_SCREEN, _MOST_IF_LARGE = 0.45, 0.6  # of its rows, for the digits
_LESS_IF_LARGE = 0.4  # where what is to be done would not be painted otherwise
_LONGEST_TYPED = 3  # rows of what cannot be shown in digits


class Room(NamedTuple):
    """Empty rows on the plate above the headline, between it and the digits, and below; above the details, and between
    each two of them."""

    above: int
    between: int
    below: int
    after: int
    lines: int = 0


class Fitted(NamedTuple):
    """Lines as they are shown, broken already. `plain`: what there are no digits for. `dropped`: lines left out."""

    headline: tuple[Part, ...]
    big: str
    size: DigitSize | None
    plain: str
    detail: tuple[Part, ...]
    keys: str
    has_station: bool
    has_others: bool
    room: Room
    dropped: tuple[Line, ...]


class _Digits(NamedTuple):
    """As they are shown: in `size`, or `plain`."""

    size: DigitSize | None
    plain: str

    @property
    def rows(self) -> int:
        return self.size.rows if self.size else _rows(self.plain)


@lru_cache(maxsize=64)
def fit(
    face: Face,
    keys: tuple[str, ...],
    columns: int,
    rows: int,
    *,
    has_others: bool = False,
    has_notice: bool = False,
    reserved: int = 0,
    large: bool = False,
) -> Fitted:
    """`columns` × `rows` cells for all; `keys`: the line of keys, long first; `has_notice`: a line stands in the place
    of the station's name; `reserved`: rows below the details that something else needs; `large`: all of it as large as
    it can be."""
    width = columns - _MARGIN
    for_digits = columns if columns <= _NARROW else width
    headline = [written(text, width) for text in face.headline.split("\n")]
    shown_keys = _keys(keys, width)
    free = rows - sum(part.rows for part in headline) - _rows(shown_keys) - reserved - has_notice
    free -= 2 * bool(face.edge)
    digits, detail = _within(face, for_digits, width, free)
    texts = [written(line.text, width) for line in detail]
    spare = free - digits.rows - sum(part.rows for part in texts)
    rows -= reserved
    says_all = len(detail) == len(face.detail) and all(line in face.detail for line in detail)
    has_station = not has_notice and spare >= 1 and says_all and not large
    spare -= has_station
    shows_others = has_others and spare >= 1 and says_all and not large
    spare -= shows_others
    tries = []
    for most in (_MOST_OF_SCREEN, _LESS_IF_LARGE) if large and digits.size else (_MOST_OF_SCREEN,):
        number, left = _larger(face.big, digits, for_digits, int(rows * most), spare)
        tries.append(
            (number, *larger_sentences(face, headline, detail, texts, width, rows, left, LARGE if large else USUAL))
        )
    digits, headline, texts, spare = next((one for one in tries if _is_painted(detail, one[2])), tries[0])
    if large:
        headline, spare = with_large_mark(headline, rows, width, spare)
        shows_others = has_others and spare >= 1 and says_all
        spare -= shows_others
        digits, spare = _larger(face.big, digits, for_digits, int(rows * _MOST_IF_LARGE), spare)
    apart = int(large and len(texts) > 1 and spare >= len(texts) + 2)
    room = _room(spare - apart * (len(texts) - 1), digits.size)._replace(lines=apart)
    return Fitted(
        tuple(headline), face.big, digits.size, digits.plain, tuple(texts), shown_keys, has_station, shows_others,
        room, tuple(line for line in face.detail if not _is_said(line, detail)),
    )  # fmt: skip


def _within(face: Face, for_digits: int, width: int, rows: int) -> tuple[_Digits, list[Line]]:
    """The largest digits of one row a block and beside them all lines, else smaller ones, else fewer lines."""
    sizes = [digit_size(face.big, for_digits, most) for most in (ROWS, LOWEST)]
    forms = [_Digits(size, "") for size in dict.fromkeys(sizes) if size]
    plain = _Digits(None, _plain(face.big, width))
    for digits in forms:
        detail = _short_enough(face.detail, width, rows - digits.rows, max(Matters))
        if detail is not None:
            return digits, detail
    for kept, digits in product((Matters.COUNTDOWN, Matters.MOST), (*forms[-1:], plain)):
        detail = _short_enough(face.detail, width, rows - digits.rows, kept)
        if detail is not None:
            return digits, detail
    return plain, list(face.detail)[: max(rows - plain.rows, 0)]  # smaller than any screen is meant to be


def _larger(text: str, digits: _Digits, columns: int, most: int, spare: int) -> tuple[_Digits, int]:
    """Digits of `most` rows, of which `spare` are more than now; and what is left of these."""
    if digits.size is None:
        return digits, spare
    larger = digit_size(text, columns, max(min(digits.rows + spare, most), digits.rows)) or digits.size
    return _Digits(larger, ""), spare - (larger.rows - digits.rows)


def _is_painted(detail: Sequence[Line], texts: Sequence[Part]) -> bool:
    """All that is to be done."""
    return all(part.cut for line, part in zip(detail, texts, strict=True) if line.matters is Matters.MOST)


def _short_enough(lines: Sequence[Line], width: int, rows: int, stays: Matters) -> list[Line] | None:
    """`lines` within so many rows: some said short, gone those that matter less than `stays`; None where that is
    not enough."""
    kept = list(lines)
    by_weight = sorted(kept, key=lambda line: line.matters, reverse=True)
    for line in by_weight:
        if _rows(_text(kept, width)) <= rows:
            return kept
        if line.short and _rows(_text([Line(line.short)], width)) < _rows(_text([line], width)):
            kept[kept.index(line)] = Line(line.short, line.matters)
    while _rows(_text(kept, width)) > rows:
        least = max((line.matters for line in kept), default=Matters.MOST)
        if least <= stays:
            return None
        del kept[max(number for number, line in enumerate(kept) if line.matters is least)]
    return kept


def _room(spare: int, size: DigitSize | None) -> Room:
    """First so that nothing touches; of the rest a third goes to each side of the plate's text."""
    between = int(size is not None and spare > 0)
    below = int(spare > between)
    above = int(spare > between + 1)
    after = int(spare > between + 2)
    more = max(spare - between - 3, 0) // 3
    return Room(above + more, between, below + more, after)


def _is_said(line: Line, detail: Sequence[Line]) -> bool:
    return any(line.text == one.text or line.short == one.text for one in detail)


def _keys(keys: Sequence[str], width: int) -> str:
    """The longest that is one row, else the shortest in as many as it takes, none parted from its word."""
    whole = next((one for one in keys if cells(one) <= width), "")
    return whole or min((_key_rows(one, width) for one in keys), key=lambda rows: rows.count("\n"))


def _key_rows(keys: str, width: int) -> str:
    rows = [""]
    for key in re.split(r" +(?=F\d|Esc|\^)", keys):
        row = f"{rows[-1]} {key}".lstrip()
        rows[-1:] = [row] if cells(row) <= width else [rows[-1], key]
    return "\n".join(row for row in rows if row)


def _plain(text: str, width: int) -> str:
    """The end of it: whoever types looks there."""
    return "\n".join(broken(text[-width * _LONGEST_TYPED :], width)[-_LONGEST_TYPED:]) if text else ""


def _text(lines: Sequence[Line], width: int) -> str:
    return "\n".join("\n".join(broken(line.text, width)) for line in lines)


def _rows(text: str) -> int:
    return text.count("\n") + 1 if text else 0
