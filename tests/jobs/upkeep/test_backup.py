"""Backing up: whole, sealed, rotated, in two places, while others work."""

import io
import json
import os
import sys
import tarfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk import durable
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.people.rewrite_backup import rewrite_backup
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.upkeep.back_up import BackedUp, back_up, make_backup_key
from kiosk.parcels.problems import Problem
from kiosk.parcels.roles import Role
from kiosk.safety.backup_files import Backup, Place, backup_key, backup_places, known_heads, list_backups, newest_good
from kiosk.safety.rotation import outdated
from kiosk.safety.verify import Candidate, verify
from kiosk.store.file.database import SCHEMA_VERSION, open_database
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.rescue.archive import unpack
from tests.children import PIPE, child
from tests.conftest import Hands
from tests.jobs.asking import done, why
from tests.safety import disaster
from tests.waiting import Lines

Shelve = Callable[..., CheckedIn]
Reset = Callable[[str, str], Station]
PHONE, WAYBILL = "13912345678", "SF1234567890123"


@pytest.fixture
def sealing(home: StationHome, reset: Reset) -> Station:
    """The station with a key that seals its backups, and a second place."""
    assert make_backup_key(home.folder / "backup-key") is None
    (home.folder.parent / "stick").mkdir()
    second = f'second_place = "{home.folder.parent / "stick"}"'
    return reset("[backup]", f'[backup]\nkey_file = "backup-key"\n{second}\n#')


def unpacked(station: Station, path: Path, folder: Path) -> Path:
    folder.mkdir()
    unpack(path, backup_key(station), folder)
    return folder / "station.db"


def test_a_backup_holds_what_the_station_holds(station: Station, shelved: Shelve, tmp_path: Path) -> None:
    shelved(WAYBILL, phone=PHONE)
    made = done(back_up(station))
    assert (made.events, made.sealed, made.second, made.second_problem) == (2, False, None, None)
    assert Path(made.path).name == "S001-20261122T080000.000Z.tar"
    assert Path(made.path).stat().st_mode & 0o777 == 0o600 and Path(made.path).stat().st_size == made.bytes
    (listed,) = list_backups(station, check=True)
    assert listed.is_good and (listed.events, listed.seq) == (2, 2)
    conn = open_database(unpacked(station, listed.path, tmp_path / "out"))
    assert conn.execute("SELECT waybill FROM parcels").fetchall() == [(WAYBILL,)]
    assert verify(Candidate(conn, station.key, station.settings)).violations == ()
    conn.close()
    with tarfile.open(made.path) as tar:  # any tar reads one that is not sealed; the key is not in it
        assert tar.getnames() == ["manifest.json", "station.db", "station.toml"]
        told = json.load(tar.extractfile("manifest.json"))  # type: ignore[arg-type]
    assert (told["station"], told["schema"], told["made_at"]) == (
        "S001",
        SCHEMA_VERSION,
        "2026-11-22T08:00:00.000+00:00",
    )
    assert sorted(p.name for p in Path(made.path).parent.iterdir()) == [".lock", Path(made.path).name]


def test_backups_of_one_moment_do_not_replace_each_other(station: Station) -> None:
    assert done(back_up(station)).path != done(back_up(station)).path


WRITER = """
import sys
from pathlib import Path
from kiosk.home import StationHome
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.station import open_station
station = open_station(StationHome(Path(sys.argv[1])), terminal=sys.argv[2], who="staff")
for number in range(100_000):
    waybill = f"SF{sys.argv[2]}{number:012d}"
    check_in(station, recognise(waybill), Particulars())
    print(waybill, flush=True)
"""


def test_it_is_consistent_while_two_others_write(station: Station, tmp_path: Path) -> None:
    with ExitStack() as running:
        told = []
        for name in ("1", "2"):
            writer = running.enter_context(
                child([sys.executable, "-c", WRITER, str(station.home.folder), name], stdout=PIPE)
            )
            assert writer.stdout is not None
            told.append(Lines(writer.stdout))
        for round_ in range(3):
            before = {lines.next().strip() for lines in told for _ in range(20)}
            made = done(back_up(station))
            conn = open_database(unpacked(station, Path(made.path), tmp_path / f"out{round_}"))
            assert before <= {row[0] for row in conn.execute("SELECT waybill FROM parcels")}
            verdict = verify(Candidate(conn, station.key, station.settings))
            assert (verdict.events, verdict.violations) == (made.events, ())
            conn.close()


def test_a_sealed_backup_shows_nothing_and_carries_the_key(sealing: Station, shelved: Shelve, tmp_path: Path) -> None:
    shelved(WAYBILL, phone=PHONE)
    made = done(back_up(sealing))
    content = Path(made.path).read_bytes()
    for secret in (WAYBILL, PHONE, PHONE[-4:] + "1-1", sealing.home.key.read_text().strip(), "SQLite", "[station]"):
        assert secret.encode() not in content
    assert made.sealed and made.path.endswith(".tar.sealed")
    assert made.second and Path(made.second).read_bytes() == content
    database = unpacked(sealing, Path(made.path), tmp_path / "out")
    assert database.with_name("key").read_bytes() == sealing.home.key.read_bytes()
    assert [(b.is_good, b.place.is_second) for b in list_backups(sealing, check=True)] == [(True, False), (True, True)]
    (sealing.home.folder / "backup-key").unlink()
    assert [b.problem for b in list_backups(sealing)] == [Problem.BACKUP_SEALED] * 2
    with pytest.raises(StationFault) as raised:
        back_up(sealing)
    assert raised.value.fault is Fault.BAD_KEY


def test_a_key_file_is_its_owners_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "backup-key"
    assert make_backup_key(path) is None and path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    assert why(make_backup_key(path)) is Problem.FILE_EXISTS
    assert path.read_bytes() == before and len(bytes.fromhex(before.decode())) == 32


def test_only_managers_back_up(station: Station) -> None:
    assert why(back_up(replace(station, role=Role.CLERK))) is Problem.NOT_ALLOWED


def test_a_second_place_that_is_absent_spoils_nothing(home: StationHome, reset: Reset, tmp_path: Path) -> None:
    station = reset("[backup]", f'[backup]\nsecond_place = "{tmp_path}/stick"\n#')
    made = done(back_up(station))
    assert made.second is None and "stick: No such file" in str(made.second_problem)
    assert not (tmp_path / "stick").exists()
    assert [b.place.is_second for b in list_backups(station)] == [False]
    (tmp_path / "stick").mkdir()
    assert done(back_up(station)).second


def test_a_second_place_that_is_full_spoils_nothing(
    reset: Reset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    station = reset("[backup]", f'[backup]\nsecond_place = "{stick}"\n#')

    def full(source: Path, copy: Path) -> None:
        copy.write_bytes(source.read_bytes()[:5000])
        raise OSError(28, "No space left on device")

    copy_file = durable.copy_file

    def copy(source: Path, target: Path) -> None:
        (full if target.is_relative_to(stick) else copy_file)(source, target)

    monkeypatch.setattr("kiosk.jobs.upkeep.back_up.copy_file", copy)
    made = done(back_up(station))
    assert "No space left" in str(made.second_problem) and list(stick.iterdir()) == []
    assert newest_good(station, station.clock.now())


def test_a_full_disk_leaves_no_half_backup(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    good = done(back_up(station))

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "move_in_place", fails)
    with pytest.raises(StationFault) as raised:
        back_up(station)
    assert raised.value.fault is Fault.UNWRITABLE_FILE
    assert [str(b.path) for b in list_backups(station, check=True)] == [good.path]


def test_a_damaged_database_is_not_backed_up(station: Station, shelved: Shelve) -> None:
    for number in range(60):
        shelved(f"SF1{number:012d}")
    station.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    station.close()
    with station.home.database.open("r+b") as file:
        file.seek(5 * 4096)
        file.write(b"\xff" * 8192)
    with (
        closing(open_station(station.home, terminal="t1", who="staff")) as again,
        pytest.raises(StationFault) as raised,
    ):
        back_up(again)
    assert raised.value.fault is Fault.BROKEN_DATABASE and list_backups(again) == []


def test_backups_go_by_day_and_week(reset: Reset, hands: Hands, tmp_path: Path) -> None:
    """A backup each night for six weeks, in both places."""
    stick = tmp_path / "stick"
    stick.mkdir()
    foreign = stick / "S002-20200101T000000.000Z.tar"
    foreign.write_bytes(b"another station's")
    station = reset("[backup]", f'[backup]\nsecond_place = "{stick}"\n#')
    for _ in range(42):
        done(back_up(station))
        hands.pass_time(24 * 3600)
    today = hands.wall - timedelta(days=1)
    for second in (False, True):
        days = [(today - b.made_at).days for b in list_backups(station) if b.place.is_second is second]
        assert days[:7] == [0, 1, 2, 3, 4, 5, 6] and len(days) == 7 + 2  # the newest of two weeks are among the days
        assert all(day < 28 for day in days)
    assert foreign.exists()


def test_the_newest_good_backup_is_never_outdated() -> None:
    place, zone, now = Place(Path("p"), None, False), ZoneInfo("Asia/Shanghai"), datetime(2026, 11, 22, tzinfo=UTC)

    def made(days_ago: float, problem: Problem | None = None) -> Backup:
        at = now - timedelta(days=days_ago)
        return Backup(Path(f"{days_ago}"), place, 1, False, at, problem)

    def left(*backups: Backup) -> list[float]:
        gone = outdated(backups, now, zone, days=7, weeks=4)
        return [float(b.path.name) for b in backups if b not in gone]

    bad = Problem.BACKUP_DAMAGED
    assert left(made(400)) == [400]
    assert left(made(300), made(400)) == [300, 400]  # nothing gets old by itself: the clock may have jumped
    assert left(*map(made, range(900, 1000))) == [*range(900, 906), 910]  # of six days and three weeks: one is coming
    assert left(made(0, bad), made(400), made(500)) == [0, 400, 500]  # what is good is kept though a newer one is bad
    assert left(made(0), made(0.01), made(0.02)) == [0]
    assert left(made(0), made(3, bad), made(40, bad)) == [0, 3, 40]
    assert left(*map(made, range(7)), made(3.1, bad), made(40, bad)) == [*range(7), 3.1]
    assert left(made(-500), made(0), made(1)) == [-500, 0, 1]  # made while the clock was wrong, or is it now?


def test_backup_into_a_folder_alone(station: Station, tmp_path: Path) -> None:
    made = done(back_up(station, tmp_path))
    assert Path(made.path).parent == tmp_path and list_backups(station) == []
    assert {p.name for p in tmp_path.iterdir()} == {"home", ".lock", Path(made.path).name}


@pytest.mark.parametrize("sealed", [False, True])
def test_erasing_reaches_backups(
    station: Station, shelved: Shelve, request: pytest.FixtureRequest, tmp_path: Path, sealed: bool
) -> None:
    kept: Station = request.getfixturevalue("sealing") if sealed else station
    for number in range(20):
        shelved(f"SF1{number:012d}", phone=f"139123456{number:02d}")
    done(back_up(kept))
    before = list_backups(kept)
    tail = sqlite3.connect(unpacked(kept, before[0].path, tmp_path / "before"))
    assert tail.execute("SELECT count(*) FROM contacts").fetchone() == (20,)
    tail.close()

    def erase(conn: sqlite3.Connection) -> None:
        conn.execute("UPDATE parcels SET contact_id = NULL")
        conn.execute("DELETE FROM contacts")

    hashes = [row[0] for row in kept.conn.execute("SELECT phone_hash FROM contacts")]
    for backup in before:
        assert rewrite_backup(kept, backup.path, erase) is None
    after = list_backups(kept, check=True)
    assert [(b.path, b.made_at, b.seq, b.link, b.is_good) for b in after] == [
        (b.path, b.made_at, b.seq, b.link, True) for b in before
    ]
    database = unpacked(kept, after[-1].path, tmp_path / "after")
    content = database.read_bytes()
    assert not any(digest in content for digest in hashes)
    conn = open_database(database)
    assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert verify(Candidate(conn, kept.key, kept.settings)).violations == ()
    conn.close()
    assert not any(p.name.startswith(".making") for place in backup_places(kept) for p in place.folder.iterdir())


def test_an_end_cut_off_the_log_is_seen_by_the_backups(station: Station, shelved: Shelve) -> None:
    shelved("SF1000000000001")
    seq = station.conn.execute("SELECT max(seq) FROM events").fetchone()[0]
    shelved("SF1000000000002")
    done(back_up(station))
    assert verify(station, known_heads(station)).violations == ()
    station.conn.execute("DROP TRIGGER events_never_go")
    station.conn.execute("DELETE FROM events WHERE seq > ?", (seq,))
    station.conn.execute("DELETE FROM parcels WHERE waybill = 'SF1000000000002'")
    rules = {violation.rule for violation in verify(station).violations} - {"schema_as_shipped"}
    assert rules == set()  # cut together with its rows: the database alone tells nothing
    assert "log_not_cut" in {violation.rule for violation in verify(station, known_heads(station)).violations}
    assert isinstance(back_up(station), BackedUp)


def test_a_clock_set_back_does_not_cost_the_new_backup(station: Station, hands: Hands) -> None:
    done(back_up(station))
    hands.wall -= timedelta(hours=1)
    made = done(back_up(station))
    assert Path(made.path).exists()


def test_what_a_killed_backup_left_is_cleared_away(station: Station) -> None:
    folder = backup_places(station)[0].folder
    (folder / ".making").mkdir(parents=True)
    (folder / ".making" / "station.db").write_bytes(b"half of it")
    assert list_backups(station) == []
    made = done(back_up(station))
    assert {p.name for p in folder.iterdir()} == {".lock", Path(made.path).name}


def test_two_stations_of_one_number_share_a_stick(
    station: Station, elsewhere: Callable[[str], Station], hands: Hands, tmp_path: Path
) -> None:
    """Both were left at S001: neither deletes the other's backups, takes them for its own, or is accused by them."""
    stick = tmp_path / "stick"
    stick.mkdir()
    other = elsewhere("village")
    theirs = Path(done(back_up(other, stick)).path)
    hands.pass_time(100 * 24 * 3600)
    settings = station.settings.backup._replace(second_place=str(stick))
    here = replace(station, settings=replace(station.settings, backup=settings))
    assert done(back_up(here)).second
    assert theirs.exists()
    assert {b.path: b.problem for b in list_backups(here)}[theirs] is Problem.BACKUP_OTHER_STATION
    assert verify(here, known_heads(here)).violations == ()
    assert rewrite_backup(here, theirs, lambda conn: None) is Problem.BACKUP_OTHER_STATION


def test_erasing_finds_todays_tables_in_an_older_backup_and_leaves_the_log_alone(
    station: Station, tmp_path: Path
) -> None:
    made = done(back_up(station))
    older = disaster.altered(Path(made.path), tmp_path / "old", *disaster.SCHEMA_2)
    older.replace(made.path)
    forget = "UPDATE contacts SET phone_sealed = NULL"
    assert rewrite_backup(station, Path(made.path), lambda conn: conn.execute(forget)) is None
    (after,) = list_backups(station, check=True)
    assert after.is_good
    record = "INSERT INTO events VALUES (1, 'e', 's', 0, 'w', 't', 'o', 'r', '{}', zeroblob(32))"
    with pytest.raises(ValueError, match="leave its log alone"):
        rewrite_backup(station, Path(made.path), lambda conn: conn.execute(record))
    assert list_backups(station, check=True) == [after]


def test_a_second_place_full_of_outdated_backups_is_made_room_in(
    reset: Reset, hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    station = reset("[backup]", f'[backup]\nsecond_place = "{stick}"\n#')
    for _ in range(7 + 4):
        done(back_up(station))
        hands.pass_time(7 * 24 * 3600)
    copy_file = durable.copy_file

    def room_for_two(source: Path, copy: Path) -> None:
        if copy.is_relative_to(stick) and len(list(stick.glob("S001*"))) > 6:
            raise OSError(28, "No space left on device")
        copy_file(source, copy)

    monkeypatch.setattr("kiosk.jobs.upkeep.back_up.copy_file", room_for_two)
    made = done(back_up(station))
    assert made.second and len(list(stick.glob("S001*"))) == 7
    aside = station.home.aside / "20261122T080000.000000Z"
    aside.mkdir(parents=True)
    done(back_up(station))
    assert not aside.exists()  # what was put aside goes when backups of its age go


def test_no_file_among_the_backups_stops_the_others(station: Station) -> None:
    """Pipes, folders and rubbish with the name of a backup, in the home or on a stick."""
    made = Path(done(back_up(station)).path)
    os.mkfifo(made.with_name("S001-20200102T000000.000Z.tar"))
    made.with_name("S001-20200103T000000.000Z.tar").mkdir()
    for number, manifest in enumerate(('{"format":1,"x":' + "[" * 99_999, '{"format":1,"sizes":[]}', "[]", "{}"), 4):
        path = made.with_name(f"S001-2020010{number}T000000.000Z.tar")
        with tarfile.open(path, "w") as tar:
            info = tarfile.TarInfo("manifest.json")
            info.size = len(manifest)
            tar.addfile(info, io.BytesIO(manifest.encode()))
    assert [one.path for one in list_backups(station) if one.is_good] == [made]
    assert isinstance(back_up(station), BackedUp) and isinstance(back_up(station), BackedUp)
    assert [one.path for one in list_backups(station, check=True) if one.is_good] != []


def test_old_backups_stay_while_the_station_does_not_verify(station: Station, shelved: Shelve) -> None:
    shelved("SF1000000000001")
    good = Path(done(back_up(station)).path)
    station.conn.execute("UPDATE parcels SET size = 'S'")
    again = done(back_up(station))
    assert not again.verifies and again.removed == 0 and good.exists()


def test_a_backup_reads_the_database_once(
    station: Station, shelved: Shelve, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is copied by the connection that is open; everything else happens to the copy: nobody opens the file again."""
    shelved(WAYBILL, phone=PHONE)
    opened: list[Path] = []
    connect = sqlite3.connect

    def counting(path: Path, *args: object, **how: object) -> sqlite3.Connection:
        opened.append(Path(path))
        return connect(path, *args, **how)

    monkeypatch.setattr(sqlite3, "connect", counting)
    assert done(back_up(station)).whole_check
    assert station.home.database not in opened
    hands.pass_time(86400)
    shelved("SF1234567890199")
    made = done(back_up(station))
    assert (made.whole_check, made.verifies) == (False, True)


def test_the_first_backup_after_a_whole_check_outlives_younger_ones(reset: Reset, hands: Hands) -> None:
    """What the short check cannot see, every younger one would have in it."""
    reset("keep_days = 7 ", "keep_days = 1 ")
    station = reset("keep_weeks = 4 ", "keep_weeks = 0 ")
    names = []
    for day in range(6):
        made = done(back_up(station))
        assert made.whole_check is (day == 0)
        names.append(Path(made.path).name)
        hands.pass_time(86400)
    assert [one.path.name for one in reversed(list_backups(station))] == [names[0], names[-1]]
