"""How far a clerk walks who puts a driver's parcels away, by the places that are proposed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

from kiosk.home import StationHome
from kiosk.jobs.sheets.batch import open_batch
from kiosk.jobs.sheets.sheet import SheetStory
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.upkeep.found_station import found_station
from kiosk.jobs.upkeep.sample import add_sample_parcels
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import Size, read_slot
from scripts.benching.figure import Figure, figure

SHELF_M, AISLE_M = 1.0, 2.0  # a shelf is so wide, the next row of shelves so far away
PARCELS = 60
_SIZES = (None, Size.S, Size.S, Size.M, None, Size.L)


def metres(station: Station, slots: Sequence[str]) -> float:
    """From slot to slot in their order, along the shelves and from row to row; levels are reached standing."""
    most: dict[str, int] = {}
    for place in station.settings.places:
        most[place.address.shelf] = max(most.get(place.address.shelf, 0), place.address.slot)

    def spot(name: str) -> tuple[float, float]:
        address = read_slot(name)
        assert address
        row, column = station.settings.stands[address.shelf]
        return (column + (address.slot - 0.5) / most[address.shelf]) * SHELF_M, row * AISLE_M

    spots = [spot(name) for name in slots]
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(spots))


def walk_of_a_batch(station: Station, batch_places: str, *, sized: bool = False) -> float:
    """Metres for a driver's 60 parcels; `sized`: of mixed sizes, as far as somebody says them."""
    desk = station.settings.desk._replace(batch_places=batch_places)
    station = replace(station, settings=replace(station.settings, desk=desk))
    batch = open_batch(station, None, PARCELS)
    assert isinstance(batch, SheetStory)
    random, slots = Random(batch_places), []
    for number in range(PARCELS):
        size = random.choice(_SIZES) if sized else None
        waybill = recognise(f"YT{random.randrange(10**13):013d}")
        taken_in = check_in(station, waybill, Particulars(batch=batch.sheet, size=size))
        assert isinstance(taken_in, CheckedIn), (number, taken_in)
        slots.append(taken_in.slot)
    return metres(station, slots)


def bench_walk(scratch: Path) -> Iterator[Figure]:
    """On the sample's plan with its parcels on the shelves: today's rule against the one before it."""
    for sized, name in ((False, "unsized"), (True, "mixed sizes")):
        walked: dict[str, float] = {}
        for rule in ("spread", "walk"):
            home = StationHome(scratch / f"{rule}-{sized}")
            found_station(home)
            station = open_station(home, terminal="bench", who="staff", random=Random(1))
            add_sample_parcels(station)
            walked[rule] = walk_of_a_batch(station, rule, sized=sized)
            station.close()
        yield figure(f"walk for 60 parcels, {name}", walked["walk"], "m")
        yield figure(f"walk ÷ spread over the levels, {name}", walked["walk"] / walked["spread"], "×", most=0.4)
