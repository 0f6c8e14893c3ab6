"""Making a station by the wizard's answers: whole, or to be done again."""

from pathlib import Path

import pytest

from kiosk.config import read_settings
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.staff.sign_in import SignedIn, sign_in
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.upkeep import set_up as set_up_module
from kiosk.jobs.upkeep.set_up import SetUp
from kiosk.parcels.scans import recognise
from kiosk.safety.backup_files import Site, list_backups
from tests.conftest import Hands
from tests.safety import disaster


@pytest.fixture
def empty(home: StationHome) -> StationHome:
    for file in home.folder.iterdir():
        file.unlink()
    return home


def test_a_station_is_made_with_its_manager_and_a_first_backup(empty: StationHome, hands: Hands) -> None:
    set_up = SetUp(empty, hands.clock)
    done = set_up.finish(set_up.before._replace(name="North gate"), "271828", "Manager")
    assert (done.is_new, done.manager) == (True, "1")
    settings = read_settings(empty.settings)
    assert settings.name == "North gate" and list_backups(Site(empty, settings))[0].is_good
    station = open_station(empty, terminal="t1", who="staff", clock=hands.clock)
    signed_in = sign_in(station, recognise("1 271828"))
    assert isinstance(signed_in, SignedIn) and not signed_in.pin_must_change and signed_in.name == "Manager"
    station.close()
    again = SetUp(empty, hands.clock)
    assert not again.needs_manager and again.finish(again.before, "").manager is None


@pytest.mark.parametrize("step", ["found_station", "open_station", "first_manager", "back_up"])
def test_broken_off_anywhere_it_is_done_again(
    empty: StationHome, hands: Hands, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled(*_: object, **__: object) -> None:
        raise OSError("the plug")

    with monkeypatch.context() as patched:
        patched.setattr(set_up_module, step, pulled)
        first = SetUp(empty, hands.clock)
        with pytest.raises(OSError, match="plug"):
            first.finish(first.before._replace(name="North gate"), "271828")
    second = SetUp(empty, hands.clock)
    assert second.needs_manager is (step != "back_up")
    second.finish(second.before._replace(name="North gate"), "271828" if second.needs_manager else "")
    assert read_settings(empty.settings).name == "North gate"


def test_what_is_broken_is_told_before_anything_is_asked(station: Station, home: StationHome) -> None:
    station.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    station.close()
    disaster.zero_header(home.database)
    with pytest.raises(StationFault):
        SetUp(home)
    home.settings.write_text("name = ")
    with pytest.raises(StationFault):
        SetUp(home)
    assert home.settings.read_text() == "name = "


def test_somebody_elses_station_is_left_alone(home: StationHome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: home.folder.stat().st_uid + 1)
    with pytest.raises(StationFault) as refused:
        SetUp(home)
    assert refused.value.fault is Fault.UNWRITABLE_HOME


def test_a_file_that_cannot_be_written_stays_as_it_is(station: Station, home: StationHome, tmp_path: Path) -> None:
    set_up, before = SetUp(home), home.settings.read_bytes()
    home.settings.unlink()
    home.settings.symlink_to(tmp_path / "gone" / "station.toml")
    with pytest.raises(StationFault):
        set_up.finish(set_up.before._replace(name="North gate"), "")
    home.settings.unlink()
    elsewhere = tmp_path / "elsewhere.toml"
    elsewhere.write_bytes(before)
    home.settings.symlink_to(elsewhere)
    SetUp(home).finish(set_up.before._replace(name="North gate"), "271828")
    assert home.settings.is_symlink() and "North gate" in elsewhere.read_text("utf-8")


def test_a_parcel_that_came_meanwhile_keeps_its_slot(station: Station, home: StationHome) -> None:
    from kiosk.jobs.taking_in.check_in import check_in
    from kiosk.parcels.particulars import Particulars

    set_up = SetUp(home)
    layout = set_up.before.layout
    assert layout is not None
    fewer = set_up.before._replace(layout=layout._replace(shelves=1))
    assert set_up.problem(fewer) is None
    for number in range(8):
        check_in(station, recognise(f"SF100000000000{number}"), Particulars(), shelve=True)
    with pytest.raises(StationFault):
        set_up.finish(fewer, "271828")
    assert len(read_settings(home.settings).slots) == 120
