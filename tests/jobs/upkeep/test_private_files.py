"""Who may touch a station's folder and the files with secrets in it."""

import os
from pathlib import Path

import pytest

from kiosk.config import read_settings
from kiosk.config.writing.measured import replace_settings
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.upkeep import found_station as founding
from kiosk.jobs.upkeep.found_station import found_station
from kiosk.jobs.upkeep.private_files import narrowed, wide_files


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


@pytest.fixture
def place(tmp_path: Path) -> StationHome:
    """A folder that is there already, and everybody's."""
    home = StationHome(tmp_path / "home")
    home.folder.mkdir()
    home.folder.chmod(0o777)
    return home


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
@pytest.mark.parametrize(
    ("was", "becomes"),
    [(0o777, 0o750), (0o755, 0o750), (0o770, 0o750), (0o700, 0o700), (0o2777, 0o2770), (0o2750, 0o2750)],
)
def test_a_home_that_exists_is_closed_to_others(place: StationHome, umask: int, was: int, becomes: int) -> None:
    place.folder.chmod(was)
    before = os.umask(umask)
    try:
        wide = found_station(place)
    finally:
        os.umask(before)
    assert mode(place.folder) == becomes
    assert [(one.path, one.mode, one.wanted, one.is_narrowed) for one in wide] == (
        [] if was == becomes else [(place.folder, was, becomes, True)]
    )
    assert mode(place.settings) == (0o640 if was & 0o2000 else 0o600) and mode(place.key) == 0o600
    assert not mode(place.database) & 0o007
    assert not found_station(place)


def test_the_log_of_writes_of_a_new_station_is_its_owners_too(
    place: StationHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a full disk or a pulled plug leaves it: SQLite gives it what the database has."""
    made: list[int] = []

    def full(path: Path, *told: object, **how: object) -> None:
        made.append(mode(path))
        raise StationFault(Fault.UNWRITABLE_HOME, path=path)

    monkeypatch.setattr(founding, "open_database", full)
    with pytest.raises(StationFault):
        found_station(place)
    monkeypatch.undo()
    assert made == [0o600] and not found_station(place) and place.database.stat().st_size


@pytest.mark.parametrize("sticky", [True, False])
def test_a_folder_of_other_things_is_told_and_left(place: StationHome, sticky: bool) -> None:
    """`/`, somebody's own folder, /tmp: closing it would shut others out of what is not ours."""
    place.folder.chmod(0o1777 if sticky else 0o777)
    if not sticky:
        (place.folder / "holiday.jpg").touch()
    for _ in range(2):
        (wide,) = found_station(place)
        assert (wide.path, wide.is_narrowed, wide.may_be_written) == (place.folder, False, True)
    assert mode(place.folder) & 0o777 == 0o777


def test_somebody_elses_stays_as_it_is(place: StationHome, monkeypatch: pytest.MonkeyPatch) -> None:
    found_station(place)
    place.settings.chmod(0o644)
    monkeypatch.setattr(os, "geteuid", lambda: place.folder.stat().st_uid + 1)
    assert [one.is_narrowed for one in narrowed(place)] == [False] and mode(place.settings) == 0o644


def test_settings_that_were_readable_are_closed_and_stay_so(place: StationHome) -> None:
    found_station(place)
    place.settings.chmod(0o644)
    (wide,) = found_station(place)
    assert (wide.path, wide.mode, wide.wanted) == (place.settings, 0o644, 0o600) and mode(place.settings) == 0o600
    replace_settings(place.settings, place.settings.read_text("utf-8"))
    assert mode(place.settings) == 0o600
    place.settings.chmod(0o640)  # as an appliance has it
    assert not found_station(place)


def test_files_that_the_settings_name_are_secrets(place: StationHome) -> None:
    found_station(place)
    with place.settings.open("a", encoding="utf-8") as file:
        file.write('[[messages.channels]]\nname = "a"\nto = "staff"\nurl_file = "boss-url"\n')
        file.write(
            '[[messages.channels]]\nname = "b"\nto = "staff"\nurl = "json://u:{password}@h"\npassword_file = "pw"\n'
        )
    for name, is_open in (("boss-url", 0o640), ("pw", 0o604)):
        (place.folder / name).touch()
        (place.folder / name).chmod(is_open)
    wide = list(wide_files(place, read_settings(place.settings)))
    assert [(one.path.name, one.wanted, one.is_secret) for one in wide] == [
        ("boss-url", 0o600, True),
        ("pw", 0o600, True),
    ]
    place.key.chmod(0o644)
    assert {one.path.name for one in found_station(place)} == {"boss-url", "pw", "key"}
    assert {mode(place.folder / name) for name in ("boss-url", "pw", "key")} == {0o600}


def test_database_and_log_are_no_strangers_business(place: StationHome) -> None:
    found_station(place)
    place.log_file.touch(mode=0o600)
    for path in (place.database, place.log_file):
        path.chmod(0o664)
    assert [(one.path, one.wanted, one.may_be_written) for one in wide_files(place)] == [
        (place.database, 0o660, False), (place.log_file, 0o660, False),
    ]  # fmt: skip
    found_station(place)
    assert not list(wide_files(place)) and mode(place.database) == 0o660
