"""Every kind of a customer's face as it is seen, to be looked at before a release: `scripts/pictures --faces FOLDER`.

On small, usual and large screens, in both languages, in usual and in large text; each a second time as an eye without
green cones sees it.
"""

import io
import subprocess
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from scripts.picturing.all import CHINESE, ENGLISH, KIOSK, MOCK, sample_station
from scripts.picturing.compositor import Screen, compositor, on_screen
from tests.colour_vision import EYES, linear, times


class Grid(NamedTuple):
    """A screen of so many cells: the font that has them, in points, and the pixels that they fill."""

    columns: int
    rows: int
    font_size: int
    width: int
    height: int


GRIDS = (Grid(40, 12, 40, 1280, 756), Grid(80, 24, 20, 1280, 792), Grid(200, 60, 10, 1600, 1020))
_BESIDE = 2  # pixels that foot leaves free at each side
LANGUAGES = {"en": ENGLISH, "zh": CHINESE}


def show_faces(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for grid, language, large in product(GRIDS, LANGUAGES, (False, True)):
        name = f"{grid.columns}x{grid.rows}-{language}-{'large' if large else 'usual'}"
        for scene, png in _scenes(grid, LANGUAGES[language], large=large):
            seen = Image.open(io.BytesIO(png)).convert("RGB").quantize(64, dither=Image.Dither.NONE)
            seen.save(folder / f"{name}-{scene}.png", optimize=True)
            without_green(seen).save(folder / f"{name}-{scene}-deuteranopia.png", optimize=True)


def _scenes(grid: Grid, language: Mapping[str, str], *, large: bool) -> Iterator[tuple[str, bytes]]:
    """(what is seen, PNG), one after another on the same screen."""
    width, height = grid.width + 2 * _BESIDE, grid.height + 2 * _BESIDE
    with sample_station() as (home, offered), compositor(width, height) as display:
        settings = home / "station.toml"
        if large:
            text = settings.read_text("utf-8")
            settings.write_text(text.replace("large_text = false", "large_text = true"), "utf-8")
        (code, waybill), (second, _), (third, _), (_, others) = offered[2], offered[0], offered[4], offered[5]
        command = [KIOSK, "--home", str(home), "run"]
        with on_screen(display, command, font_size=grid.font_size, environment={**language, **MOCK}) as screen:
            yield "idle", screen.wait_until_still()
            yield "found", _after(screen, code)
            for another in (second, third):  # at other screens
                subprocess.run([KIOSK, "--home", str(home), "pick-up", another], check=True, capture_output=True)
            yield "three-customers", screen.wait_until_still(0.8)
            yield "wrong-parcel", _after(screen, others, 0.3)  # before the search comes back
            yield "done", _after(screen, waybill)
            yield "wrong-code", _after(screen, "9-9-0000")


def _after(screen: Screen, text: str, still_s: float = 0.8) -> bytes:
    screen.type(text)
    return screen.wait_until_still(still_s)


def without_green(picture: Image.Image) -> Image.Image:
    """A picture with a palette, as a deuteranope sees it."""
    palette = picture.getpalette() or []
    seen: list[int] = []
    for at in range(0, len(palette), 3):
        mixed = times(EYES["deuteranopia"], [linear(value) for value in palette[at : at + 3]])
        seen += [round(255 * _encoded(min(max(part, 0.0), 1.0))) for part in mixed]
    shown = picture.copy()
    shown.putpalette(seen)
    return shown


def _encoded(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
