import stat
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations, utils

from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from kiosk.safety.verify import verify
from kiosk.store.file.database import APPLICATION_ID, SCHEMA_VERSION, open_database, transaction
from kiosk.store.file.keys import make_key, read_key
from kiosk.store.file.migrations import SEAL_ADDRESS, migrations
from kiosk.store.file.schema import altered_objects
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.contacts import address_of, read_contact
from tests.children import PIPE, child


def test_one_sqlite_library_in_the_process() -> None:
    assert sqlite3 is vars(utils)["sqlite3"]


def test_the_settings_that_survive_a_pulled_plug(home: StationHome) -> None:
    conn = open_database(home.database)

    def ask(name: str) -> object:
        return conn.execute(f"PRAGMA {name}").fetchone()[0]

    assert (ask("journal_mode"), ask("synchronous"), ask("foreign_keys")) == ("wal", 2, 1)
    assert (ask("trusted_schema"), ask("secure_delete"), ask("user_version")) == (0, 1, SCHEMA_VERSION)
    assert all(table.strict for table in Database(conn).tables if not table.name.startswith("_"))
    conn.close()


def test_a_rolled_back_transaction_leaves_nothing(home: StationHome) -> None:
    conn = open_database(home.database)
    with pytest.raises(ZeroDivisionError), transaction(conn):
        conn.execute("INSERT INTO contacts (phone_tail) VALUES ('1234')")
        raise ZeroDivisionError
    assert conn.execute("SELECT count(*) FROM contacts").fetchone() == (0,)
    conn.close()


def test_the_event_log_refuses_changes_even_to_sql(home: StationHome) -> None:
    conn = open_database(home.database)
    conn.execute("INSERT INTO parcels (courier, waybill, state) VALUES ('SF', 'X1', 'EXPECTED')")
    conn.execute("INSERT INTO events VALUES (1, 'announce', 'parcel', 1, 'w', 't', 'o', 'r', '{}', zeroblob(32))")
    for statement in ("UPDATE events SET who = 'x'", "DELETE FROM events"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            conn.execute(statement)
    conn.close()


def test_a_database_of_the_first_version_is_brought_up_to_date(station: Station) -> None:
    """Its events keep their links though their table is made anew."""
    database, conn = station.home.database, station.conn
    old = sqlite3.connect(database.with_name("old.db"), isolation_level=None)
    only_first = Migrations("station")
    only_first._migrations = migrations._migrations[:1]
    only_first.apply(Database(old))
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 1")
    check_in(station, recognise("SF1000000000001"), Particulars(), shelve=True)
    names = ", ".join(column[1] for column in old.execute("PRAGMA table_info(parcels)"))
    for row in conn.execute(f"SELECT {names} FROM parcels"):
        old.execute(f"INSERT INTO parcels ({names}) VALUES ({', '.join('?' * len(row))})", row)
    columns = "seq, event, {}, who, terminal, occurred_at, recorded_at, changes, link"
    for row in conn.execute(f"SELECT {columns.format('subject_id')} FROM events"):
        old.execute(f"INSERT INTO events ({columns.format('parcel_id')}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    old.close()
    updated = open_database(database.with_name("old.db"), station.key)
    answer = verify(replace(station, conn=updated))
    updated.close()
    assert (answer.events, answer.violations) == (2, ())


def test_an_address_of_the_second_version_is_sealed(station: Station) -> None:
    path = station.home.database.with_name("old.db")
    old = sqlite3.connect(path, isolation_level=None)
    first_two = Migrations("station")
    first_two._migrations = migrations._migrations[:2]
    first_two.apply(Database(old))
    old.execute("PRAGMA user_version = 2")
    old.execute("INSERT INTO contacts (phone_tail, address) VALUES ('1234', 'Building 7')")
    old.close()
    updated = open_database(path, station.key)
    assert address_of(updated, station.key, 1) == "Building 7"
    updated.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    updated.close()
    assert b"Building 7" not in path.read_bytes()


def test_the_database_itself_refuses_a_second_episode_and_a_second_code(home: StationHome) -> None:
    conn = open_database(home.database)
    columns = "courier, waybill, state, slot, code, code_compact"
    shelved = f"INSERT INTO parcels ({columns}) VALUES (?, ?, 'SHELVED', '1-1-1', ?, ?)"
    conn.execute(shelved, ("SF", "A", "1-1-0001", "110001"))
    with pytest.raises(sqlite3.IntegrityError):
        conn.execute(shelved, ("SF", "A", "1-1-0002", "110002"))
    with pytest.raises(sqlite3.IntegrityError):
        conn.execute(shelved, ("SF", "B", "1-1-0001", "110001"))
    with pytest.raises(sqlite3.IntegrityError):
        conn.execute("UPDATE parcels SET slot = NULL")
    conn.close()


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        ("PRAGMA user_version = 99", Fault.NEWER_DATABASE),
        ("PRAGMA application_id = 7", Fault.BROKEN_DATABASE),
    ],
)
def test_a_database_that_is_not_ours_to_use(home: StationHome, spoil: str, fault: Fault) -> None:
    conn = sqlite3.connect(home.database)
    conn.execute(spoil)
    conn.close()
    with pytest.raises(StationFault) as raised:
        open_database(home.database)
    assert raised.value.fault is fault


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    with pytest.raises(StationFault) as raised:
        open_database(path)
    assert raised.value.fault is Fault.NO_DATABASE
    path.write_bytes(b"rubbish" * 1000)
    with pytest.raises(StationFault) as raised:
        open_database(path)
    assert raised.value.fault is Fault.BROKEN_DATABASE


def test_four_processes_may_open_an_empty_database_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from kiosk.store.file.database import open_database;"
        "from kiosk.store.file.keys import StationKey; sys.stdin.readline();"
        "open_database(Path(sys.argv[1]), StationKey(bytes(32)), create=True).close()"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "new.db")]
    with ExitStack() as running:
        processes = [running.enter_context(child(command, stdin=PIPE)) for _ in range(4)]
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.close()
        assert [process.wait(30) for process in processes] == [0, 0, 0, 0]


def test_the_key_is_for_its_owners_eyes_and_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "key"
    make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first = read_key(path).phone_hash("13800000000")
    with pytest.raises(FileExistsError):
        make_key(path)
    assert read_key(path).phone_hash("13800000000") == first
    path.write_text("short")
    with pytest.raises(StationFault) as raised:
        read_key(path)
    assert raised.value.fault is Fault.BAD_KEY


def test_a_station_of_the_third_version_keeps_its_people(station: Station) -> None:
    path = station.home.database.with_name("old.db")
    old = sqlite3.connect(path, isolation_level=None)
    old.create_function(SEAL_ADDRESS, 1, str.encode)
    first_three = Migrations("station")
    first_three._migrations = migrations._migrations[:3]
    first_three.apply(Database(old))
    old.execute("PRAGMA user_version = 3")
    sealed = station.key.seal("phone", "13800001234")
    values = (station.key.phone_hash("13800001234"), "1234", sealed)
    old.execute("INSERT INTO contacts (phone_hash, phone_tail, phone_sealed) VALUES (?, ?, ?)", values)
    old.close()
    updated = open_database(path, station.key)
    assert read_contact(updated, station.key, 1) == (1, "13800001234", "1234", None, None, None)
    assert altered_objects(updated) == []
    updated.close()
