"""Screens and the scanners of station.toml."""

from collections.abc import Iterator

import pytest

from kiosk.home import StationHome
from kiosk.jobs.station import open_station
from kiosk.parcels.scan_places import ScanPlace
from kiosk.screens.customer.app import CustomerApp
from kiosk.screens.desk.app import DeskApp
from kiosk.screens.kiosk_app import DeviceScanned, KioskApp, ScannerChanged
from kiosk.text import Language
from tests.conftest import Hands
from tests.loop import in_a_loop
from tests.screens.running import NoLights, settled, shown

SF = "SF1000000000001"
WEDGES = """
[[scanners]]
name = "door"
driver = "wedge"
role = "entry"
prefix = "~"
[[scanners]]
driver = "wedge"
role = "desk"
suffix = "#"
"""


def written(home: StationHome, scanners: str) -> None:
    home.settings.write_text(home.settings.read_text("utf-8") + scanners, encoding="utf-8")


@pytest.fixture
def opened(home: StationHome, hands: Hands) -> Iterator[list[KioskApp]]:
    """Screens that are closed in the end."""
    apps: list[KioskApp] = []
    yield apps
    for app in apps:
        app.close()


def customer(home: StationHome, hands: Hands, opened: list[KioskApp]) -> CustomerApp:
    station = open_station(home, terminal="screen", who="customer", clock=hands.clock)
    app = CustomerApp(station, NoLights, language=Language.ENGLISH)
    opened.append(app)
    return app


def desk(home: StationHome, hands: Hands, opened: list[KioskApp]) -> DeskApp:
    app = DeskApp(open_station(home, terminal="desk", who="staff", clock=hands.clock), NoLights)
    app.state.language = Language.ENGLISH
    opened.append(app)
    return app


@in_a_loop
async def test_what_is_typed_has_the_place_and_the_frame_of_the_scanner_that_types(
    home: StationHome, hands: Hands, opened: list[KioskApp]
) -> None:
    written(home, WEDGES)
    app = customer(home, hands, opened)
    async with app.run_test(size=(48, 14)) as pilot:
        await pilot.press("~", *SF, "enter")
        await settled(pilot, lambda: "The long barcode is for the exit" in shown(app))
    other = desk(home, hands, opened)
    async with other.run_test(size=(80, 24)) as pilot:
        await pilot.press(*SF, "#")
        await settled(pilot, lambda: "CHECKED IN" in str(other.pane.lines["bar"].render()))


@in_a_loop
async def test_a_scan_past_the_terminal_leaves_what_is_typed(
    home: StationHome, hands: Hands, opened: list[KioskApp]
) -> None:
    app = customer(home, hands, opened)
    async with app.run_test(size=(48, 14)) as pilot:
        await pilot.press("4", "-", "6")
        app.post_message(DeviceScanned(SF, ScanPlace.ENTRY))
        await settled(pilot, lambda: "The long barcode is for the exit" in shown(app))
        assert app.reader.typed == "4-6"


@in_a_loop
async def test_a_scanner_that_does_not_work_is_told_until_it_does(
    home: StationHome, hands: Hands, opened: list[KioskApp]
) -> None:
    app = desk(home, hands, opened)
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(ScannerChanged("till", works=False))
        await settled(pilot, lambda: "The scanner does not work: till" in str(app.pane.lines["banner"].render()))
        app.post_message(ScannerChanged("till", works=True))
        await settled(pilot, lambda: not app.pane.lines["banner"].display)
