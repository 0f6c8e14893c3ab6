"""The day at a glance: what is followed along the log is what a count from the beginning gives."""

from random import Random

from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.keeping.places import close_place
from kiosk.jobs.records.day_so_far import Today
from kiosk.jobs.records.undo import undo
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from kiosk.store.tables.parcels import numbers_in_custody
from tests.conftest import Hands

DAY_S = 24 * 3600


def test_what_came_less_what_left_is_what_lies_here(station: Station, hands: Hands) -> None:
    chance, today, here_at_midnight = Random(3), Today(), 0
    for number in range(120):
        text = f"SF{1000000000000 + chance.randrange(60)}"
        job = chance.choice(["in", "in", "in", "out", "undo"])
        if job == "in":
            check_in(station, recognise(text), Particulars(), shelve=True)
        elif job == "out":
            check_out(station, recognise(text), at_counter=True)
        else:
            undo(station)
        hands.pass_time(60)
        day = today.so_far(station)
        assert day == Today().so_far(station)
        assert day.here == numbers_in_custody(station.conn) == here_at_midnight + day.came - day.left, number
        assert sum(day.held.values()) == day.here
    assert day.came and day.left


def test_a_new_day_begins_at_midnight_and_what_lies_long_is_overdue(station: Station, hands: Hands) -> None:
    check_in(station, recognise("SF1000000000001"), Particulars(), shelve=True)
    today = Today()
    first = today.so_far(station)
    assert (first.came, first.here, first.overdue) == (1, 1, 0)
    hands.pass_time((station.settings.ladder.warn_days + 1) * DAY_S)
    later = today.so_far(station)
    assert (later.came, later.left, later.here, later.overdue) == (0, 0, 1, 1)


def test_a_closed_place_has_no_room(station: Station) -> None:
    today = Today()
    free = today.so_far(station).free
    close_place(station, "1-1", "wet")
    closed = sum(place.capacity for place in station.settings.places if place.name.startswith("1-1-"))
    assert closed and today.so_far(station).free == free - closed
