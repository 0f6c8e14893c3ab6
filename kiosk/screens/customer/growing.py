"""Running text grows into the rows that are left: a step for each in turn, what matters most first.

Nothing becomes larger than what matters more, and what has no room for the next step stays as it is.
"""

from collections.abc import Sequence
from typing import NamedTuple

from kiosk.screens.customer.cuts import CUTS, Part, painted
from kiosk.screens.customer.glyphs import has_glyphs


class Wanted(NamedTuple):
    """What is to grow from `part` on, to at most `most` rows a line; `short` says it where there is no room for all."""

    part: Part
    most: int
    short: str = ""


def grown(wanted: Sequence[Wanted], width: int, spare: int) -> list[Part]:
    """`wanted`: what matters most first; all of them may take `spare` rows of at most `width` cells more."""
    parts = [one.part for one in wanted]
    ended = [len(CUTS)] * len(wanted)  # the step at which each stays
    for step, cut in enumerate(CUTS):
        for number, one in enumerate(wanted):
            if step >= min(ended[: number + 1]) or not has_glyphs(one.part.text):
                continue
            texts = (one.part.text, one.short) if one.short else (one.part.text,)
            larger = (painted(text, cut, width) for text in texts) if cut.rows <= one.most else ()
            fitting = (part for part in larger if part and part.rows - parts[number].rows <= spare)
            part = next(fitting, None)
            if part is None:
                ended[number] = step
                continue
            spare -= part.rows - parts[number].rows
            parts[number] = part
    return parts
