"""What the doctor sees, and what it says to do."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from kiosk.appliance.minisign import PublicKey
from kiosk.appliance.places import Places, point
from kiosk.appliance.trust import TrustedKey
from kiosk.doctor import machine as doctor_machine
from kiosk.doctor import station as doctor_station
from kiosk.doctor.machine import MACHINE_LINES
from kiosk.doctor.patient import Finding, Level, Patient, examine
from kiosk.doctor.said import finding_line, remedy_of, what_of
from kiosk.doctor.station import STATION_LINES
from kiosk.home import StationHome
from kiosk.jobs.station import Station
from kiosk.jobs.upkeep.back_up import back_up
from kiosk.jobs.upkeep.recovery import take_phrase
from kiosk.store.rescue.phrase import new_phrase
from kiosk.store.rescue.recovery import sealed_key
from kiosk.store.tables.agent_tasks import note_task
from kiosk.text import Language, words
from tests.conftest import Hands
from tests.jobs.asking import done
from tests.safety import disaster


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    """The tests' own folders may lie in memory; this station lies on a card."""
    file = tmp_path / "mountinfo"
    file.write_text("21 1 179:2 / / rw,noatime shared:1 - ext4 /dev/mmcblk0p2 rw\n")
    return file


@pytest.fixture
def look(home: StationHome, hands: Hands, mounts: Path) -> Callable[[], dict[str, Finding]]:
    """The findings by the names of their lines."""
    lines = MACHINE_LINES + STATION_LINES
    return lambda: {found.line: found for found in examine(Patient(home, hands.clock, mounts), lines)}


Look = Callable[[], dict[str, Finding]]


def levels(findings: dict[str, Finding]) -> dict[str, str]:
    return {line: finding.level.value for line, finding in findings.items()}


def test_a_station_that_is_well(station: Station, look: Look) -> None:
    done(back_up(station))
    found = levels(look())
    for of_this_machine in ("sqlite", "fonts", "time_source"):
        found.pop(of_this_machine)
    well = dict.fromkeys("python disk file_system settings key clock database backups".split(), "ok")
    # A dead card would take station and backups, and the key that opens them.
    assert found == well | {"second_place": "warn", "recovery": "warn"}


def test_it_warns_until_the_backups_bring_the_station_back_elsewhere(
    station: Station, look: Look, reset: Callable[[str, str], Station]
) -> None:
    english, phrase = words(Language.ENGLISH), new_phrase(Random(1))
    found = look()["recovery"]
    assert found.level is Level.WARN
    assert f"--home {station.home.folder} backup --new-phrase" in str(remedy_of(english, found))
    assert take_phrase(station, phrase) is None
    assert look()["recovery"].level is Level.OK and "2026-11-22" in what_of(english, look()["recovery"])
    station.home.recovery.write_bytes(sealed_key(bytes(32), phrase, "2026-11-22"))  # another station's
    assert look()["recovery"].level is Level.WARN
    take_phrase(station, phrase)
    sealed = '[backup]\nkey_file = "backup-key"\n#'
    reset("[backup]", sealed)  # whose seal no phrase opens
    assert look()["recovery"].level is Level.WARN and "key_kept_at" in str(remedy_of(english, look()["recovery"]))
    reset(sealed, '[backup]\nkey_kept_at = "the safe"\n#')
    station.home.recovery.unlink()
    assert look()["recovery"].level is Level.OK and "the safe" in what_of(english, look()["recovery"])


def test_everything_that_is_not_well_has_a_remedy_in_both_languages(
    home: StationHome, look: Look, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor_machine, "_FULL", 10**18)
    home.key.chmod(0o644)
    hands.wall = datetime(2020, 1, 1, tzinfo=UTC)
    found = look()
    assert levels(found) == {
        "python": "ok", "sqlite": found["sqlite"].level, "fonts": found["fonts"].level,
        "time_source": found["time_source"].level, "second_place": "warn", "recovery": "warn",
        "disk": "bad", "settings": "ok", "key": "bad", "clock": "bad",
        "database": "ok", "backups": "bad", "file_system": "ok",
    }  # fmt: skip
    for language in Language:
        say = words(language)
        for finding in found.values():
            assert finding_line(say, finding)
            assert finding.level is Level.OK or remedy_of(say, finding)


def test_whose_versions_an_installed_machine_takes(look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = Places(tmp_path / "opt")
    monkeypatch.setattr(doctor_machine, "_INSTALLED", places)
    assert "updates" not in look()  # nobody installed it
    (places.versions / "0.1.0-x").mkdir(parents=True)
    point(places.current, places.versions / "0.1.0-x")
    monkeypatch.setattr(doctor_machine, "trusted_keys", lambda opt: [])
    assert look()["updates"].level is Level.WARN
    monkeypatch.setattr(doctor_machine, "trusted_keys", lambda opt: [TrustedKey(PublicKey(b"abcdefgh", b""), True)])
    assert "6867666564636261" in finding_line(words(Language.CHINESE), look()["updates"])


def test_what_others_may_touch_is_told(home: StationHome, look: Look) -> None:
    home.folder.chmod(0o755)
    assert look()["private"].level is Level.WARN
    home.folder.chmod(0o777)
    found = look()["private"]
    assert found.level is Level.BAD and str(home.folder) in finding_line(words(Language.ENGLISH), found)
    assert f"chmod 750 {home.folder}" in str(remedy_of(words(Language.CHINESE), found))
    home.folder.chmod(0o750)
    home.settings.chmod(0o644)
    assert f"chmod 600 {home.settings}" in str(remedy_of(words(Language.ENGLISH), look()["private"]))
    home.settings.chmod(0o640)
    assert "private" not in look()


@pytest.mark.parametrize("damage", [disaster.delete, disaster.zero_header, disaster.overwrite_pages(1)])
def test_a_damaged_database(station: Station, look: Look, damage: Callable[[Path], None]) -> None:
    station.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    station.close()
    damage(station.home.database)
    found = look()
    assert found["database"].level is Level.BAD and found["clock"].level is Level.OK


def test_of_a_large_database_it_tells_when_all_of_it_was_read(
    station: Station, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The doctor of a station of years reads no more than that of a young one."""
    monkeypatch.setattr(doctor_station, "_READ_AT_MOST", 0)
    monkeypatch.setattr(doctor_station, "check_quickly", None)
    assert look()["database"].level is Level.WARN
    done(back_up(station))
    found = look()["database"]
    assert found.level is Level.OK and what_of(words(Language.ENGLISH), found).count("2026-11-22") == 2


def test_what_failed_at_night_is_told(station: Station, look: Look) -> None:
    with station.transaction():
        note_task(station.conn, "backup", station.stamp(), "a rule of custody is broken")
        note_task(station.conn, "purge", station.stamp(), None)
    found = look()
    assert [line for line in found if line.startswith("night:")] == ["night:backup"]
    assert found["night:backup"].level is Level.WARN


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("21 1 0:20 / / rw - overlay overlay rw,lowerdir=/lower", "overlay"),
        ("21 1 0:20 / / rw - tmpfs tmpfs rw", "tmpfs"),
        ("21 1 253:0 / / rw - ext4 /dev/zram0 rw", "/dev/zram0"),
        ("21 1 179:2 / / ro,noatime - ext4 /dev/mmcblk0p2 ro", "read-only (ext4"),
    ],
)
def test_a_station_that_would_not_outlive_a_restart(look: Look, mounts: Path, line: str, told: str) -> None:
    mounts.write_text(f"{line}\n")
    found = look()["file_system"]
    assert found.level is Level.BAD
    for language in Language:
        assert told.partition(" (")[0].removeprefix("read-only") in what_of(words(language), found)
        assert remedy_of(words(language), found)
    assert told in what_of(words(Language.ENGLISH), found)


def test_backups_grow_old(station: Station, look: Look, hands: Hands) -> None:
    done(back_up(station))
    hands.pass_time(35 * 3600)
    assert look()["backups"].level is Level.OK
    hands.pass_time(2 * 3600)
    assert look()["backups"].level is Level.WARN


def test_the_second_place_is_looked_at(reset: Callable[[str, str], Station], look: Look, tmp_path: Path) -> None:
    station = reset("[backup]", f'[backup]\nsecond_place = "{tmp_path}/stick"\n#')
    done(back_up(station))
    assert levels(look()) | {"second_place": "bad", "second_backups": "bad", "backups": "ok"} == levels(look())
    (tmp_path / "stick").mkdir()
    done(back_up(station))
    assert levels(look()) | {"second_place": "warn", "second_backups": "ok"} == levels(look())  # on the same disk


def test_a_clock_behind_the_newest_event(station: Station, look: Look, hands: Hands) -> None:
    disaster_free = look()["clock"].level
    with station.transaction():
        from kiosk.parcels.sheets import StationEvent, Subject

        station.record_about(StationEvent.SIGN_IN, Subject.STATION, None, {})
    hands.pass_time(-3600)
    assert (disaster_free, look()["clock"].level) == (Level.OK, Level.BAD)


def test_broken_settings_are_one_line_and_stop_no_other(home: StationHome, look: Look) -> None:
    home.settings.write_text("[station]\nnumber = 'a b'\n")
    found = look()
    assert found["settings"].level is Level.BAD and found["database"].level is Level.OK


def test_few_inodes(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(NamedTuple):
        f_files: int = 1000
        f_bavail: int = 10**9
        f_frsize: int = 4096
        f_favail: int = 3

    monkeypatch.setattr("os.statvfs", lambda _: Full())
    assert look()["inodes"].level is Level.WARN
