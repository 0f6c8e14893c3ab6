"""Patterns as functions of one common clock, so that equal looks keep step across the shelves."""

from collections.abc import Callable, Mapping
from functools import cache
from math import cos, pi

from hardware.strips.light import balanced
from kiosk.parcels.looks import Colour, Guide, Look, Pattern

Level = Callable[[float], float]

_PULSE_HZ = 0.5
_ALARM_HZ = 2.0  # the most a blink may have
_DIM_WHITE = bytes((80, 80, 80))  # too dim for a plain lamp: there the alarm blinks
_BLUISH = (Colour.GREEN, Colour.SKY)  # an LED's strong blue would make cyan and blue of them
_GUIDE_CYCLE_S = 3.0
_GUIDE_S = 1.2  # of each cycle; for the rest only the slot is lit
_STEPS = 64  # of brightness in a pulse: finer than an eye sees, and few enough to be kept
_GUIDE_STEPS = _STEPS // 2


def _pulse(t: float) -> float:
    return 0.6 - 0.4 * cos(2 * pi * _PULSE_HZ * t)


def _rhythm(cycle_s: float, *lit: tuple[float, float]) -> Level:
    """`lit`: from and until which second of each cycle."""
    return lambda t: float(any(start <= t % cycle_s < end for start, end in lit))


# No two flashes are closer than those of the alarm.
_LEVELS: Mapping[Pattern, Level] = {
    Pattern.SOLID: lambda _: 1.0,
    Pattern.BLINK: _rhythm(1.0, (0.0, 0.6)),
    Pattern.PULSE: _pulse,
    Pattern.TWICE: _rhythm(2.0, (0.0, 0.25), (0.5, 0.75)),
    Pattern.WINK: _rhythm(2.0, (0.0, 1.7)),
    Pattern.FLASH: _rhythm(2.0, (0.0, 0.3)),
    Pattern.THRICE: _rhythm(2.5, (0.0, 0.25), (0.5, 0.75), (1.0, 1.25)),
    Pattern.SLOW: _rhythm(3.0, (0.0, 1.5)),
}


def colour_at(look: Look, t: float) -> bytes:
    """The three colour bytes (as seen on LEDs, before gamma) of a look at `t` seconds."""
    if look.pattern is Pattern.ALARM:
        return bytes(look.colour.rgb) if t * _ALARM_HZ % 1 < 0.5 else _DIM_WHITE
    return _at_level(look.colour, round(_STEPS * _LEVELS[look.pattern](t)))


def guide_colour_at(guide: Guide, look: Look, distance: int, reach: int, t: float) -> bytes:
    """What a neighbour shows at `t` to lead the eye to a slot in `look`.

    CHASE: it is one of a row of slots that light up one after the other, the furthest (`reach` slots away) first.
    LOCATE: it is in the slot's column, which lights up as a whole before the slot is alone again.
    """
    progress = t % _GUIDE_CYCLE_S / _GUIDE_S
    is_its_turn = guide is not Guide.CHASE or distance == reach - int(progress * reach)
    return _at_level(look.colour, _GUIDE_STEPS if progress < 1 and is_its_turn else 0)


def is_animated(look: Look) -> bool:
    return look.pattern is not Pattern.SOLID


@cache
def _at_level(colour: Colour, steps: int) -> bytes:
    level = bytes(round(value * steps / _STEPS) for value in colour.rgb)
    return balanced(level) if colour in _BLUISH else level
