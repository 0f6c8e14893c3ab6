"""Texts of the desk on a narrow screen: nothing is cut, a line that goes on is set in."""

import re
from collections.abc import Iterable

from kiosk.text.line_breaks import broken, cells


def wrapped(rows: Iterable[str], width: int, *, set_in: int = 2) -> tuple[str, ...]:
    """Each row in as many lines of `width` cells as it takes."""
    return tuple(line for row in rows for line in _wrapped(row, width, set_in))


def _wrapped(row: str, width: int, set_in: int) -> list[str]:
    if cells(row) <= width:
        return [row]
    text = row.lstrip()
    margin = " " * (len(row) - len(text))
    first, *others = broken(text, width - len(margin))
    if not others:
        return [margin + first]
    rest = text[len(first) :].lstrip()
    return [margin + first, *(margin + " " * set_in + line for line in broken(rest, width - len(margin) - set_in))]


def keys_in(text: str) -> list[str]:
    """`F1 coming  F5 hand over`, key by key."""
    return re.split(r"\s+(?=F\d)", text)


def packed(keys: Iterable[str], width: int) -> str:
    """In as few lines as they fit in; a key and what it does stay together."""
    lines: list[str] = []
    for key in keys:
        if lines and cells(f"{lines[-1]}  {key}") <= width:
            lines[-1] += f"  {key}"
        else:
            lines.append(key)
    return "\n".join(lines)


def tail(text: str, width: int) -> str:
    """The end of what is typed, where it grows."""
    while text and cells(text) > width:
        text = text[1:]
    return text
