"""The nightly check goes on from a sealed point: what was changed since is found; old events are the whole check's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kiosk.counter.search import search
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.keeping.hold import hold
from kiosk.jobs.staff.register import add_staff
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.safety import sealed_check
from kiosk.safety.sealed_check import WHOLE_EVERY, Checked, check
from kiosk.safety.verify import verify
from kiosk.store.file.keys import StationKey
from kiosk.store.rescue.sealed_point import read_point, write_point
from tests.jobs.asking import done

Shelve = Callable[..., CheckedIn]


def checked(station: Station, *, later: timedelta = timedelta()) -> Checked:
    """As the nightly backup does it: a good end is kept."""
    now = (datetime.fromisoformat(station.stamp()) + later).isoformat(timespec="milliseconds")
    found = check(station, now)
    if found.point is not None:
        with station.transaction():
            write_point(station.conn, found.point)
    return found


@pytest.fixture
def busy(station: Station, shelved: Shelve) -> Station:
    """Six parcels and a colleague before the point; one parcel came, one left and one is held since."""
    parcels = [shelved(f"SF1{number:012d}", phone=f"1380000{number:04d}") for number in range(6)]
    done(add_staff(station, "7", "Li Wei", Role.CLERK, "482913"))
    assert checked(station).is_whole
    search(station, recognise(parcels[0].code))
    done(check_out(station, recognise(parcels[0].waybill)))
    done(hold(station, recognise(parcels[1].waybill), "damaged box"))
    shelved("SF1000000000009", phone="13800000009")
    return station


def test_it_goes_on_from_where_it_ended(busy: Station) -> None:
    before = read_point(busy.conn)
    found = checked(busy)
    after = read_point(busy.conn)
    assert before and after
    assert (found.violations, found.is_whole) == ([], False)
    assert (after.seq - before.seq, after.whole_at) == (4, before.whole_at)
    assert not checked(busy).is_whole
    assert verify(busy).violations == ()


def test_both_ways_end_in_the_same_figure(busy: Station) -> None:
    short = checked(busy)
    with busy.transaction():
        busy.conn.execute("DELETE FROM sealed_point")
    whole = checked(busy)
    assert short.point and whole.point and (short.is_whole, whole.is_whole) == (False, True)
    assert short.point[:3] == whole.point[:3]


AFTER = [
    "UPDATE events SET who = 'nobody' WHERE seq = (SELECT max(seq) FROM events)",
    "UPDATE events SET changes = replace(changes, 'damaged', 'wet') WHERE event = 'hold'",
    "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events) - 1",
    "UPDATE events SET link = zeroblob(32) WHERE seq = (SELECT max(seq) FROM events)",
    "UPDATE parcels SET slot = '6-1-1' WHERE waybill = 'SF1000000000009'",
    "UPDATE parcels SET hold_reason = NULL, hold_note = NULL WHERE hold_reason IS NOT NULL",
    "INSERT INTO parcels (courier, waybill, state) VALUES ('SF', 'new', 'EXPECTED')",
    "UPDATE contacts SET phone_tail = '1111' WHERE phone_tail = '0009'",
]
OLD_ROWS = [  # that no event is about since
    "UPDATE parcels SET slot = '6-1-1' WHERE waybill = 'SF1000000000004'",
    "UPDATE parcels SET cod_fen = 5 WHERE waybill = 'SF1000000000004'",
    "UPDATE parcels SET canonical = 'SF1000000000000' WHERE waybill = 'SF1000000000004'",
    "UPDATE staff SET role = 'manager' WHERE number = '7'",
    "DELETE FROM staff WHERE number = '7'",
    "DROP INDEX one_code_in_custody",
]
OLD_EVENTS_GONE_OR_ADDED = [
    "DELETE FROM events WHERE seq = 7",
    "INSERT INTO events SELECT -5, event, subject, subject_id, who, terminal, occurred_at, recorded_at, changes, link"
    " FROM events WHERE seq = 7",
]
OLD_EVENTS_OF_TOUCHED = [
    'UPDATE events SET changes = replace(changes, \'"size":"M"\', \'"size":"L"\') WHERE event = \'check_in\'',
    "DELETE FROM events WHERE seq = 1",
]


def tamper(station: Station, *statements: str) -> None:
    """As somebody does who has the card in their hands, and who leaves the triggers as they were."""
    triggers = station.conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        station.conn.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        station.conn.execute(statement)
    for _, sql in triggers:
        station.conn.execute(sql)


@pytest.mark.parametrize("tampering", AFTER + OLD_ROWS + OLD_EVENTS_OF_TOUCHED + OLD_EVENTS_GONE_OR_ADDED)
def test_what_was_changed_behind_our_back_is_found_at_night(busy: Station, tampering: str) -> None:
    tamper(busy, tampering)
    found = checked(busy)
    assert found.is_whole and found.violations and found.point is None


def test_an_old_event_of_what_nobody_touched_is_found_once_a_month(busy: Station) -> None:
    """What the page says that the short check does not see."""
    tamper(busy, "UPDATE events SET who = 'nobody' WHERE seq = 7")
    assert checked(busy).violations == []
    later = checked(busy, later=WHOLE_EVERY)
    assert later.is_whole and {one.rule for one in later.violations} == {"chain_unbroken"}


SEALS = [
    "UPDATE sealed_point SET seq = seq + 4, link = (SELECT link FROM events ORDER BY seq DESC LIMIT 1)",
    "UPDATE sealed_point SET state = zeroblob(32)",
    "UPDATE sealed_point SET whole_at = '2026-11-25T00:00:00.000+00:00'",
    "UPDATE sealed_point SET seal = zeroblob(32)",
    "DELETE FROM sealed_point",
]


@pytest.mark.parametrize("tampering", SEALS)
def test_a_point_that_is_not_sealed_by_the_station_only_makes_it_read_all(busy: Station, tampering: str) -> None:
    tamper(busy, tampering)
    found = checked(busy)
    assert (found.is_whole, found.violations) == (True, [])


def test_a_point_beyond_a_log_that_was_cut_makes_it_read_all(busy: Station) -> None:
    checked(busy)
    tamper(busy, "DELETE FROM events WHERE seq > 14")
    assert checked(busy).is_whole


@pytest.mark.parametrize("days", [-3, 29, 4000])
def test_a_clock_that_jumps_makes_it_read_all_once(busy: Station, days: int) -> None:
    jump = timedelta(days=days)
    assert checked(busy, later=jump).is_whole
    assert not checked(busy, later=jump).is_whole


def test_another_station_s_point_is_worth_nothing(busy: Station) -> None:
    other = replace(busy, key=StationKey(bytes(32)))
    assert sealed_check.trusted_point(busy, busy.stamp()) is not None
    assert sealed_check.trusted_point(other, busy.stamp()) is None


def test_figures_are_of_values_whatever_their_kind_in_the_event(station: Station, shelved: Shelve) -> None:
    """true in an event is 1 in the table, and a text may hold what divides texts."""
    shelved("SF1000000000001")
    hold(station, recognise("SF1000000000001"), "somebody's box, it's ','NULL,' wet\\ 湿")
    assert checked(station).is_whole
    assert not checked(station).is_whole
