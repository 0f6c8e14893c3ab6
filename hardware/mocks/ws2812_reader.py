"""A chain of WS2812B or SK6812 chips in software: the line's level in nanoseconds, measured as the chips measure it.

Windows of the WS2812B's V5 data sheet: a 0 is high for 220–380 ns, a 1 for 580–1000 ns, each low for 580–1000 ns; low
for 280 µs shows what was received. Of the SK6812RGBW's (Opsco, 2015), which takes 32 bits: 150–450, 450–750, 450–1050
and 80 µs. `gap_bits` are the clocks for which a Pi's SPI rests low between two bytes; lows may be
longer by so much. `stretch_ns`: how long the first bit already stands before the clock starts.
"""

from collections.abc import Iterator
from typing import NamedTuple

_STRETCH_NS = 1000


class Windows(NamedTuple):
    """Of a chip, in nanoseconds: shortest and longest high of a 0 and of a 1, low of either, and the low that ends a
    frame."""

    zero_high: tuple[int, int]
    one_high: tuple[int, int]
    low: tuple[int, int]
    reset: int


WS2812B = Windows((220, 380), (580, 1000), (580, 1000), 280_000)
SK6812_RGBW = Windows((150, 449), (450, 750), (450, 1050), 80_000)


class Ws2812Chain:
    def __init__(
        self, pixels: int, colour_order: str = "grb", *, gap_bits: int = 0, stretch_ns: float = _STRETCH_NS
    ) -> None:
        self._order, self._channels = colour_order, len(colour_order)
        self._windows = SK6812_RGBW if "w" in colour_order else WS2812B
        self._colours = bytes(self._channels * pixels)  # as the chips keep them, in their own order
        self._gap_bits = gap_bits
        self._stretch_ns = stretch_ns
        self.violations: list[str] = []

    def clock_in(self, data: bytes, rate_hz: int) -> None:
        """One transfer. A pulse outside the windows is noted; chips from there on keep what they show."""
        bits: list[int] = []
        clean = True
        shortest_low = self._windows.low[0]
        longest_low = self._windows.low[1] + self._gap_bits * 1e9 / rate_hz
        for high_ns, low_ns in self._pulses(data, 1e9 / rate_hz):
            bit, reset = self._read_high(high_ns), low_ns >= self._windows.reset
            if clean and (bit is None or not (reset or shortest_low <= low_ns <= longest_low)):
                self.violations.append(f"bit {len(bits)}: high {high_ns:.0f} ns, low {low_ns:.0f} ns")
                clean = False
            if clean and bit is not None:
                bits.append(bit)
            if reset:
                self._latch(bits)
                bits, clean = [], True
        if bits:
            self.violations.append("no reset after the frame: nothing is shown")

    def rgb(self) -> bytes:
        """Colour bytes of the whole chain, 3 per pixel; what a white LED gives is in all three."""
        channels = {channel: self._colours[place :: self._channels] for place, channel in enumerate(self._order)}
        white = channels.get("w", bytes(len(self._colours) // self._channels))
        colours = bytearray(3 * len(white))
        for place, channel in enumerate("rgb"):
            colours[place::3] = bytes(min(255, one + more) for one, more in zip(channels[channel], white, strict=True))
        return bytes(colours)

    def _read_high(self, ns: float) -> int | None:
        if self._windows.zero_high[0] <= ns <= self._windows.zero_high[1]:
            return 0
        if self._windows.one_high[0] <= ns <= self._windows.one_high[1]:
            return 1
        return None

    def _latch(self, bits: list[int]) -> None:
        """Each chip keeps its first bits, 8 a colour, and passes on the rest; half a chip's bits change nothing."""
        whole = min(len(bits) // (8 * self._channels) * self._channels, len(self._colours))
        number = int("".join(map(str, bits[: 8 * whole])) or "0", 2)
        self._colours = number.to_bytes(whole, "big") + self._colours[whole:]

    def _pulses(self, data: bytes, bit_ns: float) -> Iterator[tuple[float, float]]:
        """(high, low) in ns for each pulse on the line, beginning with the first rise."""
        high = low = 0.0
        for level, clocks in self._levels(data):
            ns = clocks * bit_ns
            if not high and not low:
                ns += self._stretch_ns
                high, low = (ns, 0.0) if level else (0.0, ns)
            elif level:
                if low:
                    if high:
                        yield high, low
                    high, low = 0.0, 0.0
                high += ns
            else:
                low += ns
        if high:
            yield high, low

    def _levels(self, data: bytes) -> Iterator[tuple[int, int]]:
        """(level, clocks) for the runs of equal bits of each byte, with a gap at low after it."""
        for byte in data:
            yield from _RUNS[byte]
            if self._gap_bits:
                yield 0, self._gap_bits


def _runs_of(byte: int) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for shift in range(7, -1, -1):
        level = byte >> shift & 1
        if runs and runs[-1][0] == level:
            runs[-1] = (level, runs[-1][1] + 1)
        else:
            runs.append((level, 1))
    return tuple(runs)


_RUNS = tuple(_runs_of(byte) for byte in range(256))
