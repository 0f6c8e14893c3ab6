"""The installer's trial of a strip: every pixel in turn, each colour, all off, and what it draws."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple

from hardware.mocks.read_back import StripReader
from hardware.trouble import DeviceError, DeviceFault
from kiosk.lights.by_hand import StripsByHand

_WHITE = b"\xff\xff\xff"
_COLOURS = (b"\xff\0\0", b"\0\xff\0", b"\0\0\xff")
_ANSWER_S = 0.5  # a frame on its way through the network
_ASK_S = 0.02
_AGAIN_S = 0.5
_COLOUR_STEPS = 20  # a colour stays as long as so many pixels


@dataclass(frozen=True, slots=True)
class StripTrial:
    """`answered`: how many pixels showed what they were told, None where the wire cannot answer.

    Currents are estimates in mA: all dark, and all white within the supply's budget.
    """

    strip: str
    driver: str
    pixels: int
    answered: int | None
    silent: tuple[int, ...]
    fault: DeviceFault | None
    dark_ma: int
    full_ma: int
    budget_ma: int

    @property
    def passed(self) -> bool:
        return self.fault is None and not self.silent


def try_strip(
    hand: StripsByHand, name: str, reader: StripReader | None, pause: Callable[[float], None], step_s: float
) -> StripTrial:
    """`pause(seconds)` lets a person look; `reader` says what the strip shows. A fault ends the test."""
    strip = hand.strips[name]
    supply = next(supply for supply in hand.supplies if strip in supply.strips)
    reader = _if_it_tells(reader)
    pixels, silent, full_ma = strip.wiring.pixels, set[int](), 0.0
    for step in _steps(pixels):
        hand.show({name: step.frame})
        if not strip.has_frame:
            break
        full_ma = max(full_ma, strip.used_ma)
        has_colours = step.is_coloured and strip.wiring.has_colours
        silent |= _differing(reader, step.frame, pause, has_colours=has_colours)
        _let_look(hand, {name: step.frame}, pause, step_s * step.lasts)
    fault = hand.faults.get(name)
    answered = pixels - len(silent) if reader and not fault else None
    return StripTrial(
        name, strip.wiring.driver, pixels, answered, tuple(sorted(silent)),
        fault, round(strip.wiring.idle_ma), round(full_ma), supply.wiring.budget_ma,
    )  # fmt: skip


def _let_look(hand: StripsByHand, frames: Mapping[str, bytes], pause: Callable[[float], None], seconds: float) -> None:
    """Shown again and again meanwhile: a network node leaves a picture that is not."""
    while seconds > 0:
        pause(min(seconds, _AGAIN_S))
        seconds -= _AGAIN_S
        hand.show(frames)


class _Step(NamedTuple):
    """`lasts`: how many times as long as a single pixel."""

    frame: bytes
    lasts: int
    is_coloured: bool


def _steps(pixels: int) -> Iterator[_Step]:
    """Every pixel in turn, each colour, white, all off."""
    for number in range(pixels):
        yield _Step(bytes(3 * number) + _WHITE + bytes(3 * (pixels - number - 1)), 1, False)
    for colour in (*_COLOURS, _WHITE):
        yield _Step(colour * pixels, _COLOUR_STEPS, True)
    yield _Step(bytes(3 * pixels), 1, False)


def _if_it_tells(reader: StripReader | None) -> StripReader | None:
    """None also for a node that tells only every n-th pixel, or nothing: newer WLED has that switched off."""
    with contextlib.suppress(DeviceError):
        return reader if reader and reader.rgb() else None
    return None


def _differing(
    reader: StripReader | None, frame: bytes, pause: Callable[[float], None], *, has_colours: bool
) -> set[int]:
    """Pixels that are not lit as told: which colours of a pixel are on, or without colours, whether it is on at all."""
    if reader is None:
        return set()
    told, give_up = _lit(frame, has_colours), monotonic() + _ANSWER_S
    while True:
        try:
            shown = _lit(reader.rgb(), has_colours)
        except DeviceError:
            shown = []
        if shown == told:
            return set()
        if monotonic() > give_up:
            return {number for number, lit in enumerate(told) if number >= len(shown) or shown[number] != lit}
        pause(_ASK_S)


def _lit(frame: bytes, has_colours: bool) -> list[tuple[bool, ...]]:
    pixels = zip(frame[0::3], frame[1::3], frame[2::3], strict=True)
    return [tuple(map(bool, rgb)) if has_colours else (any(rgb),) for rgb in pixels]
