"""A chain of APA102 chips in software: what each pixel shows after the bits that were clocked in.

It follows the chips, not our driver: a pixel passes on what it does not keep, half a clock late, so the last of n
pixels has its data only after n/2 further clocks.
"""

from dataclasses import dataclass

MARKER = 0b111


@dataclass(frozen=True, slots=True)
class Pixel:
    """`brightness` 0–31; colour bytes as sent."""

    brightness: int
    red: int
    green: int
    blue: int


class Apa102Chain:
    """`colour_order` is the order in which the chips expect the three colour bytes after the marker."""

    def __init__(self, pixels: int, colour_order: str = "bgr") -> None:
        self.pixels = [Pixel(0, 0, 0, 0)] * pixels
        self._places = [colour_order.index(channel) for channel in "rgb"]

    def clock_in(self, data: bytes) -> None:
        """One transfer. Words after the start frame go down the chain until the clocks for a pixel run out."""
        if data[:4] != bytes(4):
            return  # without 32 zero bits first, nobody is listening
        for number in range(len(self.pixels)):
            word = data[4 + 4 * number : 8 + 4 * number]
            clocks_needed = 32 + 32 * (number + 1) + (number + 1) // 2
            if len(word) < 4 or word[0] >> 5 != MARKER or 8 * len(data) < clocks_needed:
                return  # the chips further down keep what they show
            red, green, blue = (word[1 + place] for place in self._places)
            self.pixels[number] = Pixel(word[0] & 31, red, green, blue)

    def rgb(self) -> bytes:
        """Colour bytes of the whole chain, 3 per pixel, dimmed by each pixel's own brightness."""
        return bytes(value * p.brightness // 31 for p in self.pixels for value in (p.red, p.green, p.blue))
