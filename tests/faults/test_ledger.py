"""The judge itself: it sees what is lost, doubled, altered or unreadable."""

import json
from collections.abc import Callable

from kiosk.home import StationHome
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from scripts.faults.ledger import Ledger, examine
from tests.program.terminal import kiosk

WAYBILL = "SF1000000000001"
IN, ON_SHELF, OUT = ("check_in", WAYBILL), ("shelve", WAYBILL), ("check_out", WAYBILL)

Shelve = Callable[..., CheckedIn]


def test_what_is_on_record_once_is_found(home: StationHome, station: Station, shelved: Shelve) -> None:
    shelved(WAYBILL)
    assert examine(home, {IN, ON_SHELF}, next_waybill="SF1000000000002").clean


def test_what_was_told_and_is_not_on_record_is_lost(home: StationHome, station: Station, shelved: Shelve) -> None:
    shelved(WAYBILL)
    found = examine(home, {IN, OUT})
    assert found.lost == (OUT,) and not found.clean


def test_what_is_on_record_twice_is_a_duplicate(home: StationHome, station: Station, shelved: Shelve) -> None:
    shelved(WAYBILL)
    with station.transaction():
        station.conn.execute(
            "INSERT INTO events SELECT seq + 1, event, subject, subject_id, who, terminal, occurred_at, recorded_at,"
            " changes, link FROM events ORDER BY seq DESC LIMIT 1"
        )
    found = examine(home, {IN, ON_SHELF})
    assert found.duplicated == (ON_SHELF,)
    assert any(violation.startswith("chain_unbroken") for violation in found.violations)


def test_a_row_changed_behind_the_events_is_a_violation(home: StationHome, station: Station, shelved: Shelve) -> None:
    shelved(WAYBILL)
    station.conn.execute("UPDATE parcels SET slot = '1-1-2', code = '1-1-0001', code_compact = '110001'")
    assert any(violation.startswith("table_replays") for violation in examine(home, {IN}).violations)


def test_a_file_that_cannot_be_opened_has_lost_everything(home: StationHome) -> None:
    home.database.write_bytes(b"no database at all" * 100)
    found = examine(home, {IN})
    assert not found.opened and found.lost == (IN,)


def test_a_station_that_takes_nothing_in_any_more_has_not_survived(
    home: StationHome, station: Station, shelved: Shelve
) -> None:
    shelved(WAYBILL)
    assert not examine(home, {IN}, next_waybill=WAYBILL).opened


def test_the_command_lines_answers_are_understood(home: StationHome) -> None:
    ledger = Ledger()
    words = ("check-in", WAYBILL), ("check-in", "SF1000000000002"), ("check-out", WAYBILL, "--at-counter")
    for command in words:
        ledger.take(kiosk(home.folder, "--terminal", "t1", *command, "--json").stdout)
    assert ledger.done == {IN, ON_SHELF, OUT, ("check_in", "SF1000000000002")}
    ledger.take(json.dumps({"ok": False, "problem": "no_such_code", "waybill": "SF3"}) + "\n")
    ledger.take('{"ok": true, "waybill": "SF4", "candid')  # cut off: nobody has read it
    assert len(ledger.done) == 4
    assert examine(home, ledger.done).clean
