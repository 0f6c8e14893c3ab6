"""Running text broken into lines by the width it has on a terminal, Chinese by its own rules.

No line begins with ，。！？：；、）】》 or ends with （【《; numbers, codes and Latin words stay whole, and so does a
number with its measure word (“4 位”). Textual breaks at spaces only, so it takes a Chinese sentence for one word.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import combining, east_asian_width

_OPENING = "（【《「『〔［｛"
CLOSING = "，。！？：；、）】》」』〕］｝％…"
_PAUSES = "，。！？：；,.!?:;"
_WIDE = r"\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
_TOKEN = (
    rf"[{_OPENING}]*(?:"
    rf"[^\s{_WIDE}]*\d [{_WIDE}]|"  # a number and its measure word
    rf"[^\s{_WIDE}]*\d s\b|"
    rf"[^\s{_WIDE}]+|[{_WIDE}])[{CLOSING}]*|\S"
)
_NO_PAUSE = 400  # what a break within a clause costs beside the squares of the cells left empty
_LINE = 1_000_000


def cells(text: str) -> int:
    """How many columns of a terminal it takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def padded(text: str, width: int) -> str:
    """With blanks up to so many columns."""
    return text + " " * (width - cells(text))


def _cells(character: str) -> int:
    if east_asian_width(character) in "WF":
        return 2
    return 0 if combining(character) else 1


Measure = Callable[[str], int]


class _Token(NamedTuple):
    """What stays whole, how long it is, and the blanks before it, where it does not begin a line."""

    gap: str
    text: str
    gap_length: int
    length: int


@lru_cache(maxsize=256)
def broken(text: str, width: int, measure: Measure = cells) -> tuple[str, ...]:
    """As few lines of at most `width` as there can be, broken behind pauses or else evenly. An empty text is one empty
    line; what stays whole but is longer than a line is cut. `measure`: how long letters are, in cells as `width`, or
    in whatever they are painted in."""
    return tuple(line for paragraph in text.split("\n") for line in _broken(paragraph, max(width, 2), measure))


def stays_whole(text: str, width: int, measure: Measure) -> bool:
    """Whether no word, number or code would have to be cut."""
    return measure(text) <= width or all(measure(match[0]) <= width for match in _token().finditer(text))


def _broken(paragraph: str, width: int, measure: Measure) -> list[str]:
    if measure(paragraph) <= width:
        return [paragraph]
    tokens = [part for token in _tokens(paragraph, measure) for part in _cut(token, width, measure)]
    # cost[i]: of the best lines for tokens i and after; first[i]: where the line after the one that begins at i begins
    cost, first = [0.0] * (len(tokens) + 1), [0] * (len(tokens) + 1)
    for start in range(len(tokens) - 1, -1, -1):
        cost[start] = float("inf")
        used = -tokens[start].gap_length
        for end in range(start, len(tokens)):
            used += tokens[end].gap_length + tokens[end].length
            if used > width:
                break
            is_good = end + 1 == len(tokens) or tokens[end].text[-1] in _PAUSES or len(tokens[end + 1].gap) > 1
            price = _LINE + (width - used) ** 2 + (0 if is_good else _NO_PAUSE) + cost[end + 1]
            if price < cost[start]:
                cost[start], first[start] = price, end + 1
    lines, start = [], 0
    while start < len(tokens):
        end = first[start]
        lines.append("".join(one.gap + one.text for one in tokens[start:end])[len(tokens[start].gap) :])
        start = end
    return lines


@cache
def _token() -> re.Pattern[str]:
    """20 ms to compile, and the first screen of all fits without breaking a line."""
    return re.compile(_TOKEN)


def _tokens(paragraph: str, measure: Measure) -> list[_Token]:
    found, at = [], 0
    for match in _token().finditer(paragraph):
        gap = paragraph[at : match.start()]
        found.append(_Token(gap, match[0], measure(gap), measure(match[0])))
        at = match.end()
    return found


def _cut(token: _Token, width: int, measure: Measure) -> list[_Token]:
    if token.length <= width:
        return [token]
    parts, part, first = [], "", token
    for character in token.text:
        if measure(part + character) > width:
            parts.append(first._replace(text=part, length=measure(part)))
            part, first = "", first._replace(gap="", gap_length=0)
        part += character
    return [*parts, first._replace(text=part, length=measure(part))]
