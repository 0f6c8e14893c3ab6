import stat
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlite_utils import Database, utils

from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.store.file.database import SCHEMA_VERSION, open_database, transaction
from kiosk.store.file.keys import make_key, read_key
from kiosk.store.file.sqlite import sqlite3
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
