"""What went over wires, read from the data sheets of what hangs on them; shares nothing with the product.

APA102: APA102C data sheet, 32 zeros and 32 bits a pixel (111, brightness, blue, green, red). WS2812B: data sheet V5,
T0H 220-380 ns, T1H 580-1000 ns, reset over 280 µs. 74HC595: SN74HC595, what came first ends furthest away.
"""

import re
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

Rgb = tuple[int, int, int]
Lit = Mapping[int, Rgb]
_RECORD = struct.Struct("<QIIIIIIIi")  # as kernel/spi-capture.c writes it
_PIN = re.compile(r"output (\d+) to (\d)")
_PL061_SCK, _PL061_MOSI, _PL061_SELECTS = 0, 1, (4, 5)


class WrongWire(Exception):
    """No chip of that data sheet would show this."""


class Transfer(NamedTuple):
    """`ns` on the kernel's monotonic clock (0 where only the order is known); `status` is 0 or minus an errno."""

    ns: int
    select: int
    hz: int
    mode: int
    status: int
    mosi: bytes


def captured(data: bytearray) -> Iterator[Transfer]:
    """Whole records of /dev/spi-capture; they are taken out of `data`, a half one stays."""
    while len(data) >= _RECORD.size:
        ns, _bus, select, hz, mode, _bits, _us, length, status = _RECORD.unpack_from(data)
        end = _RECORD.size + length
        if len(data) < end:
            return
        yield Transfer(ns, select, hz, mode, status, bytes(data[_RECORD.size : end]))
        del data[:end]


def traced(lines: Iterable[str]) -> Iterator[Transfer]:
    """From QEMU's trace of a PL061's pins: SPI mode 0, bits at rising edges of the clock while a chip is selected."""
    levels: dict[int, int] = {}
    select, bits = None, list[int]()
    for line in lines:
        found = _PIN.search(line)
        if found is None:
            continue
        pin, level = int(found[1]), int(found[2])
        before, levels[pin] = levels.get(pin), level
        if pin in _PL061_SELECTS and level != before:
            if level == 0:
                select, bits = pin, []
            elif select == pin:
                if len(bits) % 8:
                    raise WrongWire(f"{len(bits)} bits in one transfer")
                if bits:  # the kernel moves the line once when it finds the device
                    yield Transfer(0, _PL061_SELECTS.index(pin), 0, 0, 0, _packed(bits))
                select = None
        elif pin == _PL061_SCK and level == 1 and before == 0 and select is not None:
            bits.append(levels.get(_PL061_MOSI, 0))


def _packed(bits: list[int]) -> bytes:
    return bytes(int("".join(map(str, bits[at : at + 8])), 2) for at in range(0, len(bits), 8))


def apa102(mosi: bytes, pixels: int) -> Lit:
    """Lit pixels. Each chip takes the first 32 bits that begin with 111 after 32 zeros."""
    if mosi[:4] != bytes(4):
        raise WrongWire("no start frame")
    lit = {}
    for pixel in range(pixels):
        head, blue, green, red = mosi[4 + 4 * pixel : 8 + 4 * pixel]
        if head >> 5 != 0b111:
            raise WrongWire(f"pixel {pixel} has no marker")
        if (red or green or blue) and head & 31:
            lit[pixel] = (red, green, blue)
    rest = mosi[4 + 4 * pixels :]
    if len(rest) * 8 < 32 + pixels / 2:
        raise WrongWire(f"only {len(rest) * 8} clocks after the last pixel")
    if any(rest):
        raise WrongWire("ones behind the last pixel would light one more")
    return lit


def ws2812(mosi: bytes, pixels: int, hz: int) -> Lit:
    """Lit pixels, from how long the line is high and low."""
    line, ns = "".join(f"{byte:08b}" for byte in mosi), 1e9 / hz
    runs = [(run[0], len(run) * ns) for run in re.findall(r"0+|1+", line)]
    if runs and runs[0][0] == "0":
        runs = runs[1:]
    bits: list[int] = []
    for at in range(0, len(runs), 2):
        high, low = runs[at][1], runs[at + 1][1] if at + 1 < len(runs) else 0.0
        is_last = at + 2 >= len(runs)
        if not (220 <= high <= 380 or 580 <= high <= 1000):
            raise WrongWire(f"bit {len(bits)}: high for {high:.0f} ns")
        if not (low >= 280_000 if is_last else 580 <= low <= 1000):
            raise WrongWire(f"bit {len(bits)}: low for {low:.0f} ns")
        bits.append(int(high >= 580))
    if len(bits) != 24 * pixels:
        raise WrongWire(f"{len(bits)} bits for {pixels} pixels")
    bytes_ = _packed(bits)
    seen = {pixel: (bytes_[3 * pixel + 1], bytes_[3 * pixel], bytes_[3 * pixel + 2]) for pixel in range(pixels)}
    return {pixel: rgb for pixel, rgb in seen.items() if any(rgb)}


def shift_registers(mosi: bytes, outputs: int) -> Lit:
    """Outputs that are high after the transfer; 0 is QA of the register next to the data line."""
    bits = [int(bit) for byte in mosi for bit in f"{byte:08b}"]
    if len(bits) < outputs:
        raise WrongWire(f"{len(bits)} bits for {outputs} outputs")
    return {output: (255, 255, 255) for output in range(outputs) if bits[-1 - output]}


class Strip(NamedTuple):
    """What hangs on a chip select."""

    chips: str
    pixels: int

    def lit(self, transfer: Transfer, hz: int | None = None) -> Lit:
        """Raises WrongWire."""
        readers: dict[str, Callable[[], Lit]] = {
            "apa102": lambda: apa102(transfer.mosi, self.pixels),
            "ws2812": lambda: ws2812(transfer.mosi, self.pixels, hz or transfer.hz),
            "shift": lambda: shift_registers(transfer.mosi, self.pixels),
        }
        return readers[self.chips]()
