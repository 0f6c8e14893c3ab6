"""Looks: the colour and pattern that tell one session's lights from another's."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import NamedTuple

Rgb = tuple[int, int, int]


class Colour(StrEnum):
    """Okabe-Ito colours that stay apart for colour-blind eyes; blue is left out on purpose.

    PLAIN is for shelves with lamps that have no colours: there only the pattern tells sessions apart.
    """

    YELLOW = "yellow"
    SKY = "sky"
    ORANGE = "orange"
    GREEN = "green"
    VERMILLION = "vermillion"
    RED = "red"
    PLAIN = "plain"

    @property
    def rgb(self) -> Rgb:
        return _RGB[self]

    @property
    def symbol(self) -> str:
        return _SYMBOL[self]


_RGB: dict[Colour, Rgb] = {
    Colour.YELLOW: (0xF0, 0xE4, 0x42),
    Colour.SKY: (0x56, 0xB4, 0xE9),
    Colour.ORANGE: (0xE6, 0x9F, 0x00),
    Colour.GREEN: (0x00, 0x9E, 0x73),
    Colour.VERMILLION: (0xD5, 0x5E, 0x00),
    Colour.RED: (0xFF, 0x00, 0x00),
    Colour.PLAIN: (0xFF, 0xFF, 0xFF),
}

# None of these has an ambiguous width, so columns stay straight beside Chinese text.
_SYMBOL: dict[Colour, str] = {
    Colour.YELLOW: "✚",
    Colour.SKY: "❖",
    Colour.ORANGE: "✪",
    Colour.GREEN: "✦",
    Colour.VERMILLION: "✱",
    Colour.RED: "!",
    Colour.PLAIN: "✹",
}


class Pattern(StrEnum):
    SOLID = "solid"
    BLINK = "blink"
    PULSE = "pulse"
    ALARM = "alarm"


class Look(NamedTuple):
    """What a session wears on every shelf."""

    colour: Colour
    pattern: Pattern


# Kept for a wrong parcel at the exit: no session ever gets it.
ALARM_LOOK = Look(Colour.RED, Pattern.ALARM)

_SESSION_PATTERNS = (Pattern.SOLID, Pattern.BLINK, Pattern.PULSE)
SESSION_LOOKS: tuple[Look, ...] = tuple(
    Look(colour, pattern)
    for pattern in _SESSION_PATTERNS
    for colour in Colour
    if colour not in (Colour.RED, Colour.PLAIN)
)
PLAIN_LOOKS: tuple[Look, ...] = tuple(Look(Colour.PLAIN, pattern) for pattern in _SESSION_PATTERNS)


class Guide(StrEnum):
    """How light leads to a slot, beside its own light: not at all, by dots that run up to it, by its whole column."""

    NONE = "none"
    CHASE = "chase"
    LOCATE = "locate"


class WornLook(NamedTuple):
    """A look that a live session wears, and the zones (shelves) it wears it in."""

    look: Look
    zones: frozenset[str]


def choose_look(worn: Iterable[WornLook], zones: Collection[str], *, has_colours: bool = True) -> Look | None:
    """A look for a session in `zones`; None when every look is taken there (wait and say so).

    `has_colours`: every lamp of the session can be coloured.

    Never the same look twice in one zone. Sessions differ by colour first, then by pattern; a look is worn
    twice only in different zones.
    """
    worn = tuple(worn)
    wanted = frozenset(zones)
    taken_here = {w.look for w in worn if w.zones & wanted}
    colours_here = {look.colour for look in taken_here}
    colours_anywhere = {w.look.colour for w in worn}
    looks_anywhere = {w.look for w in worn}
    looks = SESSION_LOOKS if has_colours else PLAIN_LOOKS
    free = [look for look in looks if look not in taken_here]

    def likeness(look: Look) -> tuple[bool, bool, bool]:
        return (look.colour in colours_here, look in looks_anywhere, look.colour in colours_anywhere)

    return min(free, key=likeness, default=None)
