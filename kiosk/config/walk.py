"""Walking the shelves with a light: which pixels belong to which slot, as the installer sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kiosk.config import Settings


@dataclass(frozen=True, slots=True)
class Segment:
    """`pixels` pixels of a strip from `first` on."""

    strip: str
    first: int
    pixels: int

    def overlaps(self, other: "Segment") -> bool:
        return (
            self.strip == other.strip
            and self.first < other.first + other.pixels
            and other.first < self.first + self.pixels
        )


class Walk:
    """Slot after slot, level by level. A correction is carried on to the slots of the strip that are still to come."""

    def __init__(self, settings: Settings) -> None:
        self._lengths = {strip.name: strip.pixels for strip in settings.strips}
        self.segments = {slot.name: Segment(slot.strip, slot.first_pixel, slot.pixels) for slot in settings.slots}
        self._before: Mapping[str, Segment] = dict(self.segments)
        self.order: Sequence[str] = tuple(self.segments)
        self.confirmed: set[str] = set()
        self.at = 0

    @property
    def slot(self) -> str:
        return self.order[self.at]

    @property
    def segment(self) -> Segment:
        return self.segments[self.slot]

    @property
    def is_done(self) -> bool:
        return len(self.confirmed) == len(self.order)

    @property
    def changed(self) -> dict[str, Segment]:
        """Segments that are no longer as they were in the settings."""
        return {slot: segment for slot, segment in self.segments.items() if segment != self._before[slot]}

    def length_of(self, strip: str) -> int:
        """In pixels."""
        return self._lengths[strip]

    def move(self, by: int) -> None:
        """Along the strip, and not over its ends."""
        segment = self.segment
        last = self._lengths[segment.strip] - segment.pixels
        self.segments[self.slot] = replace(segment, first=min(max(segment.first + by, 0), last))

    def grow(self, by: int) -> None:
        segment = self.segment
        most = self._lengths[segment.strip] - segment.first
        self.segments[self.slot] = replace(segment, pixels=min(max(segment.pixels + by, 1), most))

    def accept(self) -> None:
        """The light shines where the slot is."""
        offset = self.segment.first - self._before[self.slot].first
        self._carry(offset)
        self._confirm(self.slot)

    def place_on(self, slot: str) -> None:
        """The light shines on another slot, whose label was scanned: the two change their segments."""
        here = self.slot
        self.segments[here], self.segments[slot] = self.segments[slot], self.segments[here]
        self._confirm(slot)

    def back(self) -> None:
        self.at = max(self.at - 1, 0)

    def skip(self) -> None:
        self.at = min(self.at + 1, len(self.order) - 1)

    def in_the_way(self) -> list[str]:
        """Confirmed slots whose pixels the present segment would take."""
        return [
            slot for slot in self.order
            if slot in self.confirmed and slot != self.slot and self.segments[slot].overlaps(self.segment)
        ]  # fmt: skip

    def _carry(self, offset: int) -> None:
        """What comes later on this strip most likely lies as far off as this slot did."""
        for slot in self.order[self.at + 1 :]:
            before = self._before[slot]
            fits = 0 <= before.first + offset <= self._lengths[before.strip] - before.pixels
            if slot not in self.confirmed and before.strip == self.segment.strip and fits:
                self.segments[slot] = replace(self.segments[slot], first=before.first + offset)

    def _confirm(self, slot: str) -> None:
        """Go on with the next slot that is not confirmed, from here on, else from the first."""
        self.confirmed.add(slot)
        for at in [*range(self.at, len(self.order)), *range(self.at)]:
            if self.order[at] not in self.confirmed:
                self.at = at
                return
