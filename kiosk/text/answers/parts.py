"""The parts of an answer in words."""

from enum import StrEnum
from typing import NamedTuple


class Mood(StrEnum):
    """How an answer is meant: its colour and its tone. Never alone: a word stands beside it."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"
    CALM = "calm"


class Words(NamedTuple):
    """`word` on the bar, `big` the place to walk to, `lines` below it (the first also tells the answer by itself),
    `table` whatever is listed, `qr` what is to be scanned from the screen."""

    word: str
    mood: Mood
    big: str
    lines: tuple[str, ...]
    table: tuple[str, ...] = ()
    qr: str = ""


def one_line(*parts: str | None) -> str:
    return "  ".join(part for part in parts if part)
