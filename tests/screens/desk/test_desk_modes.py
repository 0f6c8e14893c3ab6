"""The desk's own words: modes on its form, a label where nothing is printed, and the way out."""

from collections.abc import Iterator

import pytest

from hardware.mocks.lightmock import LightMockFactory
from kiosk.home import StationHome
from kiosk.jobs.records.look_up import list_events
from kiosk.jobs.staff.register import make_badge
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.lights.owner import LightOwner
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.states import State
from kiosk.screens.desk.app import DeskApp
from kiosk.text import Language
from tests.conftest import Hands
from tests.jobs.asking import colleague, done, row
from tests.loop import in_a_loop
from tests.screens.running import settled

SF, YTO = "SF1000000000001", "YT1000000000001"


@pytest.fixture
def desk(home: StationHome, hands: Hands, bus: LightMockFactory) -> Iterator[DeskApp]:
    station = open_station(home, terminal="desk", who="staff", clock=hands.clock)
    app = DeskApp(station, lambda: LightOwner(station.settings, home.runtime(), "t"))
    app.state.language = Language.ENGLISH
    yield app
    app.close()


FORM = ("head", "sheet", "next")


def text(app: DeskApp, place: str) -> str:
    parts = FORM if place == "form" else (place,)
    return "\n".join(str(app.pane.lines[part].render()) for part in parts)


@in_a_loop
async def test_a_mode_stands_on_the_form_and_the_sheet_comes_back(desk: DeskApp, station: Station) -> None:
    for waybill in (SF, YTO):
        done(check_in(station, recognise(waybill), Particulars(), shelve=True))
    async with desk.run_test(size=(100, 24)) as pilot:
        for scanned in ("batch SF 9", "mode return", "refused", SF, YTO):
            desk.scanned(scanned)  # a burst: each finds what the one before left
        await settled(pilot, lambda: "2 done" in text(desk, "form"))
        assert "back to the courier (refused by the consignee)" in text(desk, "form")
        await pilot.press("escape")
        await settled(pilot, lambda: "0 / 9" in text(desk, "form"))
        desk.scanned("stay")
        await settled(pilot, lambda: "No parcel is at hand" in text(desk, "lines"))
    assert row(station, SF).state == row(station, YTO).state == State.RETURN_PENDING


@in_a_loop
async def test_a_label_that_nobody_prints_is_said(desk: DeskApp) -> None:
    async with desk.run_test(size=(100, 24)) as pilot:
        desk.scanned(SF)
        await settled(pilot, lambda: "CHECKED IN" in text(desk, "bar"))
        assert "prints no labels" not in text(desk, "list")
        desk.scanned("label")
        await settled(pilot, lambda: "This station prints no labels" in text(desk, "lines"))


@in_a_loop
async def test_each_parcel_too_many_is_said_at_once(desk: DeskApp) -> None:
    async with desk.run_test(size=(100, 24)) as pilot:
        for scanned in ("batch 1", SF, YTO):
            desk.scanned(scanned)
        await settled(pilot, lambda: "2 of 1: more than the driver's list says" in text(desk, "lines"))
        await settled(pilot, lambda: "2 / 1  SF 1, YTO 1" in text(desk, "form"))


@in_a_loop
async def test_where_nobody_is_registered_anybody_ends_it(desk: DeskApp) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.scanned("quit")
        await settled(pilot, lambda: desk._exit)


@in_a_loop
async def test_a_clerk_ends_it_with_a_managers_badge_alone(desk: DeskApp, station: Station) -> None:
    colleague(station, "7", "Li", Role.CLERK, "314159")
    colleague(station, "1", "Wang", Role.MANAGER, "271828")
    badge = done(make_badge(station, "1")).text
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: desk.state.locked)
        desk.scanned("quit")
        await settled(pilot, lambda: "do not fit" in text(desk, "lines"))
        desk.scanned("7 314159")
        await settled(pilot, lambda: "Li" in text(desk, "form"))
        desk.scanned("quit")
        await settled(pilot, lambda: "scan the manager's badge now" in text(desk, "lines"))
        assert not desk._exit
        desk.scanned(badge)
        await settled(pilot, lambda: desk._exit)
    assert [(event.event, event.who) for event in list_events(station)][-1] == ("sign_out", "staff-7")


@pytest.mark.parametrize("between", ["13800001234", "SF", "help"])
@in_a_loop
async def test_what_is_said_in_between_drops_the_consent(desk: DeskApp, station: Station, between: str) -> None:
    colleague(station, "7", "Li", Role.CLERK, "314159")
    colleague(station, "1", "Wang", Role.MANAGER, "271828")
    badge = done(make_badge(station, "1")).text
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: desk.state.locked)
        desk.scanned("7 314159")
        await settled(pilot, lambda: "Li" in text(desk, "form"))
        for scanned in ("quit", between, badge):
            desk.scanned(scanned)
        await settled(pilot, lambda: "Wang" in text(desk, "form"))
        assert not desk._exit
