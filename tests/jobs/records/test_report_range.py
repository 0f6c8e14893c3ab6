"""Reports of several days, of each of the staff, and of several stations."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from kiosk.cli.output import _plain, fields_of
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.records.report import ClerkDay, Report, report
from kiosk.jobs.records.report_sum import add_reports, read_report
from kiosk.jobs.records.undo import undo
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import announce
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.text import Language, words
from kiosk.text.answers.report import report as report_words
from kiosk.text.files.report_csv import report_csv
from tests.conftest import Hands
from tests.jobs.asking import done, why

Shelve = Callable[..., CheckedIn]
DAY_S = 86_400
MONDAY, TODAY = date(2026, 11, 22), date(2026, 11, 24)


def as_read(told: Report) -> Report:
    return read_report(json.loads(json.dumps({"ok": True, **fields_of(told)}, default=_plain)))


def test_several_days_are_one_report_with_each_day(station: Station, shelved: Shelve, hands: Hands) -> None:
    for day in range(3):
        for number in range(day + 1):
            shelved(f"SF{day}{number:012d}")
        hands.pass_time(DAY_S)
    check_out(station, recognise("SF0000000000000"), at_counter=True)
    told = report(station, MONDAY, date(2026, 11, 25))
    assert (told.counts["checked_in"], told.counts["picked_up"], told.in_custody) == (6, 1, 5)
    assert [(one.checked_in, one.picked_up) for one in told.days] == [(1, 0), (2, 0), (3, 0), (0, 1)]
    assert report(station, MONDAY, date(2026, 11, 23)).in_custody is None  # known for today only
    assert report(station, MONDAY).days == ()
    assert report_csv(told).split("\r\n")[1].startswith("2026-11-22/2026-11-25,")


def test_of_each_of_the_staff_by_number_and_to_a_clerk_their_own_alone(station: Station) -> None:
    def at(who: str, role: Role = Role.CLERK) -> Station:
        return replace(station, who=who, role=role)

    for n, who in enumerate(("staff-10", "staff-2", "staff-2", "staff-9")):
        done(check_in(at(who), recognise(f"SF1{n:012d}"), Particulars(), shelve=True))
    done(check_out(at("staff-2"), recognise("SF1000000000000"), at_counter=True))
    done(check_in(at("staff-9"), recognise("SF1000000000007"), Particulars()))
    done(undo(at("staff-9")))  # what was taken back does not count
    all_of_them = report(at("staff-1", Role.MANAGER), MONDAY).clerks
    assert [one.who for one in all_of_them] == ["staff-2", "staff-9", "staff-10"]
    assert all_of_them[0] == ClerkDay("staff-2", checked_in=2, put_away=2, handed_over=1)
    assert all_of_them[1].checked_in == 1
    assert [one.who for one in report(at("staff-9"), MONDAY).clerks] == ["staff-9"]
    assert report(at("staff-7"), MONDAY).clerks == ()
    text = "\n".join(report_words(words(Language.ENGLISH), report(station, MONDAY)).table)
    assert text.index("staff-2") < text.index("staff-9") < text.index("staff-10")


def test_what_was_announced_and_has_not_come(station: Station, shelved: Shelve) -> None:
    done(announce(station, "运单号\nYT7700000000001\nYT7700000000002\nSF1000000000001\n".encode()))
    shelved("SF1000000000001")
    told = report(station, MONDAY)
    assert (told.awaited, told.couriers["YTO"].awaited, told.couriers["SF"].awaited) == (2, 2, 0)
    assert report(station, date(2026, 11, 20)).awaited is None


def test_reports_of_several_stations_are_added_up(station: Station, shelved: Shelve, hands: Hands) -> None:
    shelved("SF1000000000001")
    one = as_read(report(station, MONDAY, TODAY))
    assert one == report(station, MONDAY, TODAY)
    hands.pass_time(3600)
    shelved("YT7700000000001")
    other = replace(as_read(report(station, MONDAY, TODAY)), stations=("S002",))
    told = done(add_reports([one, other]))
    assert (told.counts["checked_in"], told.in_custody, told.stations) == (3, 3, ("S001", "S002"))
    assert (told.couriers["SF"].checked_in, told.couriers["YTO"].checked_in) == (2, 1)
    assert (sum(told.hours_in), told.days[0].checked_in) == (3, 3)
    assert [clerk.who for clerk in told.clerks] == ["S001/staff", "S002/staff"]
    assert "S001, S002" in report_words(words(Language.ENGLISH), told).lines[0]
    third = replace(one, stations=("S003",))
    assert done(add_reports([told, third])).counts["checked_in"] == 4  # a sum may be added to
    assert why(add_reports([one, one])) is Problem.STATION_TWICE
    assert why(add_reports([one, replace(other, until=MONDAY)])) is Problem.REPORTS_DIFFER


@pytest.mark.parametrize(
    "change",
    [{"day": "x"}, {"counts": {"checked_in": -1}}, {"hours_in": [1]}, {"couriers": []}, {"dwell": None},
     {"counts": {"a": "1"}}, {"attempts": True}],
)  # fmt: skip
def test_what_is_no_report_is_not_added(station: Station, change: dict[str, object]) -> None:
    fields = json.loads(json.dumps(fields_of(report(station, MONDAY)), default=_plain))
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        read_report({**fields, **change})
