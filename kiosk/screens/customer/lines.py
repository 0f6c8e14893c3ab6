"""The customer screen's running text: what is about to end, everybody's lights, the keys, the demo's codes."""

from collections.abc import Sequence
from enum import IntEnum
from math import ceil
from typing import NamedTuple

from kiosk.parcels.looks import Look
from kiosk.text import N_, Language, Say, words
from kiosk.text.line_breaks import cells
from kiosk.text.sentences import colour_name

WARN_S = 20  # the last seconds are announced, so that one more key can extend them: as long as WCAG 2.2.1 asks for
_COUNT = 4  # cells of " +12"
_TRY = N_("Try one of these:")


class Matters(IntEnum):
    """How much a line matters to whoever stands there: where there is no room for all, the last ones go first."""

    MOST = 0
    WARNING = 1
    MONEY = 2
    LIST = 3
    COUNTDOWN = 4
    WHICH = 5
    MORE = 6
    OTHER_CODE = 7


class Line(NamedTuple):
    """Running text; `short` says it where there is no room for all of it."""

    text: str
    matters: Matters = Matters.MOST
    short: str = ""


def countdown(say: Say, seconds_left: float) -> Line:
    """Of the light."""
    seconds = ceil(seconds_left)
    if seconds <= 0:
        return Line(say("The light is off: scan again to relight."), Matters.WARNING)
    if seconds <= WARN_S:
        return Line(say("Light off in {seconds} s: any key extends", seconds=seconds), Matters.WARNING)
    return Line(say("The light shines for {seconds} s", seconds=seconds), Matters.COUNTDOWN)


def passing_line(say: Say, seconds_left: float) -> Line:
    """A message that goes by itself, and how it is kept."""
    return Line(say("Goes away in {seconds} s: any key keeps it", seconds=ceil(seconds_left)), Matters.WARNING)


def typing_line(say: Say, seconds_left: float) -> str:
    """What was typed and left is soon forgotten, for the next person's sake."""
    return say("Please type on: forgotten in {seconds} s", seconds=ceil(seconds_left))


def others_line(say: Say, lit: Sequence[tuple[Look, Sequence[str]]], width: int = 40) -> str:
    """Everybody's lights in one line of at most `width` cells: colours and slots, nothing of a person."""
    if not lit:
        return ""
    line = say("Lit now:")
    for number, (look, slots) in enumerate(lit):
        part = f" {look.colour.symbol} {colour_name(say, look.colour)} {slots[0]}"
        if cells(line + part) > width - _COUNT:
            return f"{line} +{len(lit) - number}"
        line += part
    return line


def keys_lines(say: Say, language: Language, *, may_deliver: bool, large: bool) -> tuple[str, ...]:
    """The keys in full, and shorter for narrower screens. `may_deliver`: what was found may be brought home instead;
    `large`: the text is large already."""
    other = language.other.own_name
    size, size_short = (say("F4 small text"), say("F4 small")) if large else (say("F4 large text"), say("F4 large"))
    home, home_short = ([say("F3 bring home")], [say("F3 home")]) if may_deliver else ([], [])
    full = [say("F1 call staff"), f"F2 {other}", *home, size, say("Esc cancel")]
    short = [say("F1 staff"), f"F2 {other}", *home_short, size_short, say("Esc cancel")]
    fewest = ["Esc" if key == say("Esc cancel") else key for key in short]  # whoever needs large text needs F4
    mixed = [size_short if key == size else key for key in full]
    return (
        "  ".join(full), " ".join(full), " ".join(mixed), "  ".join(short), " ".join(short), " ".join(fewest),
    )  # fmt: skip


def codes_to_try(codes: Sequence[str], *, in_a_column: bool) -> str:
    """The demo's offer, in both languages: beside the QR code, or in rows of three where there is no QR."""
    if not codes:
        return ""
    asks = [words(language)(_TRY) for language in Language]
    if in_a_column:
        return "\n".join(["", *asks, "", *codes])
    return "\n".join(["  ".join(asks), "   ".join(codes[:3]), "   ".join(codes[3:])])
