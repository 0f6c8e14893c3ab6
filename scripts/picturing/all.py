"""`scripts/pictures`: what a customer, a clerk and an owner see, as pictures for the README and the help.

Each is the real program in a real terminal on a real compositor; the light is decoded from the bytes on the mock bus.
"""

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PIL import Image

from kiosk.home import StationHome
from kiosk.jobs.station import open_station
from kiosk.jobs.upkeep.found_station import found_station
from kiosk.jobs.upkeep.offer import offers
from kiosk.jobs.upkeep.sample import add_sample_parcels
from kiosk.parcels.roles import Role
from scripts.picturing import drawings
from scripts.picturing.compositor import NEEDED, Screen, compositor, missing_programs, on_screen

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "kiosk/help/pictures"
KIOSK = str(Path(sys.executable).with_name("kiosk"))
_FRAME_S = 0.12
_KEY_MS = 90  # between two keys of the film's customers
_COLOURS = 48  # of a film: there are no more on the screen
ENGLISH, CHINESE = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}, {"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8"}
MOCK = {"GPIOZERO_PIN_FACTORY": "lightmock", "COLORTERM": "truecolor"}


def main(arguments: Sequence[str]) -> int:
    missing = missing_programs([*NEEDED, "gifsicle"])
    if missing:
        sys.stderr.write(f"Missing: {', '.join(missing)}. sudo apt install {' '.join(missing)} fonts-noto-cjk\n")
        return 3
    if arguments[:1] == ["--faces"] and len(arguments) == 2:
        from scripts.picturing.faces import show_faces  # which uses what is here

        show_faces(Path(arguments[1]))
        return 0
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / "wiring.svg").write_text(drawings.wiring(), "utf-8")
    (PICTURES / "way-of-a-scan.svg").write_text(drawings.way_of_a_scan(), "utf-8")
    film_a_pick_up()
    show_a_customer("found-en.png", ENGLISH)
    show_a_customer("found-zh.png", CHINESE)
    show_the_desk("desk-en.png", ENGLISH)
    show_the_desk("desk-zh.png", CHINESE)
    return 0


@contextmanager
def sample_station() -> Iterator[tuple[Path, list[tuple[str, str]]]]:
    """A home with sample parcels, and the (code, waybill) of some that may be collected now."""
    with tempfile.TemporaryDirectory(prefix="kiosk-pictures-") as folder:
        home = StationHome(Path(folder) / "station")
        found_station(home)
        station = open_station(home, terminal="pictures", who="staff")
        try:
            add_sample_parcels(replace(station, role=Role.MANAGER))
            offered = [(offer.code, offer.waybill) for offer in offers(station, 6)]
        finally:
            station.close()
        yield home.folder, offered


def film_a_pick_up() -> None:
    """Two customers: the light of the first one goes on shining while the second searches."""
    with sample_station() as (home, offered), compositor(968, 600) as display:
        command = [KIOSK, "--home", str(home), "demo"]
        with on_screen(display, command, font_size=14, environment={**ENGLISH, **MOCK}) as screen:
            film = _Film(screen)
            film.go_on(1.2)
            for code, _ in (offered[5], offered[3]):
                film.type(code)
                film.go_on(2.2)
            film.type(offered[3][1])
            film.go_on(3.0)
            film.write(PICTURES / "pick-up.gif")


class _Film:
    """Pictures with the time for which each was seen."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._frames: list[tuple[bytes, float]] = []

    def go_on(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._take()

    def type(self, text: str) -> None:
        with self._screen.typing(text, gap_ms=_KEY_MS) as typist:
            while typist.poll() is None:
                self._take()

    def _take(self) -> None:
        began = time.monotonic()
        frame = self._screen.picture()
        time.sleep(max(_FRAME_S - (time.monotonic() - began), 0))
        self._frames.append((frame, time.monotonic() - began))

    def write(self, path: Path) -> None:
        pictures = [Image.open(io.BytesIO(frame)).convert("RGB") for frame, _ in self._frames]
        all_colours = Image.new("RGB", (pictures[0].width, pictures[0].height * len(pictures)))
        for number, picture in enumerate(pictures):
            all_colours.paste(picture, (0, number * picture.height))
        palette = all_colours.quantize(_COLOURS, dither=Image.Dither.NONE)
        first, *rest = (picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures)
        shown_ms = [round(seconds * 1000) for _, seconds in self._frames]
        first.save(path, save_all=True, append_images=rest, duration=shown_ms, loop=0, optimize=False)
        subprocess.run(["gifsicle", "-O3", "--batch", str(path)], check=True, timeout=120)


def show_a_customer(name: str, language: Mapping[str, str]) -> None:
    """The customer's screen as a 15 inch panel shows it, with a light on."""
    with sample_station() as (home, offered), compositor(1280, 800) as display:
        command = [KIOSK, "--home", str(home), "run"]
        with on_screen(display, command, font_size=34, environment={**language, **MOCK}) as screen:
            screen.type(offered[2][0])
            _write(PICTURES / name, screen.wait_until_still())


def show_the_desk(name: str, language: Mapping[str, str]) -> None:
    """A parcel taken in: its slot, and what came before."""
    with sample_station() as (home, offered), compositor(1000, 600) as display:
        command = [KIOSK, "--home", str(home), "desk"]
        with on_screen(display, command, font_size=15, environment={**language, **MOCK}) as screen:
            for text in (offered[3][0], "SF1390013912345", "13800138000", "YT7700770012345"):
                screen.type(text)
                screen.wait_until_still()
            _write(PICTURES / name, screen.wait_until_still())


def _write(path: Path, png: bytes) -> None:
    Image.open(io.BytesIO(png)).convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
