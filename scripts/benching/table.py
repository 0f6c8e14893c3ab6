"""Measures what a person feels and what a small computer has to bear. One table; the same as JSON.

Ratios are taken within this run, the two sides in turn, because machines differ and are noisy.
"""

import asyncio
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from statistics import median
from time import monotonic

from textual import events

from kiosk.home import StationHome
from kiosk.jobs.station import open_station
from kiosk.lights.owner import LightOwner
from kiosk.screens.customer.app import CustomerApp
from scripts.benching.backup import bench_backup
from scripts.benching.database import bench_check_in, bench_look_up, bench_manifest, bench_verify
from scripts.benching.day import bench_day
from scripts.benching.figure import Figure, figure
from scripts.benching.growth import measure_growth
from scripts.benching.processes import HELLO, Program, kiosk
from scripts.benching.station import codes_on_shelf, make_station
from scripts.benching.strips import bench_encoders, bench_render_loop
from scripts.benching.walk import bench_walk

SCANS, STARTS, PAINTS = 300, 9, 40
IDLE_S = 10.0


def p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


# Scan → bytes on the bus


def bench_one_process(home: StationHome) -> Iterator[Figure]:
    """From the scanner's last key in the app to the transfer on the mock bus, owner in the same process."""
    times = asyncio.run(_scan_app(home, transfers_in_this_process))
    yield figure("scan → bytes, one process, median", median(times), "ms", most=2)
    yield figure("scan → bytes, one process, p99", p99(times), "ms", most=6)


def bench_two_processes(home: StationHome, scratch: Path) -> Iterator[Figure]:
    """The same with `kiosk lights` in another process; its trace carries the system-wide monotonic clock."""
    trace = scratch / "trace"
    trace.touch()
    lights = kiosk(home.folder, "lights", {"KIOSK_LIGHT_TRACE": str(trace)})
    lights.wait_for(b"Driving the lights")
    times = asyncio.run(_scan_app(home, lambda app: transfers_in_trace(trace)))
    lights.end()
    yield figure("scan → bytes, two processes, median", median(times), "ms", most=2)
    yield figure("scan → bytes, two processes, p99", p99(times), "ms", most=6)


Transfers = Callable[[], list[float]]  # monotonic times of the transfers so far


def transfers_in_this_process(app: CustomerApp) -> Transfers:
    from gpiozero import Device

    times: list[float] = []
    Device.ensure_pin_factory()
    Device.pin_factory.listeners.append(lambda transfer: times.append(monotonic()))
    return lambda: times


def transfers_in_trace(trace: Path) -> Transfers:
    times: list[float] = []
    file = trace.open(encoding="ascii")

    def read() -> list[float]:
        times.extend(json.loads(line)["t"] for line in file)
        return times

    return read


async def _scan_app(home: StationHome, watch: Callable[[CustomerApp], Transfers]) -> list[float]:
    """Milliseconds from the last key of each scan to the next transfer; the light is ended between scans."""
    station = open_station(home, terminal="bench-screen", who="customer")
    codes = [code for code, _ in codes_on_shelf(station)][:SCANS]
    app = CustomerApp(station, lambda: LightOwner(station.settings, home.runtime(), "bench"))
    transfers = watch(app)
    times: list[float] = []
    async with app.run_test(size=(48, 14)) as pilot:
        await _until(lambda: len(transfers()) > 0)
        for code in codes:
            seen = len(transfers())
            for key in code:
                app.post_message(events.Key(key, key))
            await pilot.pause()
            start = monotonic()
            app.post_message(events.Key("enter", "\r"))
            await _until(lambda seen=seen: len(transfers()) > seen)  # type: ignore[misc]
            times.append((transfers()[seen] - start) * 1000)
            await _until(lambda: app.state.found is not None)
            seen = len(transfers())
            app.command_key("escape")
            await _until(lambda seen=seen: len(transfers()) > seen)  # type: ignore[misc]
    app.close()
    return times


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.005)


# Scan → paint


def bench_paint(home: StationHome) -> Iterator[Figure]:
    station = open_station(home, terminal="bench", who="staff")
    codes = [code for code, _ in codes_on_shelf(station)][SCANS : SCANS + PAINTS]
    station.close()
    constant = Program("-m", "scripts.benching.constant", str(home.folder))
    constant.wait_for(b"F1 help")
    real = kiosk(home.folder, "run")
    real.wait_for(b"F1 help")
    sides: tuple[list[float], list[float]] = ([], [])
    for code in codes:
        for program, times in zip((real, constant), sides, strict=True):
            program.drain(0.1)
            times.append(program.type_and_drain(f"{code}\r", 0.08) * 1000)
            program.type_and_drain("\x1b", 0.2)
    real.end()
    constant.end()
    yield figure("scan → last paint, median", median(sides[0]), "ms")
    yield figure("scan → last paint ÷ painting a constant", median(sides[0]) / median(sides[1]), "×", most=2)


# The whole program


def bench_start_and_size(home: StationHome) -> Iterator[Figure]:
    ours: list[float] = []
    hello: list[float] = []
    for _ in range(STARTS):
        for side, program, text in (
            (hello, Program("-c", HELLO), b"Hello, World!"),
            (ours, kiosk(home.folder, "run"), b"Scan or type"),
        ):
            side.append(program.wait_for(text))
            program.end()
    yield figure("cold start to first paint", median(ours) * 1000, "ms")
    yield figure("cold start ÷ hello-world app", median(ours) / median(hello), "×", most=1.5)
    small, large = Program("-c", HELLO), kiosk(home.folder, "run")
    small.wait_for(b"Hello, World!")
    large.wait_for(b"Scan or type")
    large.read_for(2)
    before, start = large.cpu_seconds(), monotonic()
    large.read_for(IDLE_S)
    idle = (large.cpu_seconds() - before) / (monotonic() - start) * 100
    yield figure("RSS of screen and owner", large.rss_mib(), "MiB")
    yield figure("RSS ÷ hello-world app", large.rss_mib() / small.rss_mib(), "×", most=1.6)
    yield figure("idle, screen and owner together", idle, "% of a core", most=1)
    small.end()
    large.end()


@contextmanager
def a_busy_station() -> Iterator[tuple[StationHome, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        home = make_station(Path(folder) / "home")
        try:
            yield home, Path(folder)
        finally:
            shutil.rmtree(home.runtime())


def measure() -> Iterator[Figure]:
    os.environ["GPIOZERO_PIN_FACTORY"] = "lightmock"
    with a_busy_station() as (home, scratch):
        yield from bench_one_process(home)
        yield from bench_two_processes(home, scratch)
        yield from bench_paint(home)
        yield from bench_start_and_size(home)
        station = open_station(home, terminal="bench", who="staff")
        yield from bench_look_up(station)
        yield from bench_check_in(station, scratch)
        yield from bench_manifest(station)
        yield from bench_verify(station)
        station.close()
        yield from bench_backup(home)
        yield from bench_render_loop(scratch)
        yield from bench_encoders(scratch)
        yield from bench_walk(scratch)
        yield from bench_day(scratch)


def main() -> None:
    wanted = [word for word in sys.argv[1:] if word != "--growth"]
    target = Path(wanted[0] if wanted else "bench.json")
    figures = []
    for row in measure_growth() if "--growth" in sys.argv else measure():
        figures.append(row)
        verdict = {True: "reached", False: "NOT REACHED", None: ""}[row.reached]
        sys.stdout.write(f"{row.name:42} {row.value:10.3f} {row.unit:12} {row.aim:8} {verdict}\n")
        sys.stdout.flush()
    target.write_text(json.dumps([asdict(row) for row in figures], ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
