"""What of a face fits a screen, and how large: nothing is ever cut without having been chosen to go.

In this order, until all fits: room around things, other people's lights, the station's name; long lines say it short;
lines go, those that matter least first; digits shrink to plain text. What is to be done is never left out.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kiosk.screens.customer.faces import Face
from kiosk.screens.customer.letters import ROWS, DigitSize, digit_size
from kiosk.screens.customer.lines import Line, Matters
from kiosk.text.line_breaks import broken, cells

_MARGIN = 2  # cells beside running text
_NARROW = 40  # columns up to which digits stand at the very edges
_MOST_OF_SCREEN, _MOST_IF_LARGE = 0.45, 0.6  # of its rows, for the digits
_LARGE_SAYS = Matters.MORE  # in large text what matters less is not said
_LONGEST_TYPED = 3  # rows of what cannot be shown in digits


class Room(NamedTuple):
    """Empty rows on the plate above the headline, between it and the digits, and below; and above the details."""

    above: int
    between: int
    below: int
    after: int


class Fitted(NamedTuple):
    """Lines as they are shown, broken already. `plain`: what there are no digits for. `dropped`: lines left out."""

    headline: str
    big: str
    size: DigitSize | None
    plain: str
    detail: str
    keys: str
    has_station: bool
    has_others: bool
    room: Room
    dropped: tuple[Line, ...]


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
    of the station's name; `reserved`: rows below the details that something else needs; `large`: few things, as large
    as they can be."""
    width = columns - _MARGIN
    headline = "\n".join(broken(face.headline, width))
    shown_keys = _keys(keys, width)
    for_digits = columns if columns <= _NARROW else width
    size = digit_size(face.big, for_digits, ROWS)
    plain = "" if size else _plain(face.big, width)
    fixed = _rows(headline) + _rows(shown_keys) + (ROWS if size else _rows(plain)) + reserved + has_notice
    fixed += 2 * bool(face.edge)
    kept = [line for line in face.detail if not large or line.matters <= _LARGE_SAYS]
    detail = _short_enough(kept, width, rows - fixed)
    if size and detail is None:
        size, plain = None, face.big
        fixed += 1 - ROWS
        detail = _short_enough(kept, width, rows - fixed)
    if detail is None:  # smaller than any screen is meant to be: what comes first
        detail = kept[: max(rows - fixed, 0)]
    text = _text(detail, width)
    spare = rows - fixed - _rows(text)
    says_all = detail == list(face.detail)
    has_station = not large and not has_notice and spare >= 1 and says_all
    spare -= has_station
    has_others = has_others and not large and spare >= 1 and says_all
    spare -= has_others
    if size:
        most = int(rows * (_MOST_IF_LARGE if large else _MOST_OF_SCREEN))
        size = digit_size(face.big, for_digits, max(min(ROWS + spare, most), ROWS)) or size
        spare -= size.rows - ROWS
    if large and len(detail) > 1 and spare >= len(detail) - 1 + 3:
        spare -= len(detail) - 1
        text = "\n\n".join("\n".join(broken(line.text, width)) for line in detail)
    dropped = tuple(line for line in face.detail if not _is_said(line, detail))
    return Fitted(
        headline, face.big, size, plain, text, shown_keys, has_station, has_others, _room(spare, size), dropped
    )


def _short_enough(lines: Sequence[Line], width: int, rows: int) -> list[Line] | None:
    """`lines` within so many rows: some said short, some gone; None where not even those that matter most fit."""
    kept = list(lines)
    by_weight = sorted(kept, key=lambda line: line.matters, reverse=True)
    for line in by_weight:
        if _rows(_text(kept, width)) <= rows:
            return kept
        if line.short:
            kept[kept.index(line)] = Line(line.short, line.matters)
    while _rows(_text(kept, width)) > rows:
        least = max((line.matters for line in kept), default=Matters.MOST)
        if least is Matters.MOST:
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
    """The longest that is one row, else the shortest in as many as it takes."""
    return next((one for one in keys if cells(one) <= width), "\n".join(broken(keys[-1], width)))


def _plain(text: str, width: int) -> str:
    """The end of it: whoever types looks there."""
    return "\n".join(broken(text[-width * _LONGEST_TYPED :], width)[-_LONGEST_TYPED:]) if text else ""


def _text(lines: Sequence[Line], width: int) -> str:
    return "\n".join("\n".join(broken(line.text, width)) for line in lines)


def _rows(text: str) -> int:
    return text.count("\n") + 1 if text else 0
