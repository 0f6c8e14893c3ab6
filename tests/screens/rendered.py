"""What a screen shows, read off its own cells."""

from functools import cache
from typing import NamedTuple

from rich.color import Color
from textual.app import App


class Row(NamedTuple):
    """`text` of a row of cells, and the colour behind each of them (#RRGGBB)."""

    text: str
    behind: tuple[str, ...]


def rendered(app: App[None]) -> list[Row]:
    """All rows, top first, as they went to the terminal."""
    rows = []
    for strip in app.screen._compositor.render_strips():
        behind: list[str] = []
        for segment in strip:
            colour = segment.style.bgcolor if segment.style else None
            behind += [_hex(colour) if colour else "#000000"] * segment.cell_length
        rows.append(Row("".join(segment.text for segment in strip), tuple(behind)))
    return rows


@cache
def _hex(colour: Color) -> str:
    return colour.get_truecolor().hex.upper()


def squeezed(text: str) -> str:
    """Without blanks and line ends, so that a broken text is found again."""
    return "".join(text.split())


def painted_cells(rows: list[Row], ink: str, paint: str) -> list[str]:
    """What is painted in `ink` on a plate of `paint`, a # a cell, cut to its edges. The plate has an edge of one."""
    rows_of = [
        "".join("#" if colour == ink else " " for colour in row.behind[1:-1])
        if paint in row.behind
        else " " * len(row.behind[1:-1])
        for row in rows
    ]
    used = [row for row in rows_of if "#" in row]
    if not used:
        return []
    first = rows_of.index(used[0])
    last = len(rows_of) - 1 - rows_of[::-1].index(used[-1])
    left = min(row.index("#") for row in used)
    right = max(row.rindex("#") for row in used)
    return [row[left : right + 1] for row in rows_of[first : last + 1]]
