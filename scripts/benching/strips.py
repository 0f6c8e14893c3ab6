"""How fast frames are encoded beside other libraries, and what the render loop costs a processor."""

import json
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from kiosk.config import read_settings
from kiosk.home import StationHome
from kiosk.jobs.upkeep.found_station import found_station
from kiosk.store.lease_book.book import LeaseBook
from kiosk.store.lease_book.sessions import Purpose, Wanted
from scripts.benching.figure import Figure, figure
from scripts.benching.processes import Program, kiosk
from tests.environment import environment

LIBRARIES = (
    "apa102-pi==2.5.4", "adafruit-circuitpython-dotstar==2.2.21", "adafruit-circuitpython-neopixel-spi==1.0.16",
    "luma.led_matrix==1.9.0", "rpi5-ws2812==0.1.2", "Pi5Neo==1.1.0", "gpiozero>=2.0.1",
)  # fmt: skip
MEASURE_S = 20.0
SHELVES, PIXELS_PER_SHELF = 10, 30


def bench_encoders(scratch: Path) -> Iterator[Figure]:
    """Per-frame medians; the libraries are installed for this only."""
    libraries = scratch / "libraries"
    venv.create(libraries, with_pip=True)
    python = libraries / "bin/python"
    install = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", *LIBRARIES]
    subprocess.run(install, check=True, stderr=subprocess.DEVNULL)
    done = subprocess.run(
        [python, "-m", "scripts.benching.strip_encoders"], check=True, capture_output=True, text=True, env=environment()
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    for row in rows:
        yield figure(f"{row['library']}, {row['pixels']} LEDs, {row['changed']} changed", row["us"], "µs")
    all_of_300 = {row["library"]: row["us"] for row in rows if row["pixels"] == 300 and row["changed"] == "all"}
    fastest = min(us for library, us in all_of_300.items() if not library.startswith("ours"))
    for library in ("ours, APA102", "ours, WS2812"):
        yield figure(f"fastest other ÷ {library}, 300 LEDs, all", fastest / all_of_300[library], "×", least=3)


def bench_render_loop(scratch: Path) -> Iterator[Figure]:
    """`kiosk lights` by itself: ten pulsing shelves on 300 LEDs, then nothing."""
    home = StationHome(scratch / "shelves")
    found_station(home)
    shelf = 'level_sizes = ["M"]\nslots_per_level = 1\n' + f"pixels_per_slot = {PIXELS_PER_SHELF}\n"
    shelves = [f"[[shelves]]\nshelf = {n + 1}\nfirst_pixel = {PIXELS_PER_SHELF * n}\n{shelf}" for n in range(SHELVES)]
    strip = f'[[strips]]\nname = "main"\npixels = {SHELVES * PIXELS_PER_SHELF}\n'
    home.settings.write_text("[station]\n" + strip + "".join(shelves), encoding="utf-8")
    assert len(read_settings(home.settings).slots) == SHELVES
    lights = kiosk(home.folder, "lights")
    lights.wait_for(b"Driving the lights")
    book = LeaseBook(home.runtime(), monotonic)
    for number in range(1, SHELVES + 1):
        book.light(Purpose.PICK_UP, "bench", [Wanted(number, f"{number}-1-1", str(number))], seconds=3600)
    book._conn.execute("UPDATE sessions SET pattern = 'pulse'")
    book.ring()
    yield figure("render loop, 10 pulsing shelves", _share(lights), "% of a core", most=1)
    book._conn.execute("DELETE FROM sessions")
    book.ring()
    yield figure("render loop, idle", _share(lights), "% of a core", most=0.02)
    book.close()
    lights.end()


def _share(program: Program) -> float:
    """Percent of a core that the program takes, by the kernel's own count of nanoseconds."""
    program.read_for(1)
    before, start = program.cpu_nanoseconds(), monotonic()
    program.read_for(MEASURE_S)
    return (program.cpu_nanoseconds() - before) / (monotonic() - start) / 1e7


if __name__ == "__main__":
    for row in bench_render_loop(Path(sys.argv[1])):
        sys.stdout.write(f"{row}\n")
