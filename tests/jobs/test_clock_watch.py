"""Clocks that are wrong: in 1970, years ahead, set back. What is erased is gone: none goes by a clock in doubt."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.clock import Clock
from kiosk.jobs.clock_watch import believe_clock, doubted_until, recorded_after, watch_clock
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.handing_over.notices import make_notice, open_notice
from kiosk.jobs.handing_over.passes import ProxyPass, issue_pass, open_pass
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.keeping.overdue import OverdueList, list_overdue
from kiosk.jobs.people.purge import Purged, purge
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.upkeep.back_up import BackedUp, back_up
from kiosk.parcels.meanings import NoticeScan, PassScan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.safety.backup_files import list_backups
from tests.conftest import Hands

Shelve = Callable[..., CheckedIn]
DAY = timedelta(days=1)
IN_2035 = datetime(2035, 5, 1, 3, 0, tzinfo=UTC)


def gone(station: Station, shelved: Shelve) -> None:
    """Somebody whose last parcel has left: to be forgotten in some weeks."""
    shelved("SF1000000000001", phone="13800001234")
    check_out(station, recognise("SF1000000000001"), at_counter=True)


def erased(station: Station) -> int | Problem:
    answer = purge(station)
    return answer.contacts if isinstance(answer, Purged) else answer.problem


@pytest.mark.parametrize("has_looked_before", [True, False])
def test_nine_years_in_a_moment_erase_nobody_for_a_day(
    station: Station, hands: Hands, shelved: Shelve, has_looked_before: bool
) -> None:
    gone(station, shelved)
    if has_looked_before:
        assert watch_clock(station) is None
    hands.wall = IN_2035
    assert erased(station) is Problem.CLOCK_DOUBTED
    hands.pass_time(23 * 3600)
    assert erased(station) is Problem.CLOCK_DOUBTED
    hands.pass_time(3601)
    assert erased(station) == 1


def test_a_person_may_say_that_it_is_right(station: Station, hands: Hands, shelved: Shelve) -> None:
    gone(station, shelved)
    hands.wall = IN_2035
    assert erased(station) is Problem.CLOCK_DOUBTED
    assert believe_clock(replace(station, role=Role.CLERK)) == Refused(Problem.NOT_ALLOWED)
    believe_clock(station)
    assert erased(station) == 1


def test_a_jump_that_was_mended_leaves_no_doubt(station: Station, hands: Hands, shelved: Shelve) -> None:
    gone(station, shelved)
    watch_clock(station)
    before, hands.wall = hands.wall, IN_2035
    assert watch_clock(station) == IN_2035 + DAY
    hands.wall = before
    assert watch_clock(station) is None
    hands.wall = IN_2035  # and once more
    assert watch_clock(station) == IN_2035 + DAY


def test_time_that_has_passed_is_no_jump(station: Station, hands: Hands, shelved: Shelve) -> None:
    """Forty quiet days of a running machine; a long weekend of one that was off; a month off is doubted for a day."""
    gone(station, shelved)
    watch_clock(station)
    hands.pass_time(40 * 86400)
    assert watch_clock(station) is None
    hands.wall += timedelta(hours=44)
    rebooted = replace(station, clock=Clock(hands.clock.now, lambda: 5.0, lambda: "another"))
    assert watch_clock(rebooted) is None
    hands.wall += 30 * DAY
    rebooted = replace(station, clock=Clock(hands.clock.now, lambda: 5.0, lambda: "a third"))
    assert watch_clock(rebooted) == hands.wall + DAY


def test_backups_outlive_a_clock_that_is_years_ahead(station: Station, hands: Hands) -> None:
    for _ in range(3):
        assert isinstance(back_up(station), BackedUp)
        hands.pass_time(86400)
    hands.wall = IN_2035
    made = back_up(station)
    assert isinstance(made, BackedUp) and made.removed == 0 and len(list_backups(station)) == 4


def test_a_computer_that_wakes_in_1970_makes_no_parcel_old(station: Station, hands: Hands, shelved: Shelve) -> None:
    shelved("SF1000000000001")
    right, hands.wall = hands.wall, datetime(1970, 1, 1, 0, 3, tzinfo=UTC)
    assert recorded_after(station.conn, hands.wall) == right and watch_clock(station) is None
    shelved("SF1000000000002")
    hands.wall = right + DAY
    assert watch_clock(station) is None
    overdue = list_overdue(station)
    assert isinstance(overdue, OverdueList) and overdue.parcels == ()
    assert [row[0] for row in station.conn.execute("SELECT DISTINCT checked_in_at FROM parcels")] == [
        right.isoformat(timespec="milliseconds")
    ]


def test_the_first_parcel_of_a_station_founded_in_1970(station: Station, hands: Hands, shelved: Shelve) -> None:
    hands.wall = datetime(1970, 1, 1, 0, 3, tzinfo=UTC)
    assert recorded_after(station.conn, hands.wall)
    shelved("SF1000000000001")
    assert station.conn.execute("SELECT checked_in_at FROM parcels").fetchone()[0] > "2026"


def test_what_has_expired_stays_so_when_the_clock_goes_back(station: Station, hands: Hands, shelved: Shelve) -> None:
    for number in (1, 2):
        shelved(f"SF100000000000{number}", phone="13800001234")
    pass_ = issue_pass(station, [recognise("SF1000000000001")], 24)
    notice = make_notice(station, recognise("SF1000000000002"))
    assert isinstance(pass_, ProxyPass) and not isinstance(notice, Refused)
    scans = recognise(pass_.text).means, recognise(notice.text).means
    issued, hands.wall = hands.wall, hands.wall + 100 * DAY
    shelved("SF1000000000003")
    for now in (hands.wall, issued):
        hands.wall = now
        assert isinstance(scans[0], PassScan) and open_pass(station, scans[0]) == Refused(Problem.PASS_EXPIRED)
        assert isinstance(scans[1], NoticeScan) and open_notice(station, scans[1]) == Refused(Problem.PASS_EXPIRED)


def test_events_of_a_wrong_clock_bind_it_until_a_person_has_looked(
    station: Station, hands: Hands, shelved: Shelve
) -> None:
    """Something was recorded in 2035; set right again, the station would be behind for years."""
    right, hands.wall = hands.wall, IN_2035
    shelved("SF1000000000001")
    hands.wall = right + DAY
    assert recorded_after(station.conn, hands.wall) == IN_2035 and station.now() == IN_2035
    believe_clock(station)
    assert recorded_after(station.conn, hands.wall) is None and station.now() == hands.wall
    assert doubted_until(station.conn, station.clock) is None
    shelved("SF1000000000002", phone="13800001234")
    pass_ = issue_pass(station, [recognise("SF1000000000002")], 24)
    assert isinstance(pass_, ProxyPass)
    scan = recognise(pass_.text).means
    assert isinstance(scan, PassScan) and isinstance(open_pass(station, scan), Found)
