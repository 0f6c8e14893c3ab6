"""Slots of the shelves, and the choice of one for a parcel."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple


class Size(IntEnum):
    """What fits where: a parcel fits a slot of its own size or a larger one."""

    S = 1
    M = 2
    L = 3
    XL = 4


@dataclass(frozen=True)
class SlotAddress:
    """Shelf, level (1 is the lowest) and slot (1 is the leftmost); written `3-2-4`."""

    shelf: str
    level: int
    slot: int

    def __str__(self) -> str:
        return f"{self.shelf}-{self.level}-{self.slot}"

    @cached_property
    def level_name(self) -> str:
        return f"{self.shelf}-{self.level}"


_PLACE = r"[A-Z]{0,2}[0-9]{1,3}(?:-[0-9]{1,2}(?:-[0-9]{1,3})?)?"
_ADDRESS = re.compile(r"([A-Z]{0,2}[0-9]{1,3})-([0-9]{1,2})-([0-9]{1,3})")


def read_slot(text: str) -> SlotAddress | None:
    """`3-2-4` → SlotAddress('3', 2, 4); None where the text is no slot address."""
    found = _ADDRESS.fullmatch(text.strip().upper())
    return SlotAddress(found[1], int(found[2]), int(found[3])) if found else None


def read_place(text: str) -> str | None:
    """The name of a slot `3-2-4`, a level `3-2` or a shelf `3`, from its label or as typed; None for anything else."""
    folded = text.strip().upper().removeprefix("SLOT:")
    return folded if re.fullmatch(_PLACE, folded) else None


def is_within(slot: str, place: str) -> bool:
    """Whether the slot is the place, or on the level or the shelf by that name."""
    return slot == place or slot.startswith(f"{place}-")


def by_place(slot: str) -> tuple[int, str, list[int]]:
    """Sorts names of slots, levels and shelves as they stand."""
    shelf, *rest = slot.split("-")
    return len(shelf), shelf, [int(part) for part in rest]


def shelves_of(slots: Iterable[str]) -> list[str]:
    """The shelves on which the slots (by name) are, in the order in which they stand."""
    return sorted({slot.split("-")[0] for slot in slots}, key=lambda shelf: (len(shelf), shelf))


@dataclass(frozen=True)
class Place:
    """A slot as the rules see it: `capacity` in parcels, `size` the largest parcel it takes.

    `has_colours`: its light can be coloured; a plain lamp is on or off.
    """

    address: SlotAddress
    size: Size
    capacity: int
    has_colours: bool = True

    @cached_property
    def name(self) -> str:
        return str(self.address)

    @cached_property
    def level(self) -> str:
        return self.address.level_name

    def is_within(self, names: Collection[str]) -> bool:
        """Whether the slot, its level or its shelf is named."""
        return self.name in names or self.level in names or self.address.shelf in names


_PARTS = 4  # in which a slot is filled on a walk: one that is full at once is slow to search


class Walk(NamedTuple):
    """A clerk who puts parcels away stands before the slot `at`. `shelves`: where each stands, in shelves' widths."""

    at: SlotAddress
    shelves: Mapping[str, tuple[int, int]]

    def way_to(self, place: Place) -> tuple[int, int]:
        """How many shelves, then how many levels, it is away; none of a shelf that has left the plan."""
        here, there = self.shelves.get(self.at.shelf), self.shelves[place.address.shelf]
        steps = abs(here[0] - there[0]) + abs(here[1] - there[1]) if here else 0
        return steps, abs(self.at.level - place.address.level)

    def slots_to(self, place: Place) -> int:
        return abs(self.at.slot - place.address.slot)


def choose_slot(
    places: Sequence[Place],
    held: Mapping[str, int],
    size: Size | None,
    same_consignee: Collection[str] = (),
    walk: Walk | None = None,
) -> Place | None:
    """The place for a parcel of `size`, or None when nothing has room; without a size every place will do, the
    large ones last.

    `held`: parcels in or promised to each slot, by address text. A consignee's parcels go together. Otherwise the
    emptiest level wins, so that neighbouring codes do not all lie on one level, and on it the emptiest slot; on a
    `walk` the nearest level does, and its slots get a quarter of what they hold in turn. Larger slots are kept for
    larger parcels while smaller ones have room.
    """
    open_places = [p for p in places if (size is None or p.size >= size) and held.get(p.name, 0) < p.capacity]
    if not open_places:
        return None
    together = [p for p in open_places if p.name in same_consignee] if same_consignee else ()
    if together:
        return max(together, key=lambda p: p.capacity - held.get(p.name, 0))
    smallest = min(p.size for p in open_places)
    most = max(Size.M, smallest) if size is None else smallest
    fitting = [p for p in open_places if p.size <= most]
    if walk is not None:
        return min(
            fitting, key=lambda p: (walk.way_to(p), held.get(p.name, 0) * _PARTS // p.capacity, walk.slots_to(p))
        )
    fill = _fill_of_levels(places, held, {p.level for p in fitting})
    return min(fitting, key=lambda p: (fill[p.level], held.get(p.name, 0) / p.capacity))


def _fill_of_levels(places: Sequence[Place], held: Mapping[str, int], levels: Collection[str]) -> dict[str, float]:
    """Parcels held ÷ room, for each of the levels."""
    parcels = dict.fromkeys(levels, 0)
    room = dict.fromkeys(levels, 0)
    for place in places:
        if place.level in room:
            parcels[place.level] += held.get(place.name, 0)
            room[place.level] += place.capacity
    return {level: parcels[level] / room[level] for level in levels}
