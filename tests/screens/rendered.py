"""What a screen shows, read off its own cells."""

from collections.abc import Sequence
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


QUARTERS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"  # of a painted cell: upper left 1, upper right 2, lower left 4, lower right 8


def painted_cells(rows: list[Row], ink: str) -> list[str]:
    """Rows of QUARTERS, a character a cell; a cell that is painted whole has `ink` behind it."""
    return [
        "".join(
            "█" if behind == ink else letter if letter in QUARTERS else " "
            for letter, behind in zip(row.text, row.behind, strict=True)
        )
        if len(row.text) == len(row.behind)
        else " " * len(row.behind)  # wide letters: there is nothing painted beside them
        for row in rows
    ]


def stands_in(block: Sequence[str], cells: list[str]) -> bool:
    """Whether `block` is painted there whole, all of it where it belongs."""
    return any(
        all(line[x : x + len(block[0])] == row for row, line in zip(block, cells[y:], strict=False))
        for y in range(len(cells) - len(block) + 1)
        for x in range(len(cells[y]) - len(block[0]) + 1)
        if cells[y].startswith(block[0], x)
    )
