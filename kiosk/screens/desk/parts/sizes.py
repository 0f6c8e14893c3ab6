"""How many rows each part of the desk has, by the size of the screen. Knows no Textual.

What is scanned changes no size: only a list does, which has no place to walk to, and what grows at the bottom.
"""

from typing import NamedTuple

from kiosk.screens.desk.parts.large import LARGE, SMALL

NARROW = 60  # columns up to which the desk is laid out for a phone
_ROOMY = (100, 30)  # columns and rows from which figures stand in tiles
_TALL, _LOW = 36, 22  # rows from which a bar is three rows high; below which there is no day at a glance
_LOW_PHONE, _TALL_PHONE = 18, 30  # rows below which the place stands on the bar; from which nothing moves
_MAP_FROM, _MAP_MOST = 120, 60  # columns of a screen with the map beside; of the map


class Sizes(NamedTuple):
    """Rows of each part, as they stand below one another; 0: it is not there. `lines` of the card begin with a place
    to walk to, if there is one."""

    head: int
    glance: int
    sheet: int
    next: int
    bar: int
    lines: int
    list: int
    banner: int
    typed: int
    keys: int


class Needed(NamedTuple):
    """Rows that texts take which grow, in the columns that there are. `page`: the answer is a list or a code to be
    scanned, without a place; of `code` rows."""

    sheet: int = 1
    next: int = 1
    lines: int = 0
    banner: int = 0
    keys: int = 1
    page: bool = False
    code: int = 0


# What gives up rows where there are too few: the list first, what is typed never.
_GIVE_UP = ("list", "lines", "glance", "next", "sheet", "banner", "head", "keys", "bar")
_FOR_A_CODE = ("next", "sheet", "glance", "banner")  # a code that is not whole is none


def is_narrow(width: int) -> bool:
    return 0 < width <= NARROW


def is_roomy(width: int, height: int) -> bool:
    return width >= _ROOMY[0] and height >= _ROOMY[1]


def map_columns(width: int, height: int) -> int:
    """0: there is no room for it."""
    return min(width // 3, _MAP_MOST) if width >= _MAP_FROM and height >= _ROOMY[1] else 0


def place_rows(card: int) -> int:
    """Of the lines that a card has, those that a place to walk to takes; 0: it stands on the bar."""
    return LARGE + 2 if card >= 2 * LARGE + 2 else SMALL if card >= SMALL else 0


def sizes(width: int, height: int, needed: Needed) -> Sizes:
    """All rows of the screen, no more and no fewer."""
    wanted = _of_phone(height, needed) if is_narrow(width) else _of_desk(width, height, needed)
    rows = wanted._replace(list=0)
    rows = rows._replace(list=max(0, height - sum(rows)))
    for name in _FOR_A_CODE if rows.list < needed.code else ():
        if rows.list < needed.code:
            rows = rows._replace(**{name: 0, "list": rows.list + getattr(rows, name)})
    for name in _GIVE_UP:
        rows = rows._replace(**{name: max(0, getattr(rows, name) - max(0, sum(rows) - height))})
    return rows


def _of_desk(width: int, height: int, needed: Needed) -> Sizes:
    is_wide, is_tall, is_low = is_roomy(width, height), height >= _TALL, height < _LOW
    lines = 6 if is_wide else 3 if is_low else 5
    place = LARGE + 2 if is_wide and is_tall else SMALL
    return Sizes(
        head=1,
        glance=2 if is_wide else 0 if is_low else 1,
        sheet=2 if is_wide else 1,
        next=2 if is_wide else 1,
        bar=3 if is_wide and is_tall and not needed.page else 1,
        lines=min(needed.lines, lines) if needed.page else place + lines,
        list=0,
        banner=min(needed.banner, 2),
        typed=1,
        keys=needed.keys,
    )


def _of_phone(height: int, needed: Needed) -> Sizes:
    """What goes beyond the card is turned with the list."""
    is_tall, is_low = height >= _TALL_PHONE, height < _LOW_PHONE
    return Sizes(
        head=1,
        glance=1 if is_tall else 0,
        sheet=max(needed.sheet, 2 if is_tall else 0),
        next=max(needed.next, 2 if is_tall else 1),
        bar=1,
        lines=0 if needed.page or is_low else SMALL,
        list=0,
        banner=min(needed.banner, height // 3),
        typed=1,
        keys=needed.keys,
    )
