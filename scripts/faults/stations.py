"""Stations to be ill-treated: small, in a scratch folder, their lights' memory cleared away with them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from kiosk.home import StationHome
from kiosk.jobs.station import open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from scripts.busy_day.replay import make_station

ROOT = Path(__file__).parent.parent.parent
_MEMORY = Path("/dev/shm")


@contextmanager
def a_station(scratch: Path, name: str, parcels: int = 500) -> Iterator[StationHome]:
    """An empty one with room for so many parcels."""
    folder = scratch / name
    folder.mkdir()
    home = make_station(folder, parcels)
    try:
        yield home
    finally:
        forget(home)
        shutil.rmtree(folder)


def shelve_some(home: StationHome, count: int) -> list[CheckedIn]:
    """So many parcels on the shelf."""
    station, parcels = open_station(home, terminal="t1", who="staff", random=Random(1)), []
    for number in range(count):
        answer = check_in(station, recognise(f"SF1900{number:09d}"), Particulars(courier="SF"), shelve=True)
        assert isinstance(answer, CheckedIn), answer
        parcels.append(answer)
    station.close()
    return parcels


def forget(home: StationHome) -> None:
    """What the machine holds in memory for it is gone, as after a power cut."""
    shutil.rmtree(home.runtime())


@contextmanager
def a_scratch_folder() -> Iterator[Path]:
    """In memory where there is any: what a test does to its files costs no flush of a real disk."""
    memory = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="torture-", dir=memory, ignore_cleanup_errors=True) as folder:
        yield Path(folder)
