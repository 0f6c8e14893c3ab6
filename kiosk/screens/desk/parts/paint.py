"""The staff desk's answers in colour: what mood has which paint, mark and tone, and the picture of the station."""

import re

from textual.content import Content

from hardware.tones import Tone
from kiosk.jobs.keeping.picture import PictureBy
from kiosk.screens.colours import BAD, CALM, DOUBTFUL, GOOD
from kiosk.screens.desk.parts.palette import chip
from kiosk.text.answers.parts import Mood

PAINT = {Mood.GOOD: GOOD, Mood.DOUBTFUL: DOUBTFUL, Mood.BAD: BAD, Mood.CALM: CALM}
# Form tells the outcome too: to who sees no colours, and where there are none.
MARK = {Mood.GOOD: "✓", Mood.DOUBTFUL: "!", Mood.BAD: "✗", Mood.CALM: "-"}
LARGE_MARK = {
    Mood.GOOD: ("     ▄█▀", "█▄ ▄█▀  ", " ▀█▀    "),
    Mood.DOUBTFUL: ("██", "██", "▄▄"),
    Mood.BAD: ("▀█▄ ▄█▀", "  ███  ", "▄█▀ ▀█▄"),
    Mood.CALM: ("", "▄▄ ▄▄ ▄▄", ""),
}
# Doubtful is neither good nor bad: look at the screen.
TONE = {Mood.GOOD: Tone.GOOD, Mood.DOUBTFUL: Tone.ATTENTION, Mood.BAD: Tone.BAD, Mood.CALM: Tone.GOOD}

_MARK = re.compile(r"((?<= )\S(?= |$))")
_FINE, _BUSY, _FULL, _CLOSED = "#009E73", "#F0E442", "#D55E00", "#999999"
_COURIERS = ("#F0E442", "#56B4E9", "#E69F00", "#009E73", "#D55E00", "#CC79A7")


def painted(row: str, by: PictureBy) -> Content:
    """A row of the picture with each mark in its colour; the mark itself tells the same."""
    parts = _MARK.split(row)
    return Content.assemble(*((part, _style(part, by) if len(part) == 1 else "") for part in parts))


def _style(mark: str, by: PictureBy) -> str:
    return "" if mark in " ." else chip(colour_of(mark, by))


def colour_of(mark: str, by: PictureBy) -> str:
    """Behind the mark of a slot that is not empty."""
    if mark == "x":
        return _CLOSED
    if by is PictureBy.COURIER:
        return _COURIERS[ord(mark) % len(_COURIERS)]
    busy, full = ("5678", "9#") if by is PictureBy.FILL else ("3456", "789+")
    return _FULL if mark in full else _BUSY if mark in busy else _FINE
