"""A card that Linux has made read-only, and a full one: what can be read is told, and why the rest is not done."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.cli import main
from tests.disks import Disk, small_disk

Call = Callable[..., tuple[int, list[dict[str, object]], str]]
WAYBILL = "SF1000000000001"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture
def call(disk: Disk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """A command at the station on the small disk."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def call(*arguments: str) -> tuple[int, list[dict[str, object]], str]:
        with pytest.raises(SystemExit) as ended:
            main(["--home", str(disk.folder / "home"), *arguments, "--json"])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), [json.loads(line) for line in out.splitlines()], err

    assert call("init")[0] == 0
    assert call("check-in", WAYBILL, "--phone", "13800001231", "--shelve")[0] == 0
    return call


LOOKING = [
    ("parcel", WAYBILL), ("events",), ("report",), ("verify",), ("slots",), ("staff", "list"), ("pauses",),
    ("agent", "--status"), ("notify", "status"), ("backups",), ("lights", "status"),
]  # fmt: skip


@pytest.mark.parametrize("looking", LOOKING, ids=" ".join)
def test_who_only_looks_is_told_on_a_read_only_disk(disk: Disk, call: Call, looking: tuple[str, ...]) -> None:
    code, told, _ = call(*looking)
    disk.remount("ro")
    assert call(*looking)[:2] == (code, told)


@pytest.mark.parametrize("looking", LOOKING[:5], ids=" ".join)
def test_and_on_a_full_one(disk: Disk, call: Call, looking: tuple[str, ...]) -> None:
    code, told, _ = call(*looking)
    disk.fill(0)
    assert call(*looking)[:2] == (code, told)


@pytest.mark.parametrize("writing", [("check-in", "SF1000000000009"), ("purge",), ("hold", WAYBILL, "--reason", "wet")])
def test_who_writes_is_told_which_disk_is_read_only(disk: Disk, call: Call, writing: tuple[str, ...]) -> None:
    disk.remount("ro")
    code, (told,), _ = call(*writing)
    assert (code, told["problem"]) == (3, "unwritable_home")
    assert f"the file system {disk.folder} (tmpfs, tmpfs) is read-only" in str(told["message"])
    disk.remount("rw")
    assert call(*writing)[0] == 0


@pytest.mark.parametrize("spoil", [lambda disk: disk.remount("ro"), lambda disk: disk.fill(0)], ids=["ro", "full"])
def test_the_station_is_saved_on_a_stick_all_the_same(
    disk: Disk, call: Call, tmp_path: Path, spoil: Callable[[Disk], None]
) -> None:
    spoil(disk)
    code, (told,), _ = call("backup", "--to", str(tmp_path))
    assert (code, told["ok"], told["events"]) == (0, True, call("verify")[1][0]["events"])


CRASH = """
import os, sys
from pathlib import Path
from kiosk.home import StationHome
from kiosk.jobs.station import open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
station = open_station(StationHome(Path(sys.argv[1])), terminal="t1", who="staff")
check_in(station, recognise("SF1000000000005"), Particulars(), shelve=True)
os.kill(os.getpid(), 9)
"""


def test_a_log_of_writes_that_a_crash_left_is_read_too(disk: Disk, call: Call) -> None:
    subprocess.run([sys.executable, "-c", CRASH, str(disk.folder / "home")], check=False)
    assert (disk.folder / "home" / "station.db-wal").stat().st_size
    disk.remount("ro")
    assert [call("parcel", one)[0] for one in (WAYBILL, "SF1000000000005")] == [0, 0]
    assert call("verify")[1][0]["parcels"] == 2


def test_a_purge_that_cannot_search_says_so(disk: Disk, call: Call) -> None:
    call("pick-up", str(call("parcel", WAYBILL)[1][0]["code"]))
    call("check-out", WAYBILL)
    assert call("backup")[0] == 0
    outcomes = set()
    for left in range(0, 160_000, 8192):
        disk.fill(left)
        for words in (("person", "erase", "--phone", "13800001231"), ("purge",)):
            code, (told,), err = call(*words)
            outcomes.add((code, told["ok"]))
            assert "reading" not in err + str(told.get("message", ""))
            assert (code == 0) is (told["ok"] is True) and (code != 0 or told["proven"] is True)
        disk.make_room()
    assert call("purge")[1][0]["proven"] is True
    assert {code for code, _ in outcomes} >= {3}


@pytest.mark.parametrize("left", range(0, 420_000, 60_000))
def test_sample_parcels_are_all_there_or_none(disk: Disk, call: Call, left: int) -> None:
    def held() -> int:
        return sum(int(str(slot["held"])) for slot in call("slots")[1])

    disk.fill(left)
    code, _, _ = call("init", "--sample")
    disk.make_room()
    assert held() == (60 if code == 0 else 1)
    assert code in (0, 3) and call("init", "--sample")[0] == 0 and held() == 60
