"""What of a face fits a screen, and how large: nothing is ever cut without having been chosen to go.

In this order, until all fits: room around things, other people's lights, the station's name; long lines say it short;
digits shrink; lines go, those that matter least first; digits become plain text. What is to be done is never left out.
What room is left makes things larger: the digits first, then sentences (`growing`).
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kiosk.screens.customer.cuts import CUTS, Part, painted, written
from kiosk.screens.customer.faces import Face
from kiosk.screens.customer.growing import Wanted, grown
from kiosk.screens.customer.letters import LOWEST, ROWS, DigitSize, digit_size
from kiosk.screens.customer.lines import Line, Matters
from kiosk.text.line_breaks import broken, cells

_MARGIN = 2  # cells beside running text
_NARROW = 40  # columns up to which digits stand at the very edges
_MOST_OF_SCREEN, _MOST_IF_LARGE = 0.45, 0.6  # of its rows, for the digits
_SMALLEST_PAINTED = 4  # rows of a line
_ROOM_TO_BREATHE = 3  # rows that sentences leave free on a big screen; in large text they take them
_MARKS = ("✔", "✖")
_LONGEST_TYPED = 3  # rows of what cannot be shown in digits


class Share(NamedTuple):
    """Of a screen's rows, the part that a line of a headline, of what is to be done, and of the rest may have."""

    headline: int
    to_do: int
    rest: int


_USUAL, _LARGE = Share(8, 10, 10), Share(4, 5, 6)


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
    says_all = len(detail) == len(face.detail) and all(line in face.detail for line in detail)
    has_station = not has_notice and spare >= 1 and says_all and not large
    spare -= has_station
    shows_others = has_others and spare >= 1 and says_all and not large
    spare -= shows_others
    if digits.size:
        digits, spare = _larger(face.big, digits.size, for_digits, int(rows * _MOST_OF_SCREEN), spare)
    headline, texts, spare = _grown(face, headline, detail, texts, width, rows, spare, _LARGE if large else _USUAL)
    if large:
        headline, spare = _with_large_mark(headline, rows, width, spare)
        shows_others = has_others and spare >= 1 and says_all
        spare -= shows_others
    if digits.size and large:
        digits, spare = _larger(face.big, digits.size, for_digits, int(rows * _MOST_IF_LARGE), spare)
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
        detail = _short_enough(face.detail, width, rows - digits.rows)
        if detail is not None:
            return digits, detail
    for digits in (*forms[-1:], plain):
        detail = _short_enough(face.detail, width, rows - digits.rows, may_drop=True)
        if detail is not None:
            return digits, detail
    return plain, list(face.detail)[: max(rows - plain.rows, 0)]  # smaller than any screen is meant to be


def _larger(text: str, size: DigitSize, columns: int, most: int, spare: int) -> tuple[_Digits, int]:
    """Digits of `most` rows, of which `spare` are more than now; and what is left of these."""
    larger = digit_size(text, columns, max(min(size.rows + spare, most), size.rows)) or size
    return _Digits(larger, ""), spare - (larger.rows - size.rows)


def _grown(
    face: Face,
    headline: list[Part],
    detail: Sequence[Line],
    texts: list[Part],
    width: int,
    rows: int,
    spare: int,
    share: Share,
) -> tuple[list[Part], list[Part], int]:
    """The headline, the lines of the details, and the rows left."""
    most = Share(*(max(rows // part, _SMALLEST_PAINTED if share is _LARGE else 0) for part in share))
    if most.headline < _SMALLEST_PAINTED:
        return headline, texts, spare
    short = {line.text: line.short for line in face.detail}
    order = sorted(range(len(detail)), key=lambda number: detail[number].matters)
    to_do = [number for number in order if detail[number].matters is Matters.MOST]
    rest = [number for number in order if number not in to_do]
    wanted = [Wanted(headline[0], most.headline)]
    wanted += [Wanted(texts[number], most.to_do, short.get(texts[number].text, "")) for number in to_do]
    wanted += [Wanted(part, most.headline) for part in headline[1:]]
    wanted += [Wanted(texts[number], most.rest) for number in rest]
    kept = _ROOM_TO_BREATHE if share is _USUAL else 0
    larger = iter(grown(wanted, width, spare - kept))
    before = sum(part.rows for part in (*headline, *texts))
    first, done = next(larger), [next(larger) for _ in to_do]
    headline = [first, *(next(larger) for _ in headline[1:])]
    parts = dict(zip((*to_do, *rest), (*done, *larger), strict=True))
    texts = [parts[number] for number in range(len(texts))]
    return headline, texts, spare - (sum(part.rows for part in (*headline, *texts)) - before)


def _with_large_mark(headline: list[Part], rows: int, width: int, spare: int) -> tuple[list[Part], int]:
    """Where a headline is too long to be painted, its tick or cross is, above it."""
    mark, _, text = headline[0].text.partition(" ")
    if headline[0].cut or mark not in _MARKS:
        return headline, spare
    most = min(spare, max(rows // _LARGE.headline, _SMALLEST_PAINTED))
    larger = [painted(mark, cut, width) for cut in CUTS if cut.rows <= most and cut != CUTS[0]]
    if not larger or not larger[-1]:
        return headline, spare
    under = written(text, width)
    return [larger[-1], under, *headline[1:]], spare - larger[-1].rows - under.rows + headline[0].rows


def _short_enough(lines: Sequence[Line], width: int, rows: int, *, may_drop: bool = False) -> list[Line] | None:
    """`lines` within so many rows: some said short, some gone if they may; None where that does not do."""
    kept = list(lines)
    by_weight = sorted(kept, key=lambda line: line.matters, reverse=True)
    for line in by_weight:
        if _rows(_text(kept, width)) <= rows:
            return kept
        if line.short:
            kept[kept.index(line)] = Line(line.short, line.matters)
    while _rows(_text(kept, width)) > rows:
        least = max((line.matters for line in kept), default=Matters.MOST)
        if least is Matters.MOST or not may_drop:
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
    if whole:
        return whole
    rows = [""]
    for key in re.split(r" +(?=F\d|Esc|\^)", keys[-1]):
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
