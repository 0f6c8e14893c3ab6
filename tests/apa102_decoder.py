"""A second opinion on APA102 bytes, written from the data sheet and sharing nothing with hardware/.

It reads a transfer as one long number of bits and walks it 32 bits at a time.
"""

import json
from pathlib import Path

LitPixels = dict[int, tuple[int, int, int]]


def decode(transfer: bytes, pixels: int) -> list[tuple[int, int, int]]:
    """(red, green, blue) of each of `pixels` chips that listen in b-g-r order."""
    bits = "".join(f"{byte:08b}" for byte in transfer)
    assert bits.startswith("0" * 32), "no start frame"
    words = [bits[i : i + 32] for i in range(32, 32 + 32 * pixels, 32)]
    assert all(word.startswith("111") for word in words), "a pixel word without its marker"
    rest = bits[32 + 32 * pixels :]
    assert set(rest) <= {"0"}, "ones after the last pixel light pixels that are not there"
    assert len(rest) >= 32 + pixels / 2, "too few clocks to latch an SK9822 and to reach the last chip"
    return [(int(word[24:32], 2), int(word[16:24], 2), int(word[8:16], 2)) for word in words]


def lit(transfer: bytes, pixels: int) -> LitPixels:
    """Only the pixels that are not dark."""
    return {number: rgb for number, rgb in enumerate(decode(transfer, pixels)) if any(rgb)}


def read_trace(path: Path) -> list[dict[str, object]]:
    """The lines of a KIOSK_LIGHT_TRACE that are complete so far."""
    return [json.loads(line) for line in _whole_lines(path)]


def last_lit(path: Path, pixels: int) -> LitPixels | None:
    """What the strip shows after the last traced transfer; None before the first."""
    lines = _whole_lines(path)
    return lit(bytes.fromhex(json.loads(lines[-1])["hex"]), pixels) if lines else None


def _whole_lines(path: Path) -> list[str]:
    if not path.exists():
        return []
    return [line for line in path.read_text().splitlines(keepends=True) if line.endswith("\n")]
