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
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter

from textual import events

from kiosk.home import StationHome
from kiosk.jobs.accept import Particulars
from kiosk.jobs.announce import announce
from kiosk.jobs.check_in import CheckedIn, check_in
from kiosk.jobs.station import Station, open_station
from kiosk.lights.owner import LightOwner
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.slots import Size
from kiosk.screens.customer import CustomerApp
from kiosk.store.database import open_database
from kiosk.store.parcels import by_code, by_id
from kiosk.store.sqlite import sqlite3
from scripts.bench_processes import HELLO, Program, kiosk
from scripts.bench_station import codes_on_shelf, make_station

SCANS, LOOK_UPS, CHECK_INS, STARTS, PAINTS = 200, 3000, 300, 7, 40
IDLE_S = 10.0


@dataclass(frozen=True)
class Figure:
    """One row: what, how much, and what was aimed at (`aim` as a number in the same unit, None without one)."""

    name: str
    value: float
    unit: str
    aim: str
    reached: bool | None


def figure(name: str, value: float, unit: str, most: float | None = None, least: float | None = None) -> Figure:
    aim = f"≤ {most}" if most is not None else f"≥ {least}" if least is not None else ""
    reached = value <= most if most is not None else value >= least if least is not None else None
    return Figure(name, round(value, 3), unit, aim, reached)


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
    Device.pin_factory.listeners.append(lambda strip, data: times.append(monotonic()))
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
    constant = Program("-m", "scripts.bench_constant", str(home.folder))
    constant.wait_for(b"F1 call staff")
    real = kiosk(home.folder, "run")
    real.wait_for(b"F1 call staff")
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


# The database


def bench_look_up(station: Station) -> Iterator[Figure]:
    codes = [PickupCode(code) for code, _ in codes_on_shelf(station)]
    statement = (
        "SELECT id, state, courier, courier_decided, waybill, piece, pieces, size, code, slot, proposed_slot,"
        " hold_reason, contact_id, checked_in_at, released_at FROM parcels WHERE code_compact = ? ORDER BY id DESC"
    )
    compact = [code.compact for code in codes]
    sides: tuple[list[float], list[float]] = ([], [])
    for number in range(LOOK_UPS):
        code, key = codes[number % len(codes)], compact[number % len(codes)]
        start = perf_counter()
        by_code(station.conn, code)
        middle = perf_counter()
        station.conn.execute(statement, (key,)).fetchall()
        sides[0].append(middle - start)
        sides[1].append(perf_counter() - middle)
    yield figure("look-up by code, median", median(sides[0]) * 1e6, "µs")
    yield figure("look-up by code ÷ bare sqlite3", median(sides[0]) / median(sides[1]), "×", most=1.5)


def bench_check_in(station: Station, scratch: Path) -> Iterator[Figure]:
    """Durable check-ins, each confirming the one before, against a bare loop that writes the same rows."""
    bare = _bare_copy(station, scratch)
    ours: list[float] = []
    theirs: list[float] = []
    for number in range(CHECK_INS):
        waybill = f"YT9{number:012d}"
        after = station.conn.execute("SELECT max(seq) FROM events").fetchone()[0]
        start = perf_counter()
        answer = check_in(station, waybill, Particulars(size=Size.S))
        ours.append(perf_counter() - start)
        assert isinstance(answer, CheckedIn), answer
        writes = _writes_of(station, after)
        start = perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        for statement, values in writes:
            bare.execute(statement, values)
        bare.execute("COMMIT")
        theirs.append(perf_counter() - start)
    bare.close()
    yield figure("durable check-ins a second", 1 / median(ours[1:]), "1/s")
    yield figure("durable check-ins ÷ bare sqlite3 loop", median(theirs[1:]) / median(ours[1:]), "×", least=0.7)


def _bare_copy(station: Station, scratch: Path) -> sqlite3.Connection:
    copy = scratch / "bare.db"
    station.conn.execute("VACUUM INTO ?", (str(copy),))
    conn = open_database(copy)
    conn.execute("PRAGMA journal_mode = WAL")
    return conn


def _writes_of(station: Station, after: int) -> list[tuple[str, tuple[object, ...]]]:
    """The rows that the last check-in wrote: its parcel, the confirmed one before, and their events after `after`."""
    conn = station.conn
    writes: list[tuple[str, tuple[object, ...]]] = []
    for event in conn.execute("SELECT * FROM events WHERE seq > ?", (after,)).fetchall():
        row = by_id(conn, event[2])
        if event[1] == "shelve":
            update = (
                "UPDATE parcels SET state = ?, slot = ?, proposed_slot = NULL, code = ?, shelved_at = ? WHERE id = ?"
            )
            writes.append((update, (row.state, row.slot, row.code, event[5], row.id)))
        else:
            parcel = conn.execute("SELECT * FROM parcels WHERE id = ?", (row.id,)).fetchone()
            writes.append((f"INSERT INTO parcels VALUES ({', '.join('?' * len(parcel))})", parcel))
        writes.append(("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", event))
    return writes


def bench_manifest(station: Station) -> Iterator[Figure]:
    lines = "".join(f"ZT{number:012d},1380{number:07d},M\n" for number in range(10_000))
    start = perf_counter()
    answer = announce(station, f"waybill,phone,size\n{lines}".encode(), "ZTO")
    assert answer.accepted == 10_000
    yield figure("manifest of 10,000 lines", perf_counter() - start, "s", most=2)


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
        station.close()


def main() -> None:
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "bench.json")
    figures = []
    for row in measure():
        figures.append(row)
        verdict = {True: "reached", False: "NOT REACHED", None: ""}[row.reached]
        sys.stdout.write(f"{row.name:42} {row.value:10.3f} {row.unit:12} {row.aim:8} {verdict}\n")
        sys.stdout.flush()
    target.write_text(json.dumps([asdict(row) for row in figures], ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
