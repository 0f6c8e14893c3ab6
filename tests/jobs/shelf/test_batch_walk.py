"""A driver's parcels are proposed along one walk; others are spread over the levels."""

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from random import Random

import pytest

from kiosk.jobs.sheets.batch import open_batch
from kiosk.jobs.sheets.sheet import SheetStory
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import put_away_pending
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from kiosk.parcels.slots import Size
from kiosk.safety.verify import verify
from kiosk.store.tables.parcels import by_id
from scripts.benching.walk import walk_of_a_batch


def taken_in(station: Station, number: int, **said: object) -> CheckedIn:
    answer = check_in(station, recognise(f"YT{number:013d}"), Particulars(**said))  # type: ignore[arg-type]
    assert isinstance(answer, CheckedIn), answer
    return answer


def batch_of(station: Station) -> int:
    opened = open_batch(station, None, None)
    assert isinstance(opened, SheetStory)
    return opened.sheet


@pytest.mark.parametrize("sized", [False, True])
def test_a_clerk_walks_less_than_two_fifths_of_the_way(station: Station, sized: bool) -> None:
    spread = walk_of_a_batch(station, "spread", sized=sized)
    assert walk_of_a_batch(station, "walk", sized=sized) <= 0.4 * spread
    assert not verify(station).violations


def test_level_by_level_until_each_is_full(station: Station) -> None:
    small = [replace(slot, place=replace(slot.place, capacity=2)) for slot in station.settings.slots]
    station = replace(station, settings=replace(station.settings, slots=tuple(small)))
    batch = batch_of(station)
    levels = [taken_in(station, number, batch=batch).slot.rpartition("-")[0] for number in range(40)]
    runs = [(level, len(list(group))) for level, group in groupby(levels)]
    assert [count for _, count in runs] == [8] * 5 and len({level for level, _ in runs}) == 5
    assert len({level.split("-")[0] for level, _ in runs[:4]}) == 1  # its lowest takes large ones, and is kept for them


def test_the_walk_goes_on_from_where_the_clerk_chose_to_put_one(station: Station) -> None:
    batch = batch_of(station)
    taken_in(station, 1, batch=batch)
    put_away_pending(station, recognise("6-2-2"))
    assert taken_in(station, 2, batch=batch).slot.startswith("6-2-")


def test_another_terminal_has_a_walk_of_its_own(station: Station) -> None:
    one, two = station, replace(station, terminal="t2")
    batch = batch_of(one)
    first = [taken_in(one, number, batch=batch).slot for number in range(3)]
    second = [taken_in(two, 10 + number, batch=batch).slot for number in range(3)]
    assert len({slot.rpartition("-")[0] for slot in first}) == len({slot.rpartition("-")[0] for slot in second}) == 1
    assert first[0].rpartition("-")[0] != second[0].rpartition("-")[0]


def test_parcels_that_come_in_one_by_one_are_spread(station: Station) -> None:
    slots = [taken_in(station, number).slot for number in range(6)]
    assert len({slot.rpartition("-")[0] for slot in slots}) == 6


def test_a_parcel_that_nobody_sized_may_use_every_level(station: Station) -> None:
    """The smallest levels too: they are free while the others are full."""
    small = tuple(slot for slot in station.settings.slots if slot.place.size is Size.S)
    answer = taken_in(replace(station, settings=replace(station.settings, slots=small)), 1)
    assert station.settings.slots_by_name[answer.slot].place.size is Size.S
    assert by_id(station.conn, answer.parcel_id).size == "S"


@pytest.mark.parametrize(("size", "is_free"), [("", True), ("M", False)])
def test_a_manifest_without_sizes_says_none(station: Station, size: str, is_free: bool) -> None:
    announce(station, f"waybill,size\nYT0000000000001,{size}\n".encode())
    slots = station.settings.slots
    small = replace(station.settings, slots=tuple(slot for slot in slots if slot.place.size is Size.S))
    answer = check_in(replace(station, settings=small), recognise("YT0000000000001"), Particulars())
    assert isinstance(answer, CheckedIn) is is_free


def test_shelves_that_stand_in_rows_are_walked_as_they_stand(sample_with_spots: Callable[[], Station]) -> None:
    """Shelf 4 stands behind shelf 1: it is nearer than shelf 3."""
    station = sample_with_spots()
    batch = batch_of(station)
    random = Random(3)
    taken_in(station, 1, batch=batch)
    put_away_pending(station, recognise("1-2-1"))
    full = tuple(
        replace(slot, place=replace(slot.place, capacity=0)) if slot.place.address.shelf in "12" else slot
        for slot in station.settings.slots
    )
    station = replace(station, settings=replace(station.settings, slots=full))
    assert taken_in(station, random.randrange(10**6), batch=batch).slot.startswith("4-")


@pytest.fixture
def sample_with_spots(station: Station) -> Callable[[], Station]:
    from kiosk.config.shelves import Spot

    spots = {str(shelf): Spot(1 + (shelf > 3), 1 + (shelf - 1) % 3) for shelf in range(1, 7)}
    return lambda: replace(station, settings=replace(station.settings, spots=spots))
