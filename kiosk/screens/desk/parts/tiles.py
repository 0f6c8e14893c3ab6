"""Figures and facts side by side: what it is above, how it stands below it; or both in one line where there is less
room."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from kiosk.screens.desk.parts.palette import chip
from kiosk.screens.widgets.as_shown import as_shown
from kiosk.text.line_breaks import cells, padded

_GAP = 2  # cells between two tiles


class Tile(NamedTuple):
    """`colour` behind it where it is to be seen, else "". `weight`: how much of the room it takes beside others."""

    label: str
    value: str
    colour: str = ""
    weight: int = 1


def tiled(tiles: Sequence[Tile], width: int, muted: str) -> Content:
    """Two rows. A value that is longer than its tile takes from the gap, then it is cut."""
    columns = _columns([one.weight for one in tiles], width)
    above, below = list[tuple[str, str] | str](), list[tuple[str, str] | str]()
    for tile, room in zip(tiles, columns, strict=True):
        value = cut(as_shown(tile.value), room - _GAP)
        if tile.colour:
            value = cut(f" {value} ", room)
        above += [(padded(cut(tile.label, room - 1), room), muted)]
        below += [(value, chip(tile.colour) if tile.colour else "bold"), " " * (room - cells(value))]
    return Content("\n").join([Content.assemble(*above), Content.assemble(*below)])


def _columns(weights: Sequence[int], width: int) -> list[int]:
    return [width * weight // sum(weights) for weight in weights]


def in_a_line(tiles: Sequence[Tile], width: int, muted: str) -> Content:
    """As many as there is room for, the first ones first."""
    parts: list[tuple[str, str] | str] = []
    for tile in tiles:
        value = as_shown(f" {tile.value} " if tile.colour else tile.value)
        width -= cells(tile.label) + 1 + cells(value)
        if width < 0:
            break
        parts += [(tile.label, muted), " ", (value, chip(tile.colour) if tile.colour else "bold"), " " * _GAP]
        width -= _GAP
    return Content.assemble(*parts)


def cut(text: str, width: int) -> str:
    """With an ellipsis where something is left out."""
    if cells(text) <= width:
        return text
    while text and cells(text) >= width:
        text = text[:-1]
    return f"{text}…" if width > 0 else ""
