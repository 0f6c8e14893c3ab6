"""Letters as pixels, read from the files beside this one: Fusion Pixel by TakWolf (SIL Open Font License 1.1, OFL.txt),
cut down by scripts/lettering to what a customer's screen says. Loaded where letters are painted, and nowhere else."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
SIZES = (8, 10, 12)  # pixels from line to line


@cache
def _lines(size: int) -> dict[str, str]:
    return {line[0]: line[1:] for line in (FOLDER / f"{size}.txt").read_text("utf-8").split("\n") if line}


@cache
def glyph(character: str, size: int) -> tuple[str, ...]:
    """`size` rows, a # a painted pixel, a blank each other. KeyError where there is none."""
    width, _, digits = _lines(size)[character].partition(" ")
    a_row = len(digits) // size
    rows = (int(digits[at : at + a_row], 16) for at in range(0, len(digits), a_row))
    return tuple(f"{row:0{4 * a_row}b}"[: int(width)].replace("1", "#").replace("0", " ") for row in rows)


@cache
def glyph_width(character: str, size: int) -> int:
    """Pixels, the gap to the next one included."""
    return int(_lines(size)[character].partition(" ")[0])


def has_glyphs(text: str) -> bool:
    return _lines(SIZES[0]).keys() >= set(text) - {"\n"}
