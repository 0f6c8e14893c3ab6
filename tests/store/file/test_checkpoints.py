"""A passive checkpoint can damage a shared file on most machines (the WAL-reset bug): this program never runs one."""

import re
from pathlib import Path

import pytest

from kiosk.counter.search import search
from kiosk.doctor.machine import MACHINE_LINES, has_wal_reset_bug
from kiosk.doctor.patient import Patient, examine
from kiosk.doctor.station import STATION_LINES
from kiosk.home import StationHome
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.people.purge import Purged, purge
from kiosk.jobs.people.rewrite_backup import rewrite_backup
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.upkeep.back_up import back_up
from kiosk.parcels.scans import recognise
from kiosk.safety.backup_files import list_backups
from kiosk.safety.restore import Restored, Wish, restore
from kiosk.safety.salvage import Salvaged, salvage
from kiosk.safety.verify import verify
from kiosk.screens.customer.app import CustomerApp
from kiosk.screens.desk.app import DeskApp
from kiosk.store.file.sqlite import sqlite3
from tests.jobs.asking import done
from tests.loop import in_a_loop
from tests.screens.running import NoLights, settled

ROOT = Path(__file__).parent.parent.parent.parent
# Any checkpoint but TRUNCATE, any change of when SQLite runs its own, any call that runs one under another name.
FORBIDDEN = re.compile(r"wal_checkpoint(?!\(TRUNCATE\))|wal_autocheckpoint|enable_wal|disable_wal|litestream", re.I)


def test_no_source_asks_for_another_checkpoint_than_truncate() -> None:
    found = []
    for folder in ("kiosk", "hardware", "scripts"):
        for path in sorted((ROOT / folder).rglob("*")):
            if "faults" in path.parts:
                continue  # the torture wants SQLite's own checkpoints more often
            if path.suffix in (".py", ".sh", ".toml", "") and path.is_file():
                lines = path.read_text("utf-8").splitlines()
                found += [f"{path}:{number}" for number, line in enumerate(lines, 1) if FORBIDDEN.search(line)]
    assert found == []


@pytest.mark.parametrize(
    ("statement", "forbidden"),
    [
        ("PRAGMA wal_checkpoint(TRUNCATE)", False),
        ("PRAGMA wal_checkpoint", True),
        ("PRAGMA main.WAL_CHECKPOINT(PASSIVE)", True),
        ("PRAGMA wal_checkpoint(FULL)", True),
        ("PRAGMA wal_autocheckpoint = 0", True),
    ],
)
def test_what_the_test_looks_for(statement: str, forbidden: bool) -> None:
    assert bool(FORBIDDEN.search(statement)) is forbidden


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that SQLite runs from now on, on whatever connection."""
    ran: list[str] = []
    connect = sqlite3.connect

    def traced(*arguments: object, **options: object) -> sqlite3.Connection:
        conn = connect(*arguments, **options)
        conn.set_trace_callback(ran.append)
        return conn

    monkeypatch.setattr(sqlite3, "connect", traced)
    return ran


@in_a_loop
async def test_nothing_that_runs_asks_for_one_either(statements: list[str], home: StationHome) -> None:
    def opened(terminal: str, who: str = "staff") -> Station:
        return open_station(home, terminal=terminal, who=who)

    customer, desk = opened("screen", "customer"), opened("desk")
    for app in (CustomerApp(customer, NoLights), DeskApp(desk, NoLights)):
        async with app.run_test() as pilot:
            for key in "3-2-0147":
                await pilot.press(key)
            await pilot.press("enter")
            await settled(pilot, lambda: any("INSERT INTO attempts" in s for s in statements))
        app.close()
    station = opened("t1")
    work_a_little(station)
    made = done(back_up(station))
    for backup in list_backups(station, check=True):
        assert rewrite_backup(station, backup.path, lambda conn: conn.execute("DELETE FROM attempts")) is None
    assert verify(station).violations == ()
    assert isinstance(purge(station), Purged)
    station.close()
    assert list(examine(Patient(home), (*MACHINE_LINES, *STATION_LINES)))
    assert isinstance(salvage(home), Salvaged)
    assert isinstance(restore(Wish(home, Path(made.path))), Restored)
    opened("t1").close()
    assert len(statements) > 500
    assert [s for s in statements if FORBIDDEN.search(s)] == []
    assert any("wal_checkpoint(TRUNCATE)" in s for s in statements)  # so the trace does see checkpoints


def work_a_little(station: Station) -> None:
    from kiosk.jobs.taking_in.check_in import check_in
    from kiosk.parcels.particulars import Particulars

    for number in range(5):
        parcel = check_in(station, recognise(f"SF1{number:012d}"), Particulars(), shelve=True)
        assert isinstance(parcel, CheckedIn)
        search(station, recognise(parcel.code))
        check_out(station, recognise(parcel.waybill))


@pytest.mark.parametrize(
    ("version", "has_bug"),
    [
        ("3.6.23", False), ("3.7.0", True), ("3.40.1", True), ("3.44.5", True), ("3.44.6", False), ("3.44.9", False),
        ("3.45.0", True), ("3.46.1", True), ("3.50.6", True), ("3.50.7", False), ("3.51.0", True), ("3.51.2", True),
        ("3.51.3", False), ("3.52.0", False), ("4.0.0", False),
    ],
)  # fmt: skip
def test_which_versions_have_the_bug(version: str, has_bug: bool) -> None:
    assert has_wal_reset_bug(tuple(map(int, version.split(".")))) is has_bug
