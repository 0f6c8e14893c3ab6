"""Drills: the database is destroyed, and comes back."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from kiosk import durable
from kiosk.clock import Clock
from kiosk.counter.search import search
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.handing_over.passes import issue_pass
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.keeping.hold import hold
from kiosk.jobs.staff.register import add_staff, change_staff
from kiosk.jobs.staff.sign_in import SignedIn, sign_in_by_pin
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import put_away
from kiosk.jobs.upkeep.back_up import back_up, make_backup_key
from kiosk.jobs.upkeep.found_station import found_station
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.safety.backup_files import known_heads
from kiosk.safety.restore import Restored
from kiosk.safety.salvage import Salvaged, salvage
from kiosk.safety.verify import verify
from kiosk.store.events import EventRow
from kiosk.store.file import swap as swapping
from kiosk.store.file.database import open_database
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.contacts import erase_contacts, read_contact
from kiosk.store.tables.parcels import by_waybill
from kiosk.text import Language, words
from kiosk.text.sentences import fault_sentence
from tests.conftest import Hands
from tests.jobs.asking import done, why
from tests.jobs.asking import row as row_of
from tests.safety import disaster
from tests.safety.disaster import Tables, as_after_a_power_cut, bring_back, broken_rules, opened, rows_of

Damage = Callable[[Path], None]
Shelve = Callable[..., CheckedIn]
PIN, NEW_PIN = "271828", "314159"
MOVED = "SF1000000000006"


class Day(NamedTuple):
    """The home as the pulled plug leaves it, how many events its backup has, and what all tables held at the end."""

    dead: Path
    backed_up: int
    tables: Tables

    @property
    def after(self) -> int:
        return len(self.tables["events"]) - self.backed_up


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """A station with a backup and a busy hour after it; then the plug is pulled. Played once for all drills."""
    folder, hands = tmp_path_factory.mktemp("day"), Hands()
    home = StationHome(folder / "home")
    found_station(home)
    with opened(home, hands.clock) as station:
        for number in range(40):
            _take_in(station, number)
        done(add_staff(station, "7", "Li Lei", Role.MANAGER, PIN))
        station.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        events = done(back_up(station)).events
        for number in range(40, 70):
            _take_in(station, number)
        search(station, recognise(_take_in(station, 70).code))
        check_out(station, recognise("SF1000000000070"))
        hold(station, recognise("SF1000000000003"), "damaged wet")
        done(issue_pass(station, [recognise("SF1000000000004")], 48))
        done(change_staff(station, "7", pin=NEW_PIN))
        done(add_staff(station, "8", "Han Mei", Role.CLERK, PIN))
        # Erased since the backup, which leaves no event: it must not come back with it.
        station.conn.execute("UPDATE parcels SET contact_id = NULL WHERE contact_id = 5")
        station.conn.execute("DELETE FROM contacts WHERE id = 5")
        dead = as_after_a_power_cut(station, folder / "dead")
    yield Day(dead.folder, events, rows_of(home.database))
    shutil.rmtree(home.runtime(), ignore_errors=True)


def _take_in(station: Station, number: int) -> CheckedIn:
    said = Particulars(phone=read_phone(f"139123456{number:02d}"))
    return done(check_in(station, recognise(f"SF1{number:012d}"), said, shelve=True))


@pytest.fixture
def dead(day: Day, tmp_path: Path) -> Iterator[StationHome]:
    home = StationHome(tmp_path / "dead")
    shutil.copytree(day.dead, home.folder)
    yield home
    shutil.rmtree(home.runtime(), ignore_errors=True)


def backup_of(home: StationHome) -> Path:
    (path,) = (home.folder / "backups").glob("S001*")
    return path


def without_restore(tables: Tables) -> Tables:
    """As if nothing had been restored."""
    return {**tables, "events": [row for row in tables["events"] if row[1] != StationEvent.RESTORE]}


LOST = [disaster.delete, disaster.delete_everything, disaster.truncate_to_nothing]
READABLE = [lambda _: None, disaster.zero_header, disaster.zero_first_page]
PARTLY = [disaster.truncate_to_half, disaster.delete_wal, *(disaster.overwrite_pages(seed) for seed in range(6))]


@pytest.mark.parametrize("damage", LOST)
def test_nothing_before_the_backup_is_missing(dead: StationHome, day: Day, damage: Damage) -> None:
    damage(dead.database)
    answer = bring_back(dead, backup_of(dead))
    assert isinstance(answer, Restored)
    assert (answer.replayed, answer.lost, answer.installed) == (0, None, ())
    assert broken_rules(dead) == ()
    kept = day.backed_up
    assert without_restore(rows_of(dead.database))["events"] == sorted(
        (row for row in day.tables["events"] if row[0] <= kept), key=repr
    )
    with opened(dead) as again:
        assert verify(again, known_heads(again)).violations == ()
        assert isinstance(sign_in_by_pin(again, "7", PIN), SignedIn)
        (contact,) = again.conn.execute("SELECT contact_id FROM parcels WHERE waybill = 'SF1000000000007'").fetchone()
        told = read_contact(again.conn, again.key, contact)
        assert told and told.phone == "13912345607"


@pytest.mark.parametrize("damage", READABLE)
def test_all_that_came_after_comes_back_too(dead: StationHome, day: Day, damage: Damage) -> None:
    damage(dead.database)
    answer = bring_back(dead, backup_of(dead))
    assert isinstance(answer, Restored)
    assert answer.replayed > 60 and (answer.lost, answer.is_complete) == (0, True)
    assert broken_rules(dead) == ()
    assert without_restore(rows_of(dead.database)) == day.tables


@pytest.mark.parametrize("damage", PARTLY, ids=lambda damage: damage.__name__)
def test_what_can_be_read_comes_back(dead: StationHome, day: Day, damage: Damage) -> None:
    damage(dead.database)
    before = dead.database.read_bytes()
    answer = bring_back(dead, backup_of(dead))
    assert isinstance(answer, Restored)
    assert broken_rules(dead) == ()
    told = without_restore(rows_of(dead.database))["events"]
    every = {row[0]: row for row in day.tables["events"]}
    assert len(told) == day.backed_up + answer.replayed
    assert all(every[row[0]] == row for row in told)
    assert answer.aside and (Path(answer.aside) / "station.db").read_bytes() == before  # as it was, byte for byte


def test_the_code_on_a_label_is_good_though_the_end_of_the_log_is_lost(dead: StationHome) -> None:
    """What cannot be read leaves the old table of retired codes unbelieved; the log says which they were."""
    with opened(dead) as before:
        label = row_of(before, MOVED).code
        done(put_away(before, recognise(MOVED), recognise("6-1-1")))
        unlinked = "INSERT INTO events SELECT seq + 1, event, subject, subject_id, who, terminal, occurred_at, "
        last = "recorded_at, changes, link FROM events ORDER BY seq DESC LIMIT 1"
        before.conn.execute(unlinked + last)
    answer = bring_back(dead, backup_of(dead))
    assert isinstance(answer, Restored) and answer.lost == 1
    with opened(dead) as after:
        assert label is not None and row_of(after, MOVED).code != label
        opens = search(after, recognise(label))
        assert isinstance(opens, Found) and [one.slot for one in opens.parcels] == ["6-1-1"]
    assert broken_rules(dead) == ()


def test_without_replay_the_log_owns_up_to_what_is_lost(dead: StationHome, hands: Hands) -> None:
    hands.pass_time(24 * 3600)  # of one day only the newest backup is kept
    with opened(dead, hands.clock) as station:
        later = done(back_up(station))
    hands.pass_time(60)
    (first, _) = sorted((dead.folder / "backups").glob("S001*"))
    answer = bring_back(dead, first, replay=False, clock=hands.clock)
    assert isinstance(answer, Restored) and (answer.replayed, answer.lost) == (0, None)
    with opened(dead, hands.clock) as station:
        event, changes = station.conn.execute("SELECT event, changes FROM events ORDER BY seq DESC LIMIT 1").fetchone()
        facts = json.loads(changes)
        assert (event, facts["backup"], facts["backup_seq"]) == ("restore", first.name, answer.events - 1)
        # The later backup knows a log that went on: no accusation, for the log tells of the restore.
        assert Path(later.path).name in {head.backup for head in known_heads(station)}
        assert verify(station, known_heads(station)).violations == ()


def test_the_old_database_goes_aside_with_its_wal(dead: StationHome) -> None:
    before = {p.name: p.read_bytes() for p in dead.folder.glob("station.db*")}
    assert set(before) == {"station.db", "station.db-wal"}
    answer = bring_back(dead, backup_of(dead))
    assert isinstance(answer, Restored) and answer.aside
    assert {p.name: p.read_bytes() for p in Path(answer.aside).iterdir()} == before
    assert not (dead.folder / swapping.WORK).exists() and not (dead.folder / "station.db-wal").exists()
    assert dead.database.stat().st_mode == (Path(answer.aside) / "station.db").stat().st_mode


def test_a_plug_pulled_at_any_step_leaves_one_of_the_two(
    dead: StationHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step of the exchange is the last one once; whoever opens the station next goes on."""

    class Pulled(BaseException):
        """The power is gone: nothing is tidied up."""

    sync, clear = durable.sync, swapping.clear_work
    for last in range(1, 30):
        home = StationHome(tmp_path / f"cut{last}")
        shutil.copytree(dead.folder, home.folder)
        steps: list[Path] = []

        def counted(path: Path, last: int = last, steps: list[Path] = steps) -> None:
            steps.append(path)
            if len(steps) == last:
                raise Pulled
            sync(path)

        def clear_if_alive(database: Path, last: int = last, steps: list[Path] = steps) -> None:
            if len(steps) != last:
                clear(database)

        monkeypatch.setattr(swapping, "sync", counted)
        monkeypatch.setattr("kiosk.safety.restore.clear_work", clear_if_alive)
        try:
            bring_back(home, backup_of(home))
        except Pulled:
            monkeypatch.setattr(swapping, "sync", sync)
            with opened(home) as station:
                assert verify(station).violations == ()
                events = station.conn.execute("SELECT count(*) FROM events").fetchone()[0]
            assert events in (len(rows_of(dead.database)["events"]), len(rows_of(dead.database)["events"]) + 1)
            shutil.rmtree(home.runtime())
        else:
            shutil.rmtree(home.runtime())
            break
    assert 5 < last < 29


def test_a_disk_that_fails_at_any_step_leaves_one_of_the_two(
    dead: StationHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for last in range(1, 30):
        home = StationHome(tmp_path / f"cut{last}")
        shutil.copytree(dead.folder, home.folder)
        steps: list[Path] = []

        def fails_once(path: Path, last: int = last, steps: list[Path] = steps) -> None:
            steps.append(path)
            if len(steps) == last:
                raise OSError(5, "Input/output error")

        monkeypatch.setattr(swapping, "sync", fails_once)
        try:
            assert isinstance(bring_back(home, backup_of(home)), Restored)
            break
        except StationFault as fault:
            assert fault.fault is Fault.UNWRITABLE_FILE
            assert broken_rules(home) == ()
            assert len(rows_of(home.database)["events"]) >= len(rows_of(dead.database)["events"])
        finally:
            shutil.rmtree(home.runtime(), ignore_errors=True)
    assert 5 < last < 29


def test_no_database_is_exchanged_under_a_screen(station: Station, hands: Hands) -> None:
    made = done(back_up(station))
    assert why(bring_back(station.home, Path(made.path))) is Problem.STATION_IN_USE
    station.close()
    with closing(sqlite3.connect(station.home.database)) as shell:  # another program, which knows no hold of ours
        shell.execute("SELECT count(*) FROM events").fetchone()
        script = (
            "import sys; from pathlib import Path; from kiosk.store.file.database_lock import locked_alone\n"
            "with locked_alone(Path(sys.argv[1])) as others: print(others)"
        )
        asked = [sys.executable, "-c", script, str(station.home.database)]
        assert str(os.getpid()) in subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert isinstance(bring_back(station.home, Path(made.path)), Restored)


def test_nobody_opens_the_station_while_it_is_being_restored(
    dead: StationHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(*_: object) -> None:
        with pytest.raises(StationFault) as raised:
            open_database(dead.database)
        assert raised.value.fault is Fault.RESTORING
        looked.append(True)

    looked: list[bool] = []
    monkeypatch.setattr("kiosk.safety.restore._install", look)
    assert isinstance(bring_back(dead, backup_of(dead)), Restored) and looked


def test_another_stations_backup_is_refused(dead: StationHome, tmp_path: Path) -> None:
    other = StationHome(tmp_path / "other")
    found_station(other)
    before = other.database.read_bytes()
    assert why(bring_back(other, backup_of(dead))) is Problem.BACKUP_OTHER_STATION
    assert other.database.read_bytes() == before and not (other.folder / swapping.WORK).exists()
    shutil.rmtree(other.runtime(), ignore_errors=True)


NEVER_GO, NEVER_CHANGE = "DROP TRIGGER events_never_go", "DROP TRIGGER events_never_change"


@pytest.mark.parametrize(
    ("statements", "problem", "why_not"),
    [
        ((NEVER_CHANGE, "UPDATE events SET who = 'nobody' WHERE seq = 9"), Problem.BACKUP_BREAKS_RULES, "event 9"),
        ((NEVER_GO, "DELETE FROM events WHERE seq = 5"), Problem.BACKUP_BREAKS_RULES, "event 6 follows 4"),
        (("UPDATE parcels SET slot = '2-1-1' WHERE id = 3",), Problem.BACKUP_BREAKS_RULES, "parcel 3: slot"),
        ((NEVER_CHANGE,), Problem.BACKUP_BREAKS_RULES, "schema_as_shipped"),
        (("PRAGMA user_version = 99",), Problem.BACKUP_NEWER, ""),
        (("PRAGMA application_id = 7",), Problem.BACKUP_DAMAGED, ""),
    ],
)
def test_what_does_not_verify_is_refused(
    dead: StationHome, tmp_path: Path, statements: tuple[str, ...], problem: Problem, why_not: str
) -> None:
    before = dead.database.read_bytes()
    answer = bring_back(dead, disaster.altered(backup_of(dead), tmp_path / "altered", *statements))
    assert why(answer) is problem
    assert isinstance(answer, Refused) and why_not in answer.detail
    assert dead.database.read_bytes() == before


def test_a_defect_of_ours_does_not_make_a_backup_useless(dead: StationHome, tmp_path: Path) -> None:
    """A manager may accept a broken rule of custody, but neither a changed log nor a damaged file."""
    moved = "UPDATE parcels SET slot = '2-1-1' WHERE id = 3"
    cut = (NEVER_GO, "DELETE FROM events WHERE seq = 5")
    changed = disaster.altered(backup_of(dead), tmp_path / "changed", moved, *cut)
    assert why(bring_back(dead, changed, accept=True)) is Problem.BACKUP_BREAKS_RULES
    answer = bring_back(dead, disaster.altered(backup_of(dead), tmp_path / "moved", moved), accept=True)
    assert isinstance(answer, Restored) and answer.replayed > 60
    assert {violation.rule for violation in broken_rules(dead)} == {"table_replays"}


@pytest.mark.parametrize(
    ("event", "changes", "comes_back"),
    [
        ("deliver", '{"state":"DELIVERED"}', True),  # on a shelf and delivered: a rule of the table, so it stops there
        ("deliver", '{"state":"SHELVED"}', False),  # no such transition: whoever wrote this may have written more
        ("announce", "no JSON", True),
    ],
)
def test_a_log_that_tells_what_cannot_be(
    dead: StationHome, day: Day, event: str, changes: str, comes_back: bool
) -> None:
    """Its links are right, for whoever has the card has the key too."""
    with opened(dead) as again:
        (parcel,) = by_waybill(again.conn, "SF1000000000002")
        seq, link = again.conn.execute("SELECT seq, link FROM events ORDER BY seq DESC").fetchone()
        row = EventRow(seq + 1, event, "parcel", parcel.id, "w", "t", "o", "r", changes, b"")
        values = (*row[:-1], again.key.link(link, row.chained()))
        again.conn.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    answer = bring_back(dead, backup_of(dead))
    after = day.after
    assert isinstance(answer, Restored)
    assert (answer.replayed, answer.lost) == ((after, 1) if comes_back else (0, after + 1))
    assert broken_rules(dead) == ()


def test_a_lost_card_comes_back_from_the_stick_and_the_key_alone(
    station: Station, reset: Callable[[str, str], Station], shelved: Shelve, tmp_path: Path
) -> None:
    shelved("SF1000000000001", phone="13912345678")
    key_file, stick = tmp_path / "in-the-safe", tmp_path / "stick"
    assert make_backup_key(key_file) is None
    stick.mkdir()
    sealing = reset("[backup]", f'[backup]\nkey_file = "{key_file}"\nsecond_place = "{stick}"\n#')
    made = done(back_up(sealing))
    assert made.second
    new = StationHome(tmp_path / "new-card" / "home")
    assert why(bring_back(new, Path(made.second))) is Problem.BACKUP_SEALED
    make_backup_key(tmp_path / "other-key")
    assert why(bring_back(new, Path(made.second), key_file=tmp_path / "other-key")) is Problem.BACKUP_OTHER_SEAL
    answer = bring_back(new, Path(made.second), key_file=key_file)
    assert isinstance(answer, Restored) and answer.installed == ("station.toml", "key")
    assert broken_rules(new) == ()
    assert new.key.read_bytes() == station.home.key.read_bytes() and new.key.stat().st_mode & 0o777 == 0o600
    with opened(new) as again:
        told = read_contact(again.conn, again.key, 1)
        assert told and told.phone == "13912345678"
    shutil.rmtree(new.runtime())


def test_a_plain_backup_needs_the_key_file(station: Station, tmp_path: Path) -> None:
    made = done(back_up(station))
    with pytest.raises(StationFault) as raised:
        bring_back(StationHome(tmp_path / "new"), Path(made.path))
    assert raised.value.fault is Fault.BAD_KEY
    with pytest.raises(StationFault) as raised:
        bring_back(StationHome(tmp_path / "new"), tmp_path / "nowhere.tar")
    assert raised.value.fault is Fault.UNREADABLE_FILE


def test_only_a_manager_restores(dead: StationHome) -> None:
    """A colleague's number is looked up in the backup."""
    assert why(bring_back(dead, backup_of(dead), staff="8")) is Problem.NOT_ALLOWED
    answer = bring_back(dead, backup_of(dead), staff="7")
    assert isinstance(answer, Restored)
    with opened(dead) as again:
        assert again.conn.execute("SELECT who FROM events WHERE event = 'restore'").fetchall() == [("staff-7",)]


def test_an_older_schema_is_brought_up_to_date(station: Station, tmp_path: Path) -> None:
    made = done(back_up(station))
    path = disaster.altered(Path(made.path), tmp_path / "old", *disaster.SCHEMA_2)
    station.close()
    assert isinstance(bring_back(station.home, path), Restored)
    assert broken_rules(station.home) == ()


def test_the_lights_of_before_go_out(station: Station, shelved: Shelve) -> None:
    search(station, recognise(shelved("SF1000000000001").code))
    made = done(back_up(station))
    station.close()
    assert isinstance(bring_back(station.home, Path(made.path)), Restored)
    with opened(station.home) as again:
        assert not again.leases.lit_slots()


def test_damage_names_the_newest_good_backup(dead: StationHome) -> None:
    newest = backup_of(dead)
    newest.with_name("S001-20261130T000000.000Z.tar").write_bytes(newest.read_bytes()[:-1])  # newer, but cut short
    disaster.delete_wal(dead.database)  # with it, a new first page would still be there
    older = newest.with_name("S001-20350101T000000.000Z.tar")  # of a day when the clock was wrong
    older.write_bytes(newest.read_bytes())
    clock = Clock(lambda: datetime(2026, 12, 1, tzinfo=UTC))
    for damage in (disaster.zero_header, disaster.delete_everything):
        damage(dead.database)
        with pytest.raises(StationFault) as raised:
            open_station(dead, terminal="t1", who="staff", clock=clock)
        said = fault_sentence(words(Language.ENGLISH), raised.value)
        assert f"2026-11-22 16:00; bring it back with: kiosk --home {dead.folder} restore {newest}" in said
    newest.unlink()
    with pytest.raises(StationFault) as raised:
        open_station(dead, terminal="t1", who="staff", clock=clock)
    assert str(older) in fault_sentence(words(Language.ENGLISH), raised.value)  # better than none
    older.unlink()
    with pytest.raises(StationFault) as raised:
        open_station(dead, terminal="t1", who="staff")
    assert "salvage" in fault_sentence(words(Language.ENGLISH), raised.value)


@pytest.mark.parametrize("damage", [*READABLE, *PARTLY], ids=lambda damage: damage.__name__)
def test_salvage_saves_what_can_be_read(dead: StationHome, day: Day, damage: Damage) -> None:
    damage(dead.database)
    before = dead.database.read_bytes()
    answer = salvage(dead)
    if isinstance(answer, Refused):
        assert answer.problem is Problem.NOTHING_TO_SALVAGE and damage is not READABLE[0]
        return
    assert isinstance(answer, Salvaged) and dead.database.read_bytes() == before
    saved, truth = rows_of(Path(answer.path)), day.tables
    assert {name: len(rows) for name, rows in saved.items()} == dict(answer.rows)
    if damage in READABLE:
        assert saved == truth and answer.incomplete == ()
    assert sum(map(len, saved.values())) > 0
    assert Path(answer.path).stat().st_mode & 0o777 == 0o600


def test_rows_on_both_sides_of_a_bad_page_are_saved(dead: StationHome) -> None:
    with closing(sqlite3.connect(dead.database)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = [
            row[0] for row in conn.execute("SELECT pageno FROM dbstat WHERE name = 'events' AND pagetype = 'leaf'")
        ]
        events = conn.execute("SELECT count(*) FROM events").fetchone()[0]
    with dead.database.open("r+b") as file:
        file.seek((sorted(pages)[len(pages) // 2] - 1) * 4096)
        file.write(bytes(4096))
    answer = salvage(dead)
    assert isinstance(answer, Salvaged) and "events" in answer.incomplete
    assert events - 40 < answer.rows["events"] < events
    with closing(sqlite3.connect(answer.path)) as saved:
        assert saved.execute("SELECT min(seq), max(seq) FROM events").fetchone() == (1, events)


def test_an_erased_person_does_not_come_back_with_the_backup(day: Day, dead: StationHome) -> None:
    """The event tells whom to forget again, even where the old table of people cannot be read."""
    with opened(dead) as again, again.transaction():
        facts = {"contacts": [7], "why": "asked"}
        erase_contacts(again.conn, [7])
        again.record_about(StationEvent.ERASE_CONTACTS, Subject.STATION, None, {}, facts=facts)
    with closing(sqlite3.connect(dead.database)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = [row[0] for row in conn.execute("SELECT pageno FROM dbstat WHERE name = 'contacts'")]
    with dead.database.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * 4096)
            file.write(bytes(4096))
    answer = bring_back(dead, backup_of(dead))
    assert isinstance(answer, Restored)
    assert (answer.replayed, answer.lost, answer.is_complete) == (day.after + 1, 0, False)
    with opened(dead) as again:
        assert again.conn.execute("SELECT id FROM contacts WHERE phone_hash IS NULL").fetchall() == [(7,)]
