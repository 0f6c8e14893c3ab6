"""The picture of the whole station: a mark for each slot, by how full it is, how old, or whose."""

from collections.abc import Callable, Sequence
from datetime import datetime
from string import ascii_uppercase

from kiosk.jobs.keeping.picture import PictureBy, SlotFill, StationPicture
from kiosk.parcels.slots import by_place
from kiosk.text import N_, Say
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.courier_names import courier_name

ACROSS = 3  # shelves side by side, where there is room
_GAP = "   "
_LEGENDS = {
    PictureBy.FILL: N_(". empty, 0-9 tenths full, # full, x closed"),
    PictureBy.AGE: N_(". empty, 0-9 days of the oldest parcel, + more, x closed"),
    PictureBy.COURIER: N_(". empty, the courier's letter, * several, x closed"),
}


def picture(say: Say, answer: StationPicture, columns: int | None = None) -> Words:
    """Shelves side by side, the highest level on top; `columns`: so many cells are there, where they are few."""
    held, capacity = sum(s.held for s in answer.slots), sum(s.capacity for s in answer.slots)
    letters = letters_of(answer.slots)
    lines = [say("Places taken: {held} of {capacity}", held=held, capacity=capacity), say(_LEGENDS[answer.by])]
    if answer.by is PictureBy.COURIER:
        lines.append("  ".join(f"{letter} {courier_name(say, courier)}" for courier, letter in letters.items()))
    rows = _rows(answer.slots, _marker(answer, letters), columns)
    return Words(say("STATION"), Mood.CALM, "", tuple(lines), tuple(rows))


def _marker(answer: StationPicture, letters: dict[str, str]) -> Callable[[SlotFill], str]:
    def mark(slot: SlotFill) -> str:
        if slot.closed:
            return "x"
        if slot.held == 0:
            return "."
        if answer.by is PictureBy.COURIER:
            return letters[slot.couriers[0]] if len(slot.couriers) == 1 else "*"
        return _fill_mark(slot) if answer.by is PictureBy.FILL else _age_mark(slot, answer.at)

    return mark


def _fill_mark(slot: SlotFill) -> str:
    return "#" if slot.held >= slot.capacity else str(10 * slot.held // slot.capacity)


def _age_mark(slot: SlotFill, at: datetime) -> str:
    days = (at - slot.oldest).days if slot.oldest else 0
    return str(days) if days < 10 else "+"


def letters_of(slots: Sequence[SlotFill]) -> dict[str, str]:
    """A letter for each courier that has parcels here: one of its own name, as long as there is a free one."""
    letters: dict[str, str] = {}
    for courier in sorted({courier for slot in slots for courier in slot.couriers}):
        wanted = (letter for letter in courier.upper() + ascii_uppercase if letter in ascii_uppercase)
        letters[courier] = next((letter for letter in wanted if letter not in letters.values()), "?")
    return letters


def _rows(slots: Sequence[SlotFill], mark: Callable[[SlotFill], str], columns: int | None) -> list[str]:
    shelves: dict[str, dict[int, str]] = {}
    for slot in slots:
        shelf, level, _ = slot.slot.split("-")
        levels = shelves.setdefault(shelf, {})
        levels[int(level)] = levels.get(int(level), f"{shelf}-{level}".rjust(6) + " ") + " " + mark(slot)
    names = sorted(shelves, key=by_place)
    widest = max((len(row) for levels in shelves.values() for row in levels.values()), default=0) + len(_GAP)
    across = ACROSS if columns is None else min(max((columns + len(_GAP)) // widest, 1), ACROSS)
    rows: list[str] = []
    for start in range(0, len(names), across):
        group = [shelves[name] for name in names[start : start + across]]
        widths = [max(len(row) for row in levels.values()) for levels in group]
        for height in range(max(max(levels) for levels in group), 0, -1):
            cells = [levels.get(height, "").ljust(width) for levels, width in zip(group, widths, strict=True)]
            rows.append(_GAP.join(cells).rstrip())
        rows.append("")
    return rows[:-1]
