"""A bit lost in the write-ahead log: mended where nothing is lost by it, refused where something would be."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.upkeep.back_up import back_up
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from kiosk.safety.verify import verify
from kiosk.store.file.database_lock import locked_alone
from kiosk.store.tables.parcels import by_waybill
from tests.conftest import Hands
from tests.jobs.asking import done

PARCELS = 12


@pytest.fixture
def crashed(station: Station, tmp_path: Path) -> StationHome:
    """The station's files as a crash leaves them, with twelve check-ins in the log of writes."""
    done(back_up(station))
    for number in range(PARCELS):
        check_in(station, recognise(f"SF1{number:012d}"), Particulars(), shelve=True)
    home = StationHome(tmp_path / "crashed")
    shutil.copytree(station.home.folder, home.folder, ignore=shutil.ignore_patterns("*-shm"))
    return home


def log_of(home: StationHome) -> Path:
    return home.database.with_name("station.db-wal")


def reopened(home: StationHome, hands: Hands) -> Station:
    return open_station(home, terminal="t1", who="staff", clock=hands.clock, random=Random(1))


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost_with_a_bit(crashed: StationHome, hands: Hands, seed: int) -> None:
    data = bytearray(log_of(crashed).read_bytes())
    data[Random(seed).randrange(len(data) // 2)] ^= 16
    log_of(crashed).write_bytes(data)
    station = reopened(crashed, hands)
    assert len(by_waybill(station.conn, f"SF1{PARCELS - 1:012d}")) == 1
    assert verify(station).violations == ()
    (aside,) = crashed.aside.iterdir()
    assert (aside / "station.db-wal").read_bytes() == data  # what it was is kept
    station.close()
    shutil.rmtree(crashed.runtime())


def test_what_would_be_lost_is_refused_and_the_backup_named(crashed: StationHome, hands: Hands) -> None:
    """The flip is in every copy of a waybill that the log of writes has."""
    number = f"SF1{3:012d}".encode()
    data = log_of(crashed).read_bytes()
    assert number in data
    log_of(crashed).write_bytes(data.replace(number, number.replace(b"SF", b"SG")))
    with pytest.raises(StationFault) as raised:
        reopened(crashed, hands)
    assert raised.value.fault is Fault.DAMAGED_LOG and raised.value.remedy is not None
    command = str(raised.value.remedy.values["command"])
    assert f"--home {crashed.folder} restore {crashed.folder / 'backups'}" in command
    assert log_of(crashed).read_bytes() == data.replace(number, number.replace(b"SF", b"SG"))


def test_all_who_start_at_the_same_moment_find_everything(crashed: StationHome, hands: Hands) -> None:
    """Screen, desk and lights after a power cut: none of them may open the log before one has looked into it."""
    data = bytearray(log_of(crashed).read_bytes())
    data[len(data) // 3] ^= 16
    log_of(crashed).write_bytes(data)

    def parcels_found(_: int) -> int:
        station = reopened(crashed, hands)
        found = station.conn.execute("SELECT count(*) FROM parcels").fetchone()[0]
        station.close()
        return int(found)

    with ThreadPoolExecutor(6) as programs:
        assert list(programs.map(parcels_found, range(6))) == [PARCELS] * 6
    shutil.rmtree(crashed.runtime())


def test_a_log_without_its_database_is_told_and_holds_nobody_up(crashed: StationHome, hands: Hands) -> None:
    crashed.database.unlink()
    for _ in range(2):
        with pytest.raises(StationFault) as raised:
            reopened(crashed, hands)
        assert raised.value.fault is Fault.NO_DATABASE and raised.value.remedy is not None
    with locked_alone(crashed.database) as others:
        assert others is None
