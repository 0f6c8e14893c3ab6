"""What grows with the years and what must not: the same things done at a young station and at an old one, in turn."""

import os
import tempfile
from collections.abc import Callable, Iterator
from itertools import count, cycle
from pathlib import Path
from shutil import rmtree
from statistics import median
from time import perf_counter

from kiosk.cli.doctor import all_findings
from kiosk.counter.search import search
from kiosk.doctor.bundle import look_into, station_files
from kiosk.doctor.patient import Level
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.records.look_up import ParcelStory, tell_parcel
from kiosk.jobs.records.report import report
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.upkeep.back_up import BackedUp, back_up
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import Size
from kiosk.safety.backup_files import list_backups
from kiosk.safety.verify import violations_of
from scripts.benching.figure import Figure, figure
from scripts.benching.station import codes_on_shelf, make_station

YOUNG, OLD = 30_000, 330_000  # parcels on record: some 88,000 and 988,000 events
ROUNDS, LOOKS = 200, 5
Work = Callable[[Station], object]


def measure_growth() -> Iterator[Figure]:
    os.environ["GPIOZERO_PIN_FACTORY"] = "lightmock"
    with tempfile.TemporaryDirectory() as folder:
        homes = [make_station(Path(folder) / name, size) for name, size in (("young", YOUNG), ("old", OLD))]
        stations = [open_station(home, terminal="bench", who="staff") for home in homes]
        try:
            yield figure("events, young", _events(stations[0]), "")
            yield figure("events, old", _events(stations[1]), "")
            yield from _daily(stations)
            yield from _nightly(stations)
            yield from _looking(stations)
        finally:
            for station, home in zip(stations, homes, strict=True):
                station.close()
                rmtree(home.runtime())


def _events(station: Station) -> int:
    return int(station.conn.execute("SELECT max(seq) FROM events").fetchone()[0])


def _daily(stations: list[Station]) -> Iterator[Figure]:
    """What people wait for, a few hundred times each."""
    waiting = {id(station): iter(codes_on_shelf(station)) for station in stations}
    numbers = count()

    def pick_up(station: Station) -> None:
        code, waybill = next(waiting[id(station)])
        found = search(station, recognise(code))
        assert isinstance(found, Found), found
        left = check_out(station, recognise(waybill))
        assert isinstance(left, HandedOver), left

    def take_in(station: Station) -> None:
        answer = check_in(station, recognise(f"YT8{next(numbers):012d}"), Particulars(size=Size.S), shelve=True)
        assert isinstance(answer, CheckedIn), answer

    asked = {id(station): cycle([code for code, _ in codes_on_shelf(station)[-20:]]) for station in stations}

    def look_up(station: Station) -> None:
        code = next(asked[id(station)])
        assert isinstance(tell_parcel(station, recognise(code)), ParcelStory)

    def today(station: Station) -> None:
        report(station, station.local(station.stamp()).date())

    for name, work, rounds, most in (
        ("pick-up and check-out", pick_up, ROUNDS, 1.25),
        ("check-in", take_in, ROUNDS, 1.25),
        ("look-up", look_up, ROUNDS, 2.0),  # a tenth of a millisecond: that an index is a level deeper can be seen
        ("today's report", today, LOOKS, 1.25),
    ):
        yield from _compared(name, work, stations, rounds, most=most)


def _nightly(stations: list[Station]) -> Iterator[Figure]:
    """The first backup checks everything; the second goes on from the point that it sealed."""

    def whole(station: Station) -> None:
        made = back_up(station)
        assert isinstance(made, BackedUp) and made.verifies and made.whole_check, made

    def short(station: Station) -> None:
        made = back_up(station)
        assert isinstance(made, BackedUp) and made.verifies and not made.whole_check, made

    def verified(station: Station) -> None:
        assert not violations_of(station)  # but of cooling: a clock before the release stands still, codes do not

    yield from _compared("verify, all of it", verified, stations, 1)
    yield from _compared("backup with the whole check", whole, stations, 1)
    yield from _compared("backup of each night", short, stations, 1)


def _looking(stations: list[Station]) -> Iterator[Figure]:
    def doctor(station: Station) -> None:
        assert next(one for one in all_findings(station.home) if one.line == "database").level is Level.OK

    def support(station: Station) -> None:
        look = look_into(station.home)
        assert look.trouble is None and list(station_files(station.home, look))

    def backups(station: Station) -> None:
        assert all(one.is_good for one in list_backups(station, check=True))

    def listed(station: Station) -> None:
        assert len(list_backups(station)) == 2

    yield from _compared("doctor", doctor, stations, LOOKS, most=1.5)
    yield from _compared("support, the station's part", support, stations, LOOKS, most=1.5)
    yield from _compared("list of backups", listed, stations, LOOKS, most=1.5)
    yield from _compared("backups --check, each byte of them", backups, stations, 1)


def _compared(
    name: str, work: Work, stations: list[Station], rounds: int, most: float | None = None
) -> Iterator[Figure]:
    """In turn, so that a busy moment of the machine meets both."""
    times: list[list[float]] = [[] for _ in stations]
    for _ in range(rounds):
        for station, taken in zip(stations, times, strict=True):
            start = perf_counter()
            work(station)
            taken.append(perf_counter() - start)
    young, old = map(median, times)
    yield figure(f"{name}: old", old * 1000, "ms")
    yield figure(f"{name}: old ÷ young", old / young, "×", most=most)
