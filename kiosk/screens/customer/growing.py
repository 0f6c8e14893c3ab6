"""Running text grows into the rows that are left: a step for each in turn, what matters most first.

Nothing becomes larger than what matters more, and what has no room for the next step stays as it is.
"""

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from kiosk.screens.customer.cuts import CUTS, Part, painted, written
from kiosk.screens.customer.faces import Face
from kiosk.screens.customer.glyphs import has_glyphs
from kiosk.screens.customer.lines import Line, Matters

BIG = 36  # rows of a screen on which sentences grow without being asked
_SMALLEST_PAINTED = 4  # rows of a line
_ROOM_TO_BREATHE = 3  # rows that sentences leave free on a big screen; in large text they take them
_MARKS = ("✔", "✖")


class Share(NamedTuple):
    """Of a screen's rows, the part that a line of a headline, of what is to be done, and of the rest may have."""

    headline: int
    to_do: int
    rest: int


USUAL, LARGE = Share(6, 8, 10), Share(4, 5, 6)


class Wanted(NamedTuple):
    """What is to grow from `part` on, to at most `most` rows a line; `short` says it where there is no room for all."""

    part: Part
    most: int
    short: str = ""


def grown(wanted: Sequence[Wanted], width: int, spare: int) -> list[Part]:
    """`wanted`: what matters most first; all of them may take `spare` rows of at most `width` cells more."""
    parts = [one.part for one in wanted]
    ended: set[int] = set()  # these stay as they are
    for cut in CUTS:
        for number, one in enumerate(wanted):
            above = (_rows(parts[other]) for other in ended if other < number)
            if number in ended or cut.rows > min(above, default=cut.rows) or not has_glyphs(one.part.text):
                continue
            texts = (one.part.text, one.short) if one.short else (one.part.text,)
            larger = (painted(text, cut, width) for text in texts) if cut.rows <= one.most else ()
            fitting = (part for part in larger if part and part.rows - parts[number].rows <= spare)
            part = next(fitting, None)
            if part is None:
                ended.add(number)
                continue
            spare -= part.rows - parts[number].rows
            parts[number] = part
    return parts


def _rows(part: Part) -> float:
    """Of a line; what cannot be painted keeps nothing else small."""
    if not has_glyphs(part.text):
        return inf
    return part.cut.rows if part.cut else 1


def larger_sentences(
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
    most = Share(*(max(rows // part, _SMALLEST_PAINTED) for part in share))
    if share is USUAL and rows < BIG:
        return headline, texts, spare
    short = {line.text: line.short for line in face.detail}
    order = sorted(range(len(detail)), key=lambda number: detail[number].matters)
    to_do = [number for number in order if detail[number].matters is Matters.MOST]
    rest = [number for number in order if number not in to_do]
    first = 1 if face.big else len(headline)  # beside a number the look can wait; else it is said in two languages
    wanted = [Wanted(part, most.headline) for part in headline[:first]]
    wanted += [Wanted(texts[number], most.to_do, short.get(texts[number].text, "")) for number in to_do]
    wanted += [Wanted(part, most.headline) for part in headline[first:]]
    wanted += [Wanted(texts[number], most.rest) for number in rest]
    kept = _ROOM_TO_BREATHE if share is USUAL else 0
    larger = iter(grown(wanted, width, spare - kept))
    before = sum(part.rows for part in (*headline, *texts))
    parts = [next(larger) for _ in headline[:first]]
    done = {number: next(larger) for number in to_do}
    headline = [*parts, *(next(larger) for _ in headline[first:])]
    done |= dict(zip(rest, larger, strict=True))
    texts = [done[number] for number in range(len(texts))]
    return headline, texts, spare - (sum(part.rows for part in (*headline, *texts)) - before)


def with_large_mark(headline: list[Part], rows: int, width: int, spare: int) -> tuple[list[Part], int]:
    """Where a headline is too long to be painted, its tick or cross is, above it."""
    mark, _, text = headline[0].text.partition(" ")
    if headline[0].cut or mark not in _MARKS:
        return headline, spare
    most = min(spare, max(rows // LARGE.headline, _SMALLEST_PAINTED))
    larger = [painted(mark, cut, width) for cut in CUTS if cut.rows <= most and cut != CUTS[0]]
    if not larger or not larger[-1]:
        return headline, spare
    under = written(text, width)
    return [larger[-1], under, *headline[1:]], spare - larger[-1].rows - under.rows + headline[0].rows
