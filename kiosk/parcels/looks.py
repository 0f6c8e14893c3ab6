"""Looks: the colour and pattern that tell one session's lights from another's, for every eye."""

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import NamedTuple

Rgb = tuple[int, int, int]


class Colour(StrEnum):
    """Okabe-Ito colours; blue is left out on purpose. Which of them are one hue to some eyes: see is_alike.

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
    """Rhythms as lighthouses have them, whose sailors must not trust a colour either."""

    SOLID = "solid"
    BLINK = "blink"
    PULSE = "pulse"
    TWICE = "twice"
    WINK = "wink"
    FLASH = "flash"
    THRICE = "thrice"
    SLOW = "slow"
    ALARM = "alarm"


class Look(NamedTuple):
    """What a session wears on every shelf."""

    colour: Colour
    pattern: Pattern


# Kept for a wrong parcel at the exit: no session ever gets it.
ALARM_LOOK = Look(Colour.RED, Pattern.ALARM)

# In the order in which they are given out: what is told apart most easily first. Of those whose colours are alike no
# two have one pattern, so sky, which only green and the plain lamp are like, has each pattern again.
SESSION_LOOKS: tuple[Look, ...] = (
    Look(Colour.YELLOW, Pattern.SOLID),
    Look(Colour.SKY, Pattern.SOLID),
    Look(Colour.ORANGE, Pattern.BLINK),
    Look(Colour.GREEN, Pattern.PULSE),
    Look(Colour.VERMILLION, Pattern.TWICE),
    Look(Colour.SKY, Pattern.BLINK),
    Look(Colour.YELLOW, Pattern.WINK),
    Look(Colour.SKY, Pattern.TWICE),
    Look(Colour.ORANGE, Pattern.FLASH),
    Look(Colour.SKY, Pattern.WINK),
    Look(Colour.VERMILLION, Pattern.THRICE),
    Look(Colour.SKY, Pattern.FLASH),
    Look(Colour.YELLOW, Pattern.SLOW),
    Look(Colour.SKY, Pattern.THRICE),
    Look(Colour.SKY, Pattern.SLOW),
)
# Those that a lamp can show that is either on or off.
PLAIN_LOOKS: tuple[Look, ...] = tuple(
    Look(Colour.PLAIN, pattern)
    for pattern in (Pattern.SOLID, Pattern.BLINK, Pattern.PULSE, Pattern.TWICE, Pattern.FLASH)
)

# To people without one of the three kinds of cones these are one hue, once their brightness is no cue: CIEDE2000 below
# 20 as Machado, Oliveira and Fernandes (2009) simulate it.
_ONE_HUE = (
    frozenset({Colour.YELLOW, Colour.ORANGE, Colour.GREEN, Colour.VERMILLION, Colour.RED}),
    frozenset({Colour.SKY, Colour.GREEN}),
    frozenset({Colour.PLAIN, Colour.YELLOW}),
    frozenset({Colour.PLAIN, Colour.SKY}),
    frozenset({Colour.PLAIN, Colour.GREEN}),
)


def is_alike(one: Colour, other: Colour) -> bool:
    """Whether some eye may take one for the other."""
    return one is other or any({one, other} <= hue for hue in _ONE_HUE)


def may_be_confused(one: Look, other: Look) -> bool:
    """Whether some eye may take a light in one look for a light in the other."""
    return one.pattern is other.pattern and is_alike(one.colour, other.colour)


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

    Never the same look twice in one zone. No two that are live anywhere may be confused, as long as there are looks
    for that; then sessions differ by colour first.
    """
    worn = tuple(worn)
    wanted = frozenset(zones)
    worn_here = [w for w in worn if w.zones & wanted]
    taken_here = {w.look for w in worn_here}
    colours_here = {look.colour for look in taken_here}
    colours_anywhere = {w.look.colour for w in worn}
    looks = SESSION_LOOKS if has_colours else PLAIN_LOOKS
    free = [look for look in looks if look not in taken_here]

    def likeness(look: Look) -> tuple[bool, bool, bool, bool]:
        return (
            any(may_be_confused(look, w.look) for w in worn_here),
            any(may_be_confused(look, w.look) for w in worn),
            look.colour in colours_here,
            look.colour in colours_anywhere,
        )

    return min(free, key=likeness, default=None)
