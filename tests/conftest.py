"""A station on a real database file, with clocks and chance in the test's hands."""

# ruff: noqa: E402 - the environment is made first: libraries look at it when they are imported
from tests.environment import stand_alone

_HOME = stand_alone()

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from shutil import copytree, rmtree
from threading import main_thread
from time import monotonic

import pytest
from hypothesis import settings

from hardware.mocks.lightmock import LightMockFactory
from kiosk import config
from kiosk.clock import Clock
from kiosk.home import StationHome
from kiosk.jobs.staff import pins as staff_pins
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in import manifest_files
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.upkeep.found_station import found_station
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.scans import recognise
from tests import left_behind
from tests.pins import pins

_TESTS = Path(__file__).parent
# A slow machine is no failure; CI tries the same examples each time, a developer's machine new ones.
settings.register_profile("kiosk", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("kiosk")


_LONGEST_FIRST = ("faults", "hostile", "program", "appliance", "web", "screens", "jobs")  # folders


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no worker is left alone with it at the end."""
    rank = {folder: number for number, folder in enumerate(_LONGEST_FIRST)}
    items.sort(key=lambda item: rank.get(item.path.relative_to(_TESTS).parts[0], len(rank)))


@pytest.fixture(autouse=True)
def everything_ends() -> Iterator[None]:
    """Every thread and child that a test starts ends with it."""
    before = left_behind.threads(), left_behind.children()
    yield
    if left := left_behind.what_is_left(*before):
        pytest.fail(f"left behind: {left}")


@pytest.fixture(autouse=True, scope="session")
def settings_read_once() -> Iterator[None]:
    """The same text says the same wherever it lies, and hundreds of stations have it; what is wrong is read anew."""
    read, known = config.settings_of, dict[str, config.Settings]()

    def settings_of(path: Path, text: str) -> config.Settings:
        if text not in known:
            known[text] = read(path, text)
        return known[text]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(config, "settings_of", settings_of)
        yield


@pytest.fixture(autouse=True, scope="session")
def quick_pins() -> Iterator[None]:
    """A PIN is hashed slowly on purpose; tests/jobs/staff/test_pins.py looks at how slowly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staff_pins, "_PASSES", 1)
        patch.setattr(staff_pins, "_MEMORY", 8192)  # the least there is
        yield


@pytest.fixture(autouse=True, scope="session")
def no_sticks() -> Iterator[None]:
    """What is plugged into a developer's machine is no manifest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_files, "STICKS", ())
        yield


@pytest.fixture(autouse=True)
def one_date(hands: "Hands", monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that a test did not pass in goes on by itself, from the test's date: none reads the real one."""
    _, *others = Clock.__init__.__defaults__  # type: ignore[misc]
    start = monotonic()
    monkeypatch.setattr(
        Clock.__init__, "__defaults__", (lambda: hands.wall + timedelta(seconds=monotonic() - start), *others)
    )


def pytest_unconfigure() -> None:
    """A thread that was left behind must not keep the tests from ending."""
    rmtree(_HOME, ignore_errors=True)
    left = [one.name for one in left_behind.threads() if not one.daemon and one is not main_thread()]
    if left:
        sys.stderr.write(f"still running: {', '.join(left)}\n")
        sys.stderr.flush()
        os._exit(1)


@pytest.fixture
def bus() -> Iterator[LightMockFactory]:
    """The mock pins and the byte-level mock bus as gpiozero's pin factory."""
    with pins(LightMockFactory()) as factory:
        yield factory


@dataclass
class Hands:
    """Clocks that move only when told to."""

    wall: datetime = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    seconds: float = 1000.0
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = Clock(now=lambda: self.wall, monotonic=lambda: self.seconds)

    def pass_time(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.seconds += seconds


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new station's folder, to be copied: to found one takes as long as many a test."""
    home = StationHome(tmp_path_factory.mktemp("founded") / "home")
    found_station(home)
    return home.folder


@pytest.fixture
def home(founded: Path, tmp_path: Path) -> Iterator[StationHome]:
    home = StationHome(tmp_path / "home")
    copytree(founded, home.folder)
    yield home
    runtime = home.runtime()
    for file in runtime.iterdir():
        file.unlink()
    runtime.rmdir()


@pytest.fixture
def station(home: StationHome, hands: Hands) -> Iterator[Station]:
    station = open_station(home, terminal="t1", who="staff", clock=hands.clock, random=Random(7))
    yield station
    station.close()


@pytest.fixture
def other_terminal(home: StationHome, hands: Hands) -> Iterator[Station]:
    station = open_station(home, terminal="t2", who="customer", clock=hands.clock, random=Random(8))
    yield station
    station.close()


@pytest.fixture
def second_desk(home: StationHome, hands: Hands) -> Iterator[Station]:
    station = open_station(home, terminal="t3", who="staff", clock=hands.clock, random=Random(9))
    yield station
    station.close()


@pytest.fixture
def reset(home: StationHome, hands: Hands) -> Iterator[Callable[[str, str], Station]]:
    """reset("fee_fen = 0", "fee_fen = 300"): the same station at terminal t1 with another setting."""
    opened: list[Station] = []

    def reopen(old: str, new: str) -> Station:
        text = home.settings.read_text("utf-8")
        assert old in text
        home.settings.write_text(text.replace(old, new), "utf-8")
        opened.append(open_station(home, terminal="t1", who="staff", clock=hands.clock, random=Random(7)))
        return opened[-1]

    yield reopen
    for station in opened:
        station.close()


@pytest.fixture
def elsewhere(tmp_path: Path, hands: Hands) -> Iterator[Callable[[str], Station]]:
    """elsewhere("village"): another station of the chain."""
    opened: list[Station] = []

    def found(name: str) -> Station:
        other = StationHome(tmp_path / name)
        found_station(other)
        opened.append(open_station(other, terminal="t1", who="staff", clock=hands.clock, random=Random(7)))
        return opened[-1]

    yield found
    for station in opened:
        station.close()
        rmtree(station.home.runtime())


@pytest.fixture
def shelved(station: Station) -> Callable[..., CheckedIn]:
    """Puts a parcel on the shelf: shelved("SF1000000000001", phone="13800001234")."""

    def shelve(waybill: str, phone: str | None = None, **said: object) -> CheckedIn:
        particulars = replace(Particulars(phone=read_phone(phone) if phone else None), **said)  # type: ignore[arg-type]
        answer = check_in(station, recognise(waybill), particulars, shelve=True, sure=True)  # it may be back
        assert isinstance(answer, CheckedIn), answer
        return answer

    return shelve
