"""The report of a day, and of the day before."""

from collections.abc import Callable
from datetime import date

from kiosk.counter.search import search
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.handing_over.pick_up import note_attempt
from kiosk.jobs.keeping.hold import found_again, mark_missing
from kiosk.jobs.records.report import report
from kiosk.jobs.records.undo import undo, undo_check_out
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.kinds import Kind
from kiosk.parcels.overdue import Overdue
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from kiosk.store.tables.attempts import record_light_fault
from kiosk.text import Language, words
from kiosk.text.answers.report import columns
from kiosk.text.answers.report import report as report_words
from kiosk.text.files.report_csv import report_csv
from tests.conftest import Hands

Shelve = Callable[..., CheckedIn]
TODAY = date(2026, 11, 22)


def test_what_was_taken_back_does_not_count(station: Station, shelved: Shelve, hands: Hands) -> None:
    for number in range(4):
        shelved(f"SF1{number:012d}")
    check_in(station, recognise("YT1000000000001"), Particulars())
    undo(station)
    hands.pass_time(5 * 3600)
    for number in range(3):
        check_out(station, recognise(f"SF1{number:012d}"), at_counter=True)
    undo_check_out(station, recognise("SF1000000000000"), "wrong person")
    told = report(station, TODAY)
    assert (told.counts["checked_in"], told.counts["picked_up"], told.in_custody) == (4, 2, 2)
    assert (told.hours_in[16], told.hours_out[21], sum(told.hours_in)) == (4, 2, 4)
    assert told.dwell == (0, 0, 2, 0, 0, 0, 0, 0)
    assert told.couriers["SF"].checked_in == 4 and "YTO" not in told.couriers


def test_what_was_missing_and_turned_up_is_missing_no_more(station: Station, shelved: Shelve, hands: Hands) -> None:
    a, b = "SF1000000000001", "SF1000000000002"
    for number in (a, b):
        shelved(number)
        mark_missing(station, recognise(number))
    assert report(station, TODAY).counts["missing"] == 2
    hands.pass_time(24 * 3600)  # of the day before it is so, too
    found_again(station, recognise(a))
    assert report(station, TODAY).counts["missing"] == 1
    undo(station)
    assert report(station, TODAY).counts["missing"] == 2
    found_again(station, recognise(a))
    mark_missing(station, recognise(a))
    days = [report(station, day).counts["missing"] for day in (TODAY, date(2026, 11, 23))]
    assert days == [1, 1]


def test_a_day_ends_at_midnight_of_the_station(station: Station, shelved: Shelve, hands: Hands) -> None:
    shelved("SF1000000000001")
    hands.pass_time(8 * 3600)  # 00:00 in Shanghai
    shelved("SF1000000000002")
    assert report(station, TODAY).counts["checked_in"] == 1
    assert report(station, TODAY).in_custody is None  # known for today only
    tomorrow = report(station, date(2026, 11, 23))
    assert (tomorrow.counts["checked_in"], tomorrow.in_custody) == (1, 2)


def test_overdue_attempts_and_light_faults(station: Station, shelved: Shelve, hands: Hands) -> None:
    shelved("SF1000000000001")
    hands.pass_time(16 * 24 * 3600)
    note_attempt(station, search(station, recognise("9-9-0000")))
    with station.transaction():
        record_light_fault(station.conn, "main", station.stamp())
    told = report(station, date(2026, 12, 8))
    assert told.overdue[Overdue.RETURN_DUE] == 1
    assert (told.attempts, told.wrong_codes, told.light_faults) == (1, 1, {"main": 1})


def test_no_cell_of_the_csv_is_a_formula(station: Station) -> None:
    for shop in ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "plain"):
        check_in(station, recognise(""), Particulars(kind=Kind.ORDER, courier=shop), shelve=True)
    lines = report_csv(report(station, TODAY)).split("\r\n")
    cells = [cell.strip('"') for line in lines for cell in line.split(",")]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert any("'=cmd" in line for line in lines) and lines[0] == "day,figure,of,count"


def test_the_charts_are_as_high_as_the_figures(station: Station) -> None:
    rows = columns([0, 4, 8, 1] + [0] * 20, 8)
    assert len(rows) == 4 and rows[-1].startswith("00 01 02 03")
    assert rows[0][6:8] == "██" and rows[0][3:5] != "██"  # only the highest reaches the top
    assert rows[2][9:11] not in ("", "  ")  # the smallest is still to be seen
    for language in Language:
        told = report_words(words(language), report(station, TODAY))
        assert all(len(line) <= 80 for line in told.table)
