"""From what is leased to what each strip shows."""

from collections import defaultdict
from collections.abc import Sequence

from kiosk.config import Settings
from kiosk.lights.patterns import colour_at, is_animated
from kiosk.store.light_sessions import LitSlot

_TURN_S = 1.0  # how long a look is seen where more share a slot than it has pixels


class Picture:
    """Draws frames of RGB bytes, 3 × pixels for each strip."""

    def __init__(self, settings: Settings) -> None:
        self._slots = settings.slots_by_name
        self._strips = {strip.name: strip.pixels for strip in settings.strips}

    def draw(self, lit: Sequence[LitSlot], t: float) -> dict[str, bytes]:
        """Each strip's frame at `t`. In a slot the highest priority wins; equals share its pixels evenly."""
        frames = {name: bytearray(3 * pixels) for name, pixels in self._strips.items()}
        for name, sharing in _by_slot(lit).items():
            slot = self._slots.get(name)
            if slot is None:
                continue
            turn = int(t / _TURN_S) if len(sharing) > slot.pixels else 0
            colours = [colour_at(one.look, t) for one in sharing]
            parts = [colours[(i * len(colours) // slot.pixels + turn) % len(colours)] for i in range(slot.pixels)]
            start = 3 * slot.first_pixel
            frames[slot.strip][start : start + 3 * slot.pixels] = b"".join(parts)
        return {name: bytes(frame) for name, frame in frames.items()}

    def is_animated(self, lit: Sequence[LitSlot]) -> bool:
        """Whether the picture changes by itself."""
        if any(is_animated(one.look) for one in lit):
            return True
        return any(
            len(sharing) > self._slots[name].pixels for name, sharing in _by_slot(lit).items() if name in self._slots
        )


def _by_slot(lit: Sequence[LitSlot]) -> dict[str, list[LitSlot]]:
    found: defaultdict[str, list[LitSlot]] = defaultdict(list)
    for one in lit:
        found[one.slot].append(one)
    return {
        slot: [one for one in sharing if one.priority == max(s.priority for s in sharing)]
        for slot, sharing in found.items()
    }
