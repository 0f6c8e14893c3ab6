"""lgpio is brought in: from a folder that may not be written to, without a trace, and what is wrong is told."""

import os
import stat
import sys
from pathlib import Path

import pytest
from gpiozero import Device

from hardware.devices import trouble_with
from hardware.pins import ensure_pins
from hardware.pins_folder import PinsFolder
from hardware.trouble import DeviceError, Trouble, open_device
from kiosk.cli import _place_for_pins
from kiosk.home import StationHome
from tests.children import PIPE, child

# What lgpio.py and lgNotify.c of 0.2.2 do when they are imported.
LGPIO = """
import os, stat
folder = os.environ["LG_WD"]
os.chdir(folder)
os.mkfifo(folder + "/.lgd-nfy0")
_reading = open(".lgd-nfy0", "rb", buffering=0, opener=lambda name, _: os.open(name, os.O_RDWR))
SEEN = (folder, stat.S_IMODE(os.stat(folder).st_mode), os.getcwd())
class error(Exception): pass
SET_PULL_NONE, BOTH_EDGES, RISING_EDGE, FALLING_EDGE = 128, 3, 1, 2
def gpiochip_open(number):
    raise error("can not open gpiochip")
"""
ASK = """
import os, sys
from hardware.pins import ensure_pins
from hardware.pins_folder import pins_folder
from hardware.trouble import DeviceError
from pathlib import Path
pins_folder.inside = lambda: Path(sys.argv[1])
before = os.getcwd()
try:
    ensure_pins()
    told = "pins"
except DeviceError as broken:
    told = broken.fault.trouble
import lgpio
print(told, os.getcwd() == before, oct(lgpio.SEEN[1]), lgpio.SEEN[0] == lgpio.SEEN[2], "LG_WD" in os.environ)
"""


@pytest.fixture
def fake(tmp_path: Path) -> Path:
    (tmp_path / "libraries").mkdir()
    (tmp_path / "libraries/lgpio.py").write_text(LGPIO)
    return tmp_path / "libraries"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir(mode=0o700)
    return tmp_path / "own"


def test_it_works_where_nothing_may_be_written_and_leaves_nothing(fake: Path, own: Path) -> None:
    command = [sys.executable, "-c", f"import os; os.chdir('/proc')\n{ASK}", str(own)]
    root = str(Path(__file__).parent.parent.parent)
    with child(command, stdout=PIPE, more={"PYTHONPATH": f"{fake}:{root}"}) as asking:
        told = asking.communicate(timeout=20)[0]
    assert told.split()[1:] == ["True", "0o700", "True", "False"], told
    if not Path("/dev/gpiochip0").exists():
        assert told.split()[0] == "not_found"
    assert list(own.iterdir()) == []


def test_the_folder_is_private_whatever_the_umask_and_stays_the_same(own: Path) -> None:
    folder, before = PinsFolder(), os.umask(0)
    folder.inside = lambda: own
    made = folder.make()
    os.umask(before)
    assert made.parent == own and stat.S_IMODE(made.stat().st_mode) == 0o700
    made.rmdir()
    assert folder.make() == made and made.is_dir()


def test_before_there_is_a_station_the_systems_place_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wizard of the first run tries strips before it makes the home."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = PinsFolder()
    folder.inside = lambda: _place_for_pins(StationHome(tmp_path / "not yet"))
    made = folder.make()
    assert made.parent == tmp_path and stat.S_IMODE(made.stat().st_mode) == 0o700


def test_without_the_library_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lgpio", None)  # as if it were not installed
    monkeypatch.setitem(sys.modules, "gpiozero.pins.lgpio", None)
    with pins_unset(), pytest.raises(DeviceError, match="lgpio, is not installed") as raised:
        ensure_pins()
    assert raised.value.fault.trouble is Trouble.NOT_INSTALLED


def test_a_factory_that_is_asked_for_by_name_and_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GPIOZERO_PIN_FACTORY", "nonsense")
    with pins_unset(), pytest.raises(DeviceError, match="GPIOZERO_PIN_FACTORY=nonsense does not work"):
        ensure_pins()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may use every file")
def test_a_device_without_permission(tmp_path: Path) -> None:
    (tmp_path / "spidev0.0").touch(mode=0)
    fault = trouble_with(str(tmp_path / "spidev0.0"))
    assert fault is not None and fault.trouble is Trouble.NOT_PERMITTED


def test_a_device_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match="is not there") as raised:
        open_device(str(tmp_path / "spidev0.0"))
    assert raised.value.fault.trouble is Trouble.NOT_FOUND


class pins_unset:  # noqa: N801 - a block like pins()
    """Nobody has asked for pins yet."""

    def __enter__(self) -> None:
        self._before, Device.pin_factory = Device.pin_factory, None

    def __exit__(self, *_: object) -> None:
        Device.pin_factory = self._before
