"""A chain of APA102 or SK9822 chips in software: what each pixel shows after the bits that were clocked in.

It follows the chips, not our driver. After 32 zero bits each chip keeps the first word that begins with 111 and
passes on the rest half a clock late, so the last of n pixels has its data only after n/2 further clocks. An SK9822
shows its data only when 32 zero bits have followed it.
"""

from dataclasses import dataclass

MARKER = 0b111
_START_BYTES = 4


@dataclass(frozen=True, slots=True)
class Pixel:
    """`brightness` 0–31; colour bytes as sent."""

    brightness: int
    red: int
    green: int
    blue: int


class Apa102Chain:
    """`colour_order` is the order in which the chips expect the three colour bytes after the marker."""

    def __init__(self, pixels: int, colour_order: str = "bgr", *, sk9822: bool = False) -> None:
        self.pixels = [Pixel(0, 0, 0, 0)] * pixels
        self._places = [1 + colour_order.index(channel) for channel in "rgb"]
        self._waits_for_latch = sk9822
        self._clocks = 0  # bits clocked in so far
        self._zeros = 0  # zero bytes in a row
        self._next: int | None = None  # the chip whose word comes next; None until 32 zeros have come
        self._rest = b""  # of a word whose end is in the next transfer
        self._moving: list[tuple[int, int, Pixel]] = []  # clock at which it is shown, chip, what

    def clock_in(self, data: bytes) -> None:
        """One transfer; a frame may come in several."""
        buffer, at = self._rest + data, 0
        start = self._clocks - 8 * len(self._rest)
        self._clocks += 8 * len(data)
        while at < len(buffer):
            if self._next is None:
                at = self._wait_for_start(buffer, at)
                continue
            word = buffer[at : at + 4]
            if len(word) < 4:
                break
            at += 4
            self._take(word, start + 8 * at)
        self._rest = buffer[at:]
        self._show()

    def rgb(self) -> bytes:
        """Colour bytes of the whole chain, 3 per pixel, dimmed by each pixel's own brightness."""
        return bytes(value * p.brightness // 31 for p in self.pixels for value in (p.red, p.green, p.blue))

    def _wait_for_start(self, buffer: bytes, at: int) -> int:
        """Count zero bytes; with the first other byte after 32 zero bits the words begin."""
        if buffer[at]:
            if self._zeros < _START_BYTES:
                self._zeros = 0
                return at + 1
            self._next, self._zeros = 0, 0
            return at
        self._zeros += 1
        return at + 1

    def _take(self, word: bytes, clock: int) -> None:
        """A word whose last bit came with `clock`: data for the next chip, or the end of the frame."""
        assert self._next is not None
        chip = self._next
        if word[0] >> 5 == MARKER:
            if chip < len(self.pixels):
                red, green, blue = (word[place] for place in self._places)
                self._moving.append((clock + (chip + 1) // 2, chip, Pixel(word[0] & 31, red, green, blue)))
            self._next = chip + 1
            return
        self._next = None  # neither marker nor start: the chips further down keep what they show
        if not any(word):
            self._zeros = _START_BYTES
            if self._waits_for_latch:
                self._moving = [(max(due, clock + (c + 1) // 2), c, p) for due, c, p in self._moving]
                self._show()
        elif self._waits_for_latch:
            self._moving.clear()

    def _show(self) -> None:
        latched = not self._waits_for_latch or self._next is None
        waiting = []
        for due, chip, pixel in self._moving:
            if latched and due <= self._clocks:
                self.pixels[chip] = pixel
            else:
                waiting.append((due, chip, pixel))
        self._moving = waiting
