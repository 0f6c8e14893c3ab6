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
    """Lamp after lamp, level by level. A correction is carried on to the lamps of the strip that are still to come.

    A lamp is named by its slot; slots of a level that share one are moved together, under the name of the first.
    """

    def __init__(self, settings: Settings) -> None:
        self._lengths = {strip.name: strip.pixels for strip in settings.strips}
        self._first_of: dict[str, str] = {}
        self._sharing: dict[str, list[str]] = {}
        self.segments: dict[str, Segment] = {}
        lamps: dict[Segment, str] = {}
        with_light = {strip.name for strip in settings.strips if strip.has_light}
        for slot in [slot for slot in settings.slots if slot.strip in with_light]:
            segment = Segment(slot.strip, slot.first_pixel, slot.pixels)
            first = lamps.setdefault(segment, slot.name)
            self._first_of[slot.name] = first
            self._sharing.setdefault(first, []).append(slot.name)
            self.segments[first] = segment
        self._before: Mapping[str, Segment] = dict(self.segments)
        self.order: Sequence[str] = tuple(self.segments)
        self.confirmed: set[str] = set()
        self.at = 0
        self._moved = 0

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
        """Segments that are no longer as they were in the settings, for every slot."""
        return {
            slot: segment
            for first, segment in self.segments.items()
            if segment != self._before[first]
            for slot in self._sharing[first]
        }

    def length_of(self, strip: str) -> int:
        """In pixels."""
        return self._lengths[strip]

    def move(self, by: int) -> None:
        """Along the strip, and not over its ends."""
        segment = self.segment
        last = self._lengths[segment.strip] - segment.pixels
        self.segments[self.slot] = replace(segment, first=min(max(segment.first + by, 0), last))
        self._moved += self.segment.first - segment.first

    def grow(self, by: int) -> None:
        segment = self.segment
        most = self._lengths[segment.strip] - segment.first
        self.segments[self.slot] = replace(segment, pixels=min(max(segment.pixels + by, 1), most))

    def accept(self) -> None:
        """The light shines where the slot is."""
        self._carry(self._moved)
        self._confirm(self.slot)

    def knows(self, slot: str) -> bool:
        return slot in self._first_of

    def may_be(self, slot: str) -> bool:
        """Whether the light may shine on this slot: it hangs on the same strip."""
        return self.segments[self._first_of[slot]].strip == self.segment.strip

    def place_on(self, slot: str) -> None:
        """The light shines on another slot, whose label was scanned: the two change their segments."""
        here, there = self.slot, self._first_of[slot]
        self.segments[here], self.segments[there] = self.segments[there], self.segments[here]
        self._confirm(there)

    def back(self) -> None:
        self._go_to(max(self.at - 1, 0))

    def skip(self) -> None:
        self._go_to(min(self.at + 1, len(self.order) - 1))

    def in_the_way(self) -> list[str]:
        """Confirmed slots whose pixels the present segment would take."""
        return [
            slot for slot in self.order
            if slot in self.confirmed and slot != self.slot and self.segments[slot].overlaps(self.segment)
        ]  # fmt: skip

    def _carry(self, moved: int) -> None:
        """What comes later on this strip most likely lies as far off as this lamp did."""
        strip = self.segment.strip
        for slot in self.order[self.at + 1 :]:
            segment = self.segments[slot]
            fits = 0 <= segment.first + moved <= self._lengths[strip] - segment.pixels
            if slot not in self.confirmed and segment.strip == strip and fits:
                self.segments[slot] = replace(segment, first=segment.first + moved)

    def _confirm(self, slot: str) -> None:
        """Go on with the next lamp that is not confirmed, from here on, else from the first."""
        self.confirmed.add(slot)
        left = [
            at for at in [*range(self.at, len(self.order)), *range(self.at)] if self.order[at] not in self.confirmed
        ]
        self._go_to(left[0] if left else self.at)

    def _go_to(self, at: int) -> None:
        self.at, self._moved = at, 0
