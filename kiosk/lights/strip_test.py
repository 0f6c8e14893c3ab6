"""The installer's test of a strip: every pixel in turn, each colour, all off, and what it draws."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from hardware.readers import StripReader
from hardware.strips import StripError
from kiosk.lights.by_hand import Hand

_WHITE = b"\xff\xff\xff"
_COLOURS = (b"\xff\0\0", b"\0\xff\0", b"\0\0\xff")
_ANSWER_S = 0.5  # a frame on its way through the network
_COLOUR_STEPS = 20  # a colour stays as long as so many pixels


@dataclass(frozen=True, slots=True)
class StripTest:
    """`answered`: how many pixels showed what they were told, None where the wire cannot answer. Currents in mA."""

    strip: str
    driver: str
    pixels: int
    answered: int | None
    silent: tuple[int, ...]
    fault: str | None
    dark_ma: int
    full_ma: int
    budget_ma: int

    @property
    def passed(self) -> bool:
        return self.fault is None and not self.silent


def try_strip(
    hand: Hand, name: str, reader: StripReader | None, pause: Callable[[float], None], step_s: float
) -> StripTest:
    """`pause(seconds)` lets a person look; `reader` says what the strip shows."""
    strip = hand.strips[name]
    pixels = strip.wiring.pixels
    silent: set[int] = set()
    reader = _if_it_tells(reader)
    for number in range(pixels):
        frame = bytes(3 * number) + _WHITE + bytes(3 * (pixels - number - 1))
        hand.show({name: frame})
        silent |= _differing(reader, frame, has_colours=False)
        pause(step_s)
    for colour in _COLOURS:
        hand.show({name: colour * pixels})
        silent |= _differing(reader, colour * pixels, has_colours=strip.wiring.has_colours)
        pause(step_s * _COLOUR_STEPS)
    hand.show({name: _WHITE * pixels})
    full_ma = strip.used_ma
    pause(step_s * _COLOUR_STEPS)
    hand.show({})
    silent |= _differing(reader, bytes(3 * pixels), has_colours=False)
    supply = next(supply for supply in hand.supplies if strip in supply.strips)
    return StripTest(
        name, strip.wiring.driver, pixels, pixels - len(silent) if reader else None, tuple(sorted(silent)),
        strip.fault, round(strip.used_ma), round(full_ma), supply.wiring.budget_ma,
    )  # fmt: skip


def _if_it_tells(reader: StripReader | None) -> StripReader | None:
    """None also for a node that tells only every n-th pixel; one that does not answer at all is kept, and fails."""
    try:
        return reader if reader and reader.rgb() else None
    except StripError:
        return reader


def _differing(reader: StripReader | None, frame: bytes, *, has_colours: bool) -> set[int]:
    """Pixels that are not lit as told: which colours of a pixel are on, or without colours, whether it is on at all."""
    if reader is None:
        return set()
    told, give_up = _lit(frame, has_colours), monotonic() + _ANSWER_S
    while True:
        try:
            shown = _lit(reader.rgb(), has_colours)
        except StripError:
            shown = []
        if shown == told:
            return set()
        if monotonic() > give_up:
            return {number for number, lit in enumerate(told) if number >= len(shown) or shown[number] != lit}


def _lit(frame: bytes, has_colours: bool) -> list[tuple[bool, ...]]:
    pixels = zip(frame[0::3], frame[1::3], frame[2::3], strict=True)
    return [tuple(map(bool, rgb)) if has_colours else (any(rgb),) for rgb in pixels]
