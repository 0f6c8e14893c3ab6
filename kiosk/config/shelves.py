"""[[shelves]] → slots, each with its pixels on a strip, however the strip winds along the levels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hardware.strips.wiring import StripWiring
from kiosk.config.table import Table
from kiosk.faults import expected
from kiosk.parcels.slots import Place, Size, SlotAddress

_SHELF = r"[A-Z]{0,2}[0-9]{1,3}"
_MOST_SPOTS = 40  # in a row of the room, and rows
_LONGEST_PLACE = 4  # with five random digits a code has nine; a longer number would be read as a waybill


@dataclass(frozen=True, slots=True)
class SlotSettings:
    """A slot and its pixels: `first_pixel` … `first_pixel + pixels - 1` on `strip`."""

    place: Place
    strip: str
    first_pixel: int
    pixels: int

    @property
    def name(self) -> str:
        return self.place.name

    @property
    def range(self) -> range:
        return range(self.first_pixel, self.first_pixel + self.pixels)


class Spot(NamedTuple):
    """Where a shelf stands in the room as its drawing shows it: rows from the top, columns from the left, from 1 on."""

    row: int
    column: int


class _Winding(NamedTuple):
    """How a strip runs over a shelf. Levels and slots count from 0, level 0 is the lowest, slot 0 the leftmost."""

    levels: int
    slots: int  # lights on a level
    pixels: int
    first_pixel: int
    from_top: bool
    leftward: bool
    serpentine: bool
    slot_gap: int
    level_gap: int

    def first_pixel_of(self, level: int, slot: int) -> int:
        run = self.levels - 1 - level if self.from_top else level
        leftward = self.leftward != (self.serpentine and run % 2 == 1)
        step = self.slots - 1 - slot if leftward else slot
        level_length = self.slots * self.pixels + (self.slots - 1) * self.slot_gap
        return self.first_pixel + run * (level_length + self.level_gap) + step * (self.pixels + self.slot_gap)


def read_spots(tables: Sequence[Table]) -> dict[str, Spot]:
    """By name of the shelf; empty where the owner does not say. Of all shelves or of none."""
    given = [table for table in tables if table.get("row", None) is not None or table.get("column", None) is not None]
    found: dict[Spot, Table] = {}
    for table in tables if given else ():
        spot = Spot(table.whole("row", 0, 1, _MOST_SPOTS), table.whole("column", 0, 1, _MOST_SPOTS))
        other = found.setdefault(spot, table)
        if other is not table:
            raise table.wrong("column", expected("another place in the room than that of {other}", other=other.name))
    return {table.text("shelf", "", form=_SHELF, example="A3"): spot for spot, table in found.items()}


def read_shelves(tables: Sequence[Table], strips: Sequence[StripWiring]) -> tuple[SlotSettings, ...]:
    by_name = {strip.name: strip for strip in strips}
    slots: list[SlotSettings] = []
    names: set[str] = set()
    owners: dict[tuple[str, int], SlotSettings] = {}
    for table in tables:
        shelf, shared = _read_shelf(table, by_name)
        _refuse_overlaps(table, shelf, names, owners, shared)
        names.update(slot.name for slot in shelf)
        slots += shelf
    return tuple(slots)


def _read_shelf(table: Table, strips: dict[str, StripWiring]) -> tuple[list[SlotSettings], bool]:
    """Its slots, level by level from the lowest, and whether the slots of a level share one light."""
    shelf = table.text("shelf", "", form=_SHELF, example="A3")
    strip = strips[table.choice("strip", next(iter(strips)), tuple(strips))]
    slots = table.whole("slots_per_level", 4, 1, 60)
    sizes = table.sizes("level_sizes")
    capacities = table.wholes("capacity_per_slot", 20, len(sizes), 1, 1000)
    shared = table.choice("one_light_for", "slot", ("slot", "level")) == "level"
    winding = _read_winding(table, strip, len(sizes), 1 if shared else slots)
    measured = table.pairs("measured_pixels", len(sizes), slots)
    table.refuse_unknown_keys()
    if len(shelf) + len(str(len(sizes))) > _LONGEST_PLACE:
        raise table.wrong(
            "shelf", expected("shelf and level of at most {count} characters together", count=_LONGEST_PLACE)
        )
    found = []
    for level, size in enumerate(sizes):
        for slot in range(slots):
            by_rule = (winding.first_pixel_of(level, 0 if shared else slot), winding.pixels)
            first, pixels = measured[level][slot] if measured else by_rule
            found.append(_slot(shelf, level, slot, size, capacities[level], strip, first, pixels))
    if any(slot.range.stop > strip.pixels for slot in found):
        raise table.wrong(
            "measured_pixels" if measured else "first_pixel",
            expected("the shelf's pixels within the {pixels} of strip {strip}", pixels=strip.pixels, strip=strip.name),
        )
    return found, shared


def _slot(
    shelf: str, level: int, slot: int, size: Size, capacity: int, strip: StripWiring, first: int, pixels: int
) -> SlotSettings:
    place = Place(SlotAddress(shelf, level + 1, slot + 1), size, capacity, has_colours=strip.has_colours)
    return SlotSettings(place, strip.name, first, pixels)


def _read_winding(table: Table, strip: StripWiring, levels: int, slots: int) -> _Winding:
    return _Winding(
        levels=levels,
        slots=slots,
        pixels=table.whole("pixels_per_slot", 2, 1, 60),
        first_pixel=table.whole("first_pixel", 0, 0, strip.pixels - 1),
        from_top=table.choice("starts_at", "bottom", ("bottom", "top")) == "top",
        leftward=table.choice("runs", "right", ("right", "left")) == "left",
        serpentine=table.flag("serpentine", False),
        slot_gap=table.whole("slot_gap", 0, 0, 1000),
        level_gap=table.whole("level_gap", 0, 0, 1000),
    )


def _refuse_overlaps(
    table: Table,
    shelf: Sequence[SlotSettings],
    names: set[str],
    owners: dict[tuple[str, int], SlotSettings],
    shared: bool,
) -> None:
    """`names` of the slots read so far, and `owners`: these slots by (strip, pixel); those of this shelf are added to
    the owners. Slots of a level may share one light."""
    for slot in shelf:
        if slot.name in names:
            raise table.wrong("shelf", expected("slot {slot} only once", slot=slot.name))
        for pixel in slot.range:
            other = owners.setdefault((slot.strip, pixel), slot)
            if other is slot or (shared and other.place.level == slot.place.level):
                continue
            raise table.wrong(
                "measured_pixels" if table.get("measured_pixels", None) else "first_pixel",
                expected(
                    "pixel {pixel} of strip {strip} for one slot, not for {first} and {second}",
                    pixel=pixel, strip=slot.strip, first=other.name, second=slot.name,
                ),
            )  # fmt: skip
