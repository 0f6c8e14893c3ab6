"""The customer screen's running text: what is about to end, everybody's lights, the keys, the demo's codes."""

from collections.abc import Sequence
from enum import IntEnum
from math import ceil
from typing import NamedTuple

from kiosk.parcels.looks import Look
from kiosk.screens.customer.moments.home_wish import HomeKey
from kiosk.text import N_, Language, Say, words
from kiosk.text.line_breaks import cells
from kiosk.text.sentences import colour_name, pattern_name

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
    EARLIER = 5
    WHICH = 6
    MORE = 7
    OTHER_CODE = 8
    NEXT = 9


class Line(NamedTuple):
    """Running text; `short` says it where there is no room for all of it."""

    text: str
    matters: Matters = Matters.MOST
    short: str = ""


def countdown(say: Say, seconds_left: float) -> Line:
    """Of the light whose slot the screen shows; while it is young, whoever is next learns that nobody has to wait."""
    seconds = ceil(seconds_left)
    if seconds <= 0:
        return Line(say("The light is off: scan again to relight."), Matters.WARNING)
    if seconds <= WARN_S:
        told = say("Light goes off in {seconds} s. Press any key for more time", seconds=seconds)
        return Line(told, Matters.WARNING, say("Light off in {seconds} s. Any key: more", seconds=seconds))
    short = say("{seconds} s of light. Next: scan now", seconds=seconds)
    told = say("The light shines for {seconds} s. Next customer: you may scan now", seconds=seconds)
    return Line(told, Matters.COUNTDOWN, short)


def next_line(say: Say) -> Line:
    """Nobody has to wait for the one before: each search has a light of its own."""
    return Line(say("Next customer: you may scan now"), Matters.NEXT)


def light_behind(say: Say, slot: str, seconds_left: float) -> Line:
    """Of a light whose slot another face covers for a moment: it says which one."""
    seconds = ceil(seconds_left)
    told = say("Light at {slot} goes off in {seconds} s. Press any key for more time", slot=slot, seconds=seconds)
    return Line(told, Matters.WARNING)


def passing_line(say: Say, seconds_left: float) -> Line:
    """A message that goes by itself, and how it is kept."""
    seconds = ceil(seconds_left)
    told = say("Closes in {seconds} s. Press any key to keep it", seconds=seconds)
    return Line(told, Matters.WARNING, say("Closes in {seconds} s. Any key keeps it", seconds=seconds))


def typing_line(say: Say, seconds_left: float) -> str:
    """What was typed and left is soon forgotten, for the next person's sake."""
    return say("Keep typing: cleared in {seconds} s", seconds=ceil(seconds_left))


def others_line(say: Say, lit: Sequence[tuple[Look, Sequence[str]]], width: int = 40) -> str:
    """Everybody's lights in one line of at most `width` cells: looks and slots, nothing of a person."""
    return _looks_line(say("Lit now:"), say, lit, width) if lit else ""


def earlier_line(say: Say, lit: Sequence[tuple[Look, Sequence[str]]]) -> Line:
    """The numbers that this screen showed a moment ago, for whoever is still on the way there."""
    slots = say(", ").join(slot for _, slots in lit for slot in slots)
    full = say(", ").join(f"{look.colour.symbol} {slot}" for look, slots in lit for slot in slots)
    return Line(say("Before: {slots}", slots=full), Matters.EARLIER, say("Before: {slots}", slots=slots))


def _looks_line(line: str, say: Say, lit: Sequence[tuple[Look, Sequence[str]]], width: int) -> str:
    """With the looks in words, where not even one has room with their signs alone."""
    parts = [f" {look.colour.symbol} {_named(say, look)} {slots[0]}" for look, slots in lit]
    if cells(line + parts[0]) > width - _COUNT:
        parts = [f" {look.colour.symbol} {slots[0]}" for look, slots in lit]
    for number, part in enumerate(parts):
        if cells(line + part) > width - _COUNT:
            return f"{line} +{len(lit) - number}"
        line += part
    return line


def _named(say: Say, look: Look) -> str:
    return say("{colour}, {pattern}", colour=colour_name(say, look.colour), pattern=pattern_name(say, look.pattern))


def keys_lines(say: Say, language: Language, *, home: HomeKey, large: bool) -> tuple[str, ...]:
    """The keys in full, and shorter for narrower screens, the last to be broken where none is one row. `home`: what F3
    does now; `large`: the text is large already."""
    help_, other, leave = say("F1 help"), f"F2 {language.other.own_name}", say("Esc cancel")
    size, size_short = (say("F4 small text"), say("F4 small")) if large else (say("F4 large text"), say("F4 large"))
    door = [say(_HOME_KEYS[home])] if home is not HomeKey.NONE else []
    full, short = [help_, other, *door, size, leave], [help_, other, *door, size_short, leave]
    return ("  ".join(full), " ".join(full), "  ".join(short), " ".join(short))


_HOME_KEYS = {
    HomeKey.ASK: N_("F3 to my door"),
    HomeKey.CONFIRM: N_("F3 yes, to my door"),
    HomeKey.TAKE_BACK: N_("F3 not to my door"),
}


def codes_to_try(codes: Sequence[str], *, in_a_column: bool) -> str:
    """The demo's offer, in both languages: beside the QR code, or in rows of three where there is no QR."""
    if not codes:
        return ""
    asks = [words(language)(_TRY) for language in Language]
    if in_a_column:
        return "\n".join(["", *asks, "", *codes])
    return "\n".join(["  ".join(asks), "   ".join(codes[:3]), "   ".join(codes[3:])])


def erased_line(say: Say, kind: str | None) -> str:
    """To staff, where the station lies on a file system (its name) that keeps nothing."""
    return "⚠ " + say("Staff: a restart erases all ({kind})", kind=kind) if kind else ""
