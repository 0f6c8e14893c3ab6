"""From what is leased to what each strip shows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.config import Settings
from kiosk.config.shelves import SlotSettings
from kiosk.lights.patterns import colour_at, guide_colour_at, is_animated
from kiosk.parcels.looks import Guide, Look
from kiosk.store.lease_book.sessions import PRIORITY, LitSlot, Purpose

_TURN_S = 1.0  # how long a look is seen where more share a slot than it has pixels

Light = tuple[str, int, int]  # strip, first pixel, pixels: slots of a level may share one


@dataclass(frozen=True, slots=True)
class _Worn:
    """A lamp and the looks that share its pixels, by their place in the plan."""

    light: Light
    looks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Guiding:
    """A lamp that nobody wears, leading to one that somebody does."""

    light: Light
    look: Look
    distance: int
    reach: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn for as long as the leases stay as they are."""

    looks: tuple[Look, ...]
    worn: tuple[_Worn, ...]
    guiding: tuple[_Guiding, ...]

    is_animated: bool  # whether the picture changes by itself


class Picture:
    """Draws frames of RGB bytes, 3 × pixels for each strip."""

    def __init__(self, settings: Settings) -> None:
        self._lengths = {strip.name: 3 * strip.pixels if strip.has_light else 0 for strip in settings.strips}
        self._slots = {slot.name: slot for slot in settings.slots if self._lengths[slot.strip]}
        self._guide = settings.guide

    def plan(self, lit: Sequence[LitSlot]) -> Plan:
        """On a lamp the highest priority wins; equals share its pixels evenly."""
        sharing: defaultdict[Light, list[LitSlot]] = defaultdict(list)
        for one in lit:
            if one.slot in self._slots:
                sharing[_light(self._slots[one.slot])].append(one)
        places: dict[Look, int] = {}
        worn = []
        tops = {light: max(one.priority for one in ones) for light, ones in sharing.items()}
        for light, ones in sorted(sharing.items(), key=lambda shared: tops[shared[0]]):  # what is urgent is drawn last
            top = tops[light]
            looks = dict.fromkeys(one.look for one in ones if one.priority == top)
            worn.append(_Worn(light, tuple(places.setdefault(look, len(places)) for look in looks)))
        guiding = self._guides(lit, set(sharing)) if self._guide is not Guide.NONE else ()
        is_turning = any(len(one.looks) > one.light[2] for one in worn)
        moves = is_turning or bool(guiding) or any(map(is_animated, places))
        return Plan(tuple(places), tuple(worn), guiding, moves)

    def draw(self, plan: Plan, t: float) -> dict[str, bytes]:
        """Each strip's frame at `t` seconds."""
        frames = {name: bytearray(length) for name, length in self._lengths.items()}
        for lead in plan.guiding:
            strip, first, pixels = lead.light
            colour = guide_colour_at(self._guide, lead.look, lead.distance, lead.reach, t)
            frames[strip][3 * first : 3 * (first + pixels)] = colour * pixels
        colours = [colour_at(look, t) for look in plan.looks]
        for one in plan.worn:
            strip, first, pixels = one.light
            shown = [colours[place] for place in one.looks]
            frames[strip][3 * first : 3 * (first + pixels)] = _shared(shown, pixels, t)
        return {name: bytes(frame) for name, frame in frames.items()}

    def _guides(self, lit: Sequence[LitSlot], worn: set[Light]) -> tuple[_Guiding, ...]:
        found: dict[Light, _Guiding] = {}
        for one in lit:
            slot = self._slots.get(one.slot)
            if slot is None or one.priority == PRIORITY[Purpose.ALARM]:
                continue
            row = self._row_to(slot)
            reach = max((distance for _, distance in row), default=0)
            for other, distance in row:
                light = _light(other)
                if light not in worn:
                    found.setdefault(light, _Guiding(light, one.look, distance, reach))
        return tuple(found.values())

    def _row_to(self, slot: SlotSettings) -> Sequence[tuple[SlotSettings, int]]:
        """The slots that lead to this one, and how many slots away they are: its level, or its column.

        Lamps without colours do not: they would look like the slot itself.
        """
        here = slot.place.address
        chase = self._guide is Guide.CHASE
        row = []
        for other in self._slots.values():
            there = other.place.address
            same_line = there.level == here.level if chase else there.slot == here.slot
            if there.shelf == here.shelf and there != here and same_line and other.place.has_colours:
                row.append((other, abs(there.slot - here.slot) if chase else abs(there.level - here.level)))
        return row


def _light(slot: SlotSettings) -> Light:
    return slot.strip, slot.first_pixel, slot.pixels


def _shared(colours: Sequence[bytes], pixels: int, t: float) -> bytes:
    """The pixels split evenly; where there are too few, each colour has its turn."""
    if len(colours) == 1:
        return colours[0] * pixels
    turn = int(t / _TURN_S) if len(colours) > pixels else 0
    return b"".join(colours[(i * len(colours) // pixels + turn) % len(colours)] for i in range(pixels))
