"""Patterns as functions of one common clock, so that equal looks keep step across the shelves."""

from collections.abc import Callable, Mapping
from math import cos, pi

from kiosk.parcels.looks import Look, Pattern, Rgb

Level = Callable[[float], float]

_BLINK_HZ = 1.0
_PULSE_HZ = 0.5
_ALARM_HZ = 2.0  # the most a blink may have
_WHITE: Rgb = (255, 255, 255)


def _solid(_: float) -> float:
    return 1.0


def _blink(t: float) -> float:
    return 1.0 if t * _BLINK_HZ % 1 < 0.6 else 0.0


def _pulse(t: float) -> float:
    return 0.6 - 0.4 * cos(2 * pi * _PULSE_HZ * t)


_LEVELS: Mapping[Pattern, Level] = {Pattern.SOLID: _solid, Pattern.BLINK: _blink, Pattern.PULSE: _pulse}


def colour_at(look: Look, t: float) -> bytes:
    """The three colour bytes (as seen, before gamma) of a look at `t` seconds."""
    if look.pattern is Pattern.ALARM:
        return bytes(look.colour.rgb if t * _ALARM_HZ % 1 < 0.5 else _WHITE)
    level = _LEVELS[look.pattern](t)
    return bytes(round(value * level) for value in look.colour.rgb)


def is_animated(look: Look) -> bool:
    return look.pattern is not Pattern.SOLID
