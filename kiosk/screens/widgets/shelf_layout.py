"""How a station's shelves are drawn in so many cells: which stand where, and how large a slot is. Knows no Textual."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from kiosk.config.shelves import SlotSettings, Spot


class Shelf(NamedTuple):
    """`levels`: names of their slots, from the lowest level up, each from the left."""

    name: str
    levels: tuple[tuple[str, ...], ...]


class SlotSize(NamedTuple):
    """Cells of a slot, and those between two slots of a level and between two levels."""

    wide: int
    high: int
    gap: int
    level_gap: int

    def columns(self, shelf: Shelf) -> int:
        """With the number of a level before it, and a free column behind it."""
        slots = max(map(len, shelf.levels))
        return len(str(len(shelf.levels))) + slots * (self.wide + self.gap) + 1

    def rows(self, shelf: Shelf) -> int:
        """With the shelf's name above."""
        return 1 + len(shelf.levels) * (self.high + self.level_gap)


_SIZES = (
    SlotSize(7, 3, 1, 1), SlotSize(7, 2, 1, 1), SlotSize(5, 2, 1, 1), SlotSize(4, 2, 1, 0), SlotSize(3, 1, 1, 0),
    SlotSize(2, 1, 1, 0), SlotSize(2, 1, 0, 0), SlotSize(1, 1, 0, 0),
)  # fmt: skip


Arranged = tuple[tuple[Shelf | None, ...], ...]


class ShelfLayout(NamedTuple):
    """Rows of shelves as they stand, the first one at the top; None is a place without a shelf, `columns` wide."""

    size: SlotSize
    shelves: Arranged
    columns: int  # of the widest shelf: all stand as far apart

    @property
    def width(self) -> int:
        return self.columns * max(map(len, self.shelves))


def standing_shelves(slots: Sequence[SlotSettings]) -> tuple[Shelf, ...]:
    """In the order of station.toml."""
    found: dict[str, dict[int, list[str]]] = {}
    for slot in slots:
        address = slot.place.address
        found.setdefault(address.shelf, {}).setdefault(address.level, []).append(slot.name)
    return tuple(Shelf(name, tuple(map(tuple, levels.values()))) for name, levels in found.items())


def laid_out(
    shelves: Sequence[Shelf], spots: Mapping[str, Spot], columns: int, rows: int, around: Collection[str] = ()
) -> ShelfLayout | None:
    """As large as `columns` × `rows` cells allow: all of them; else the row of the room in which the slots `around`
    are; else their shelves; else the first of these; None where not even that one can be drawn.

    `spots`: where the owner says that shelves stand; without them they stand side by side, as many as there is room.
    """
    lit = [shelf for shelf in shelves if any(not set(level).isdisjoint(around) for level in shelf.levels)]
    near = [one for one in shelves if one in lit or _row(one, spots) in {_row(shelf, spots) for shelf in lit}]
    for shown in (shelves, near, lit, lit[:1]):
        for size in _SIZES if shown else ():
            for arranged in _arrangements(shown, spots):
                layout = ShelfLayout(size, arranged, max(size.columns(shelf) for shelf in shown))
                if layout.width <= columns and _rows(layout) <= rows:
                    return layout
    return None


def _row(shelf: Shelf, spots: Mapping[str, Spot]) -> int | None:
    return spots[shelf.name].row if shelf.name in spots else None


def _arrangements(shelves: Sequence[Shelf], spots: Mapping[str, Spot]) -> Iterator[Arranged]:
    if not spots:
        for across in range(len(shelves), 0, -1):
            yield tuple(tuple(shelves[at : at + across]) for at in range(0, len(shelves), across))
        return
    standing = {spots[shelf.name]: shelf for shelf in shelves}
    rows, columns = ([spot[which] for spot in standing] for which in (0, 1))
    yield tuple(
        tuple(standing.get(Spot(row, column)) for column in range(min(columns), max(columns) + 1))
        for row in range(min(rows), max(rows) + 1)
    )


def _rows(layout: ShelfLayout) -> int:
    """One is free between two rows of shelves; a row without any is an aisle."""
    heights = [max((layout.size.rows(shelf) for shelf in row if shelf), default=1) for row in layout.shelves]
    return sum(heights) + len(heights) - 1
