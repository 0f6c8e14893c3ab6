"""Backing the station up and bringing it back."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from kiosk.home import StationHome
from kiosk.jobs.station import open_station
from kiosk.jobs.upkeep.back_up import BackedUp, back_up
from kiosk.safety.restore import Restored, Wish, restore
from scripts.benching.figure import Figure, figure


def bench_backup(home: StationHome) -> Iterator[Figure]:
    """One of 100,000 parcels; nobody else has the station open, or it could not be restored."""
    station = open_station(home, terminal="bench", who="staff")
    start = perf_counter()
    made = back_up(station)
    seconds = perf_counter() - start
    station.close()
    assert isinstance(made, BackedUp), made
    yield figure("backup of 100,000 parcels", seconds, "s", most=10)
    yield figure("backup, data rate", made.bytes / 1e6 / seconds, "MB/s")
    start = perf_counter()
    answer = restore(Wish(home, Path(made.path)))
    assert isinstance(answer, Restored) and answer.lost == 0, answer
    yield figure("restore of 100,000 parcels", perf_counter() - start, "s", most=60)
