"""The desk of a browser, inside a test: it is its person's, and ends where others lock."""

from collections.abc import Iterator

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from kiosk.home import StationHome
from kiosk.jobs.staff.register import Badge, change_staff, make_badge
from kiosk.jobs.staff.sign_in import NOBODY
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.screens.desk.in_browser import BrowserDesk
from kiosk.text import Language
from tests.conftest import Hands
from tests.jobs.asking import colleague
from tests.loop import in_a_loop
from tests.screens.running import NoLights, settled


@pytest.fixture
def desk(home: StationHome, hands: Hands, station: Station, with_buttons: None) -> Iterator[BrowserDesk]:
    person, *_ = [
        colleague(station, number, f"Name {number}", role, "482915")
        for number, role in (("7", Role.CLERK), ("8", Role.CLERK), ("1", Role.MANAGER))
    ]
    opened = open_station(home, terminal="web-7", who=NOBODY, clock=hands.clock, role=Role.CUSTOMER)
    app = BrowserDesk(opened, NoLights, lambda station, waybill: None, person, Language.ENGLISH)
    app.driver_class = HeadlessDriver
    yield app
    app.close()


def signed_out(station: Station) -> list[str]:
    return [who for (who,) in station.conn.execute("select who from events where event = 'sign_out' order by seq")]


@in_a_loop
async def test_it_opens_for_its_person_and_shows_no_keys(desk: BrowserDesk, station: Station) -> None:
    async with desk.run_test(size=(44, 30)) as pilot:
        await pilot.pause()
        assert "Name 7" in str(desk.pane.lines["head"].render())
        assert not desk.pane.lines["keys"].display and desk._buttons is None
        desk.scanned("SF1000000000001")
        await settled(pilot, lambda: "CHECKED IN" in str(desk.pane.lines["bar"].render()))
        (told,) = station.conn.execute("select who, terminal from events where event = 'check_in'").fetchall()
        assert tuple(told) == ("staff-7", "web-7")


@pytest.mark.parametrize(("typed", "who"), [("lock", ["staff-7"]), ("8 482915", ["staff-8"])])
@in_a_loop
async def test_it_ends_when_it_is_locked_or_somebody_else_shows_himself(
    desk: BrowserDesk, station: Station, typed: str, who: list[str]
) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.scanned(typed)
        await settled(pilot, lambda: not desk.is_running or desk._exit)
    assert signed_out(station) == who


@in_a_loop
async def test_a_managers_badge_consents_and_the_page_stays_its_persons(desk: BrowserDesk, station: Station) -> None:
    check_in(station, recognise("SF1000000000001"), Particulars(cod_fen=500), shelve=True)
    badge = make_badge(station, "1")
    assert isinstance(badge, Badge)
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.scanned("SF1000000000001")
        desk.scanned("waive agreed")
        await settled(pilot, lambda: "ASK A MANAGER" in str(desk.pane.lines["bar"].render()))
        desk.scanned(badge.text)
        await settled(pilot, lambda: "WAIVED" in str(desk.pane.lines["bar"].render()))
        assert "Name 7" in str(desk.pane.lines["head"].render()) and not desk._exit
    (told,) = station.conn.execute("select who, terminal from events where event = 'waive'").fetchall()
    assert tuple(told) == ("staff-1", "web-7")


@in_a_loop
async def test_it_ends_when_its_person_does_not_work_here_any_more(desk: BrowserDesk, station: Station) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        change_staff(station, "7", left=True)
        await settled(pilot, lambda: desk._exit)


@in_a_loop
async def test_no_time_without_a_key_is_too_long_for_it(desk: BrowserDesk, hands: Hands) -> None:
    """Whoever started it looks at the clock."""
    async with desk.run_test(size=(80, 24)) as pilot:
        hands.pass_time(100_000)
        desk._tick()
        await settled(pilot, desk.jobs._queue.empty)
        assert not desk._exit
