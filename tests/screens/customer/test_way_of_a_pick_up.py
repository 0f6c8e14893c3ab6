"""Pages on how the program is built tell the way of a pickup code, from the key to the wire: it is the real one."""

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from hardware.mocks.lightmock import LightMockFactory
from kiosk.home import StationHome
from kiosk.jobs.station import open_station
from kiosk.lights.owner import LightOwner
from kiosk.screens.customer.app import CustomerApp
from kiosk.text import Language
from tests.apa102_decoder import last_lit
from tests.loop import in_a_loop
from tests.screens.customer.test_customer import SF, Shelve
from tests.screens.running import settled, shown

ROOT = Path(__file__).parent.parent.parent.parent
MOST_FILES = 12


PAGES = ("kiosk/help/en/architecture.md", "kiosk/help/zh/architecture.md", "README.md", "README.zh.md")


def way_told(page: str) -> list[str]:
    (paragraph,) = (
        part for part in (ROOT / page).read_text("utf-8").split("\n\n") if "scan_app.py" in part and "→" in part
    )
    files = re.findall(r"`([\w/]+\.py)`", paragraph)
    return [name if name.startswith("hardware/") else f"kiosk/{name}" for name in files]


@contextmanager
def entered(files: list[str]) -> Iterator[None]:
    """Into `files`, each in the order in which it was first entered by any thread that starts in the block."""

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(f"{ROOT}/"):
            name = frame.f_code.co_filename.removeprefix(f"{ROOT}/")
            if name not in files:
                files.append(name)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


@pytest.fixture
def trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What goes over the wire; the mock of the pins looks for it when it is made."""
    monkeypatch.setenv("KIOSK_LIGHT_TRACE", str(tmp_path / "trace"))
    return tmp_path / "trace"


@in_a_loop
async def test_each_file_of_the_way_is_entered_in_its_turn(
    home: StationHome, trace: Path, bus: LightMockFactory, shelved: Shelve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.screens.customer.app.TICK_S", 3600)  # a tick is on no scan's way
    code, files = shelved(SF).code, list[str]()
    station = open_station(home, terminal="screen", who="customer")
    app = CustomerApp(station, lambda: LightOwner(station.settings, home.runtime(), "t"), language=Language.ENGLISH)
    with entered(files):
        async with app.run_test(size=(48, 14)) as pilot:
            await pilot.press(*code)
            await settled(pilot, lambda: last_lit(trace, 240) == {} and code in shown(app))
            files.clear()
            await pilot.press("enter")
            await settled(pilot, lambda: "Your parcel is here" in shown(app) and last_lit(trace, 240))
    app.close()
    way, *others = map(way_told, PAGES)
    assert others == [way] * 3 and len(way) <= MOST_FILES
    assert [name for name in files if name in way] == way
