"""What is known of people: sealed, masked, shown only on record, and erased from every byte when its time is over."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from kiosk.jobs.handing_over.check_out import check_out
from kiosk.jobs.handing_over.passes import issue_pass
from kiosk.jobs.people.person import erase_person, export_person
from kiosk.jobs.people.purge import purge
from kiosk.jobs.people.reveal import reveal
from kiosk.jobs.records.report import report
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.upkeep.back_up import back_up, make_backup_key
from kiosk.parcels.phones import Phone
from kiosk.parcels.problems import Problem
from kiosk.parcels.scans import recognise
from kiosk.safety.backup_files import list_backups
from kiosk.safety.verify import verify
from kiosk.store.file.database import truncate_wal
from kiosk.store.file.traces import files_with
from kiosk.store.tables.contacts import read_contact
from tests.conftest import Hands
from tests.jobs.asking import done, row, why

Shelve = Callable[..., CheckedIn]
SF, YTO, JD = "SF1000000000001", "YT1000000000001", "JDX012345678901"
NUMBER = "13800001234"


def collected(station: Station, shelved: Shelve, waybill: str, phone: str, proxy: str | None = None) -> None:
    shelved(waybill, phone=phone)
    check_out(station, recognise(waybill), at_counter=True, proxy=proxy)


def bytes_on_disk(station: Station) -> list[Path]:
    return [path for path in station.home.folder.iterdir() if path.is_file() and not path.name.endswith("-shm")]


def test_no_file_holds_a_phone_in_plain(station: Station, shelved: Shelve) -> None:
    shelved(SF, phone=NUMBER)
    assert read_contact(station.conn, station.key, row(station, SF).contact_id) is not None
    assert files_with([NUMBER.encode()], bytes_on_disk(station)) == []
    assert files_with([SF.encode()], bytes_on_disk(station)) != []  # or the search itself would find nothing


def test_a_reveal_is_on_record_and_customers_have_none(
    station: Station, other_terminal: Station, shelved: Shelve
) -> None:
    shelved(SF, phone=NUMBER)
    assert done(reveal(station, recognise(SF))).phone == NUMBER
    event, changes = station.conn.execute("SELECT event, changes FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    assert event == "reveal" and NUMBER not in changes
    assert why(reveal(other_terminal, recognise(SF))) is Problem.NOT_ALLOWED
    shelved(YTO)
    assert why(reveal(station, recognise(YTO))) is Problem.NOBODY_KNOWN
    assert verify(station).violations == ()


def test_people_are_erased_when_their_time_is_over_and_nobody_sooner(
    station: Station, shelved: Shelve, hands: Hands
) -> None:
    collected(station, shelved, SF, NUMBER, proxy="neighbour 王芳")
    shelved(YTO, phone="13900005678")
    hands.pass_time(timedelta(days=89).total_seconds())
    collected(station, shelved, JD, "13700009999")
    assert done(purge(station)).contacts == 0
    hands.pass_time(timedelta(days=2).total_seconds())
    erased = done(purge(station))
    assert (erased.contacts, erased.found_in, erased.proven) == (2, (), True)
    assert why(reveal(station, recognise(SF))) is Problem.NOBODY_KNOWN
    assert done(reveal(station, recognise(YTO))).phone == "13900005678"
    assert done(reveal(station, recognise(JD))).phone == "13700009999"
    assert verify(station).violations == ()
    counted = report(station, hands.wall.date() - timedelta(days=91))
    assert counted.counts["checked_in"] == 2  # counts stay


def test_what_is_erased_is_gone_from_the_bytes(station: Station, shelved: Shelve) -> None:
    collected(station, shelved, SF, NUMBER)
    sealed, digest = station.conn.execute("SELECT phone_sealed, phone_hash FROM contacts").fetchone()
    truncate_wal(station.conn)
    assert files_with([sealed], bytes_on_disk(station)) == [str(station.home.database)]
    erased = done(erase_person(station, Phone(NUMBER, "1234")))
    assert (erased.contacts, erased.proven) == (1, True)
    assert files_with([sealed, digest], bytes_on_disk(station)) == []


def test_a_purge_that_finds_something_says_where(station: Station, shelved: Shelve) -> None:
    collected(station, shelved, SF, NUMBER)
    (station.home.folder / "kiosk.log").write_text(f"somebody wrote {NUMBER}\n")
    erased = done(erase_person(station, Phone(NUMBER, "1234")))
    assert erased.found_in == (str(station.home.folder / "kiosk.log"),) and not erased.proven


def test_a_person_reads_what_is_kept_of_him(station: Station, shelved: Shelve) -> None:
    shelved(SF, phone=NUMBER)
    shelved(YTO, phone=NUMBER)
    told = done(export_person(station, Phone(NUMBER, "1234")))
    assert told.phone == NUMBER and [one.waybill for one in told.parcels] == [SF, YTO]
    assert why(export_person(station, Phone("13511112222", "2222"))) is Problem.NOBODY_KNOWN
    assert why(erase_person(station, Phone(NUMBER, "1234"))) is Problem.STILL_IN_CUSTODY


def test_who_a_pass_was_for_is_forgotten_with_it(station: Station, shelved: Shelve, hands: Hands) -> None:
    shelved(SF)
    done(issue_pass(station, [recognise(SF)], 24, "王芳"))
    assert done(purge(station)).contacts == 0
    hands.pass_time(25 * 3600)
    assert done(purge(station)).contacts == 1
    assert station.conn.execute("SELECT name_sealed FROM contacts").fetchall() == [(None,)]
    assert verify(station).violations == ()


def test_own_words_carry_no_phone_into_the_log(station: Station, shelved: Shelve) -> None:
    shelved(SF)
    from kiosk.jobs.keeping.hold import hold

    done(hold(station, recognise(SF), f"other please call {NUMBER}"))
    assert NUMBER not in str(station.conn.execute("SELECT changes FROM events").fetchall())


def test_backups_forget_whom_the_station_has_forgotten(station: Station, shelved: Shelve) -> None:
    collected(station, shelved, SF, NUMBER)
    (sealed,) = station.conn.execute("SELECT phone_sealed FROM contacts").fetchone()
    made = done(back_up(station))
    assert files_with([sealed], [Path(made.path)]) == [made.path]
    erased = done(erase_person(station, Phone(NUMBER, "1234")))
    assert (erased.found_in, erased.proven) == ((), True)
    assert files_with([sealed], [Path(made.path)]) == []
    (backup,) = list_backups(station, check=True)
    assert backup.is_good and backup.erased_seq > backup.seq
    before = Path(made.path).stat().st_mtime_ns
    assert (
        done(purge(station)).proven and Path(made.path).stat().st_mtime_ns == before
    )  # nothing new, nothing rewritten


def test_a_backup_that_cannot_be_changed_is_told_until_it_can(station: Station, shelved: Shelve) -> None:
    collected(station, shelved, SF, NUMBER)
    made = Path(done(back_up(station)).path)
    good = made.read_bytes()
    made.write_bytes(good[:-600])
    erased = done(erase_person(station, Phone(NUMBER, "1234")))
    assert erased.found_in == (str(made),) and not erased.proven
    made.write_bytes(good)
    assert done(purge(station)).found_in == ()


def test_a_sealed_backup_is_opened_for_the_search(
    station: Station, shelved: Shelve, reset: Callable[[str, str], Station], tmp_path: Path
) -> None:
    assert make_backup_key(tmp_path / "backup-key") is None
    sealing = reset('folder = "backups"', f'folder = "backups"\nkey_file = "{tmp_path / "backup-key"}"')
    collected(sealing, shelved, SF, NUMBER)
    made = done(back_up(sealing))
    assert made.sealed
    assert done(erase_person(sealing, Phone(NUMBER, "1234"))).proven
    (backup,) = list_backups(sealing, check=True)
    assert backup.is_good and backup.erased_seq > backup.seq
