"""A power supply and its strips: light → gamma → power limit over all of them → each strip."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from hardware.strips.light import drive_table, on_off
from hardware.strips.light_strip import LightStrip
from hardware.strips.wiring import StripWiring, SupplyWiring

_STEPS = 256


class Supply:
    """Its strips never draw more than the budget together; what the limit dims stays lit, in every strip alike."""

    def __init__(self, wiring: SupplyWiring, strips: Sequence[LightStrip]) -> None:
        self.wiring = wiring
        self.strips = strips
        self._idle_ma = sum(strip.wiring.idle_ma for strip in strips)
        self._dimmable = {strip.wiring.name for strip in strips if strip.wiring.has_colours}
        self._dark = {strip.wiring.name: bytes(3 * strip.wiring.pixels) for strip in strips}
        self._tables = {strip.wiring.name: drive_table(strip.wiring.brightness) for strip in strips}
        self._steps = {strip.wiring.name: strip.wiring.step_ma for strip in strips}

    def show(self, frames: Mapping[str, bytes]) -> None:
        """Frames of RGB bytes (3 × pixels, as seen) by strip; a strip without one goes dark."""
        broken = self._broken()
        self._show(frames, broken)
        failed = self._broken()
        if failed - broken:
            self._show(frames, failed)  # what has just failed may still be lit: the others make room at once

    def _show(self, frames: Mapping[str, bytes], broken: Collection[str]) -> None:
        driven = {
            strip.wiring.name: self._driven(strip.wiring, frames.get(strip.wiring.name, self._dark[strip.wiring.name]))
            for strip in self.strips
        }
        drawn = {name: sum(frame) * self._steps[name] for name, frame in driven.items()}
        over = sum(drawn.values()) + self._idle_ma - self.wiring.budget_ma
        if over > 0:
            self._limit(driven, drawn, over, self._dimmable)
        if broken:
            over = sum(drawn.values()) + self._idle_ma + self._held(broken, drawn) - self.wiring.budget_ma
            if over > 0:
                self._limit(driven, drawn, over, self._dimmable.difference(broken))
        for strip in self.strips:
            name = strip.wiring.name
            strip.show(driven[name], drawn[name] + strip.wiring.idle_ma)

    def _broken(self) -> set[str]:
        return {strip.wiring.name for strip in self.strips if strip.fault is not None}

    def _held(self, broken: Collection[str], drawn: Mapping[str, float]) -> float:
        """What broken strips may still draw beyond what they are asked to, in mA: nobody knows whether they obey."""
        strips = [strip for strip in self.strips if strip.wiring.name in broken]
        return sum(max(strip.held_ma - strip.wiring.idle_ma - drawn[strip.wiring.name], 0) for strip in strips)

    def close(self) -> None:
        """All its strips go dark and are let go."""
        for strip in self.strips:
            strip.close()

    def _driven(self, wiring: StripWiring, frame: bytes) -> bytes:
        return frame.translate(self._tables[wiring.name]) if wiring.has_colours else on_off(frame)

    def _limit(self, driven: dict[str, bytes], drawn: dict[str, float], over: float, names: Collection[str]) -> None:
        """Scale these strips by one factor. Each lit colour keeps one step, so none goes dark."""
        kept = {name: (len(driven[name]) - driven[name].count(0)) * self._steps[name] for name in names}
        above = sum(drawn[name] - kept[name] for name in names)
        if above <= 0:
            return  # all is at its dimmest, or cannot be dimmed
        table = _dimmed(int(_STEPS * max(above - over, 0) / above))
        for name in names:
            driven[name] = driven[name].translate(table)
            drawn[name] = sum(driven[name]) * self._steps[name]


@cache
def _dimmed(steps: int) -> bytes:
    """All levels scaled by `steps` of 256, what is lit by no less than one; kept, for a pulse comes back to it."""
    return bytes([0, *(1 + (level - 1) * steps // _STEPS for level in range(1, 256))])
