"""The menu with keys, with a finger, and with a scanner that goes on meanwhile."""

import pytest

from hardware.scanners.wedge import WedgeReader
from kiosk.jobs.records.look_up import list_events
from kiosk.jobs.staff.register import add_staff
from kiosk.jobs.station import Station
from kiosk.parcels.roles import Role
from kiosk.parcels.scan_places import ScanPlace
from kiosk.screens.desk.app import DeskApp
from kiosk.screens.kiosk_app import DeviceScanned
from kiosk.screens.terminal.terminal_keys import Pressed
from kiosk.text import Language
from tests.loop import in_a_loop
from tests.screens.desk.test_desk import desk as desk
from tests.screens.desk.test_desk import text
from tests.screens.running import settled

SF = "SF1234567890123"
SIZES = [(46, 36), (80, 24), (120, 40)]


def scans(desk: DeskApp, code: str, end: str = "enter", at: float = 1000.0) -> None:
    """As a wedge types it, a millisecond a key."""
    for number, character in enumerate(code):
        desk.take_key(character, character, at + number / 1000)
    desk.take_key(end, "\r", at + len(code) / 1000)


@pytest.mark.parametrize("size", SIZES)
@in_a_loop
async def test_a_word_that_needs_nothing_is_done_at_once(desk: DeskApp, size: tuple[int, int]) -> None:
    async with desk.run_test(size=size) as pilot:
        await pilot.press("f10")
        assert text(desk, "bar").endswith("MENU") and "Hand parcels over" in text(desk, "list")
        await pilot.press("1", "4", "enter")
        assert "report [DATE" in text(desk, "list")
        await pilot.press("escape")
        assert "Lists and reports" in text(desk, "list")
        await pilot.press("up", "enter", "enter")
        await settled(pilot, lambda: "MENU" not in text(desk, "bar") and not desk.view.menu.is_open)
        await pilot.press("f10", "escape")
        assert not desk.view.menu.is_open


@in_a_loop
async def test_a_word_that_needs_something_is_begun_with_its_form(desk: DeskApp) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10", "enter", "enter")
        assert "For example: batch SF 120" in text(desk, "lines")
        assert "> batch [COURIER] [COUNT]" in text(desk, "typed")
        await pilot.press("S", "F", "space", "3", "enter")
        await settled(pilot, lambda: "0 / 3" in text(desk, "sheet"))


@in_a_loop
async def test_what_is_typed_fast_after_a_chosen_word_is_its_argument(desk: DeskApp) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10", "enter", "enter")
        scans(desk, "SF 30", at=desk.reader.last_key_at + 1)
        await settled(pilot, lambda: "0 / 30" in text(desk, "sheet"))


@pytest.mark.parametrize("opened", [("f10",), ("f10", "enter"), ("f10", "enter", "enter"), ("f10", "1")])
@pytest.mark.parametrize("end", ["enter", "tab", "ctrl+j"])
@in_a_loop
async def test_a_scan_closes_the_menu_and_is_served(
    desk: DeskApp, station: Station, opened: tuple[str, ...], end: str
) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        await pilot.press(*opened)
        scans(desk, SF, end, desk.reader.last_key_at + 1)
        await settled(pilot, lambda: "CHECKED IN" in text(desk, "bar"))
        assert not desk.view.menu.is_open
    assert [one.waybill for one in list_events(station) if one.event == "check_in"] == [SF]


@in_a_loop
async def test_no_scanner_of_its_own_chooses_from_the_menu(desk: DeskApp) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10")
        desk.post_message(DeviceScanned("2", ScanPlace.DESK))
        await settled(pilot, lambda: not desk.view.menu.is_open)


@pytest.mark.parametrize("size", SIZES)
@in_a_loop
async def test_a_finger_takes_an_entry(desk: DeskApp, size: tuple[int, int]) -> None:
    async with desk.run_test(size=size) as pilot:
        await pilot.press("f10")
        top = desk.pane.list.region.y
        desk.post_message(Pressed(5, top + 4, is_lifted=False))
        await settled(pilot, lambda: "Something is wrong" in text(desk, "bar"))
        desk.post_message(Pressed(5, top, is_lifted=False))
        await settled(pilot, lambda: "> hold REASON" in text(desk, "typed"))
        desk.post_message(Pressed(5, 0, is_lifted=False))
        await pilot.press("escape", "escape", "escape")
        await settled(pilot, lambda: not desk.view.menu.is_open)
        assert not desk.reader.typed


@pytest.mark.parametrize("size", [(40, 20), (48, 14), (46, 36), (80, 24)])
@pytest.mark.parametrize("language", list(Language))
@in_a_loop
async def test_the_marked_entry_is_always_seen(desk: DeskApp, size: tuple[int, int], language: Language) -> None:
    desk.state.language = language
    async with desk.run_test(size=size) as pilot:
        desk.scanned("menu")
        await pilot.pause()
        for _ in desk.view.menu.entries:
            assert f"› {desk.view.menu.marked + 1:>2} " in text(desk, "list")
            await pilot.press("down")
        await pilot.press("enter")
        for _ in desk.view.menu.entries:
            assert f"› {desk.view.menu.marked + 1:>2} " in text(desk, "list")
            await pilot.press("down")


@in_a_loop
async def test_the_browsers_lines_choose_too(desk: DeskApp) -> None:
    """There a whole line comes at once, with its end."""
    desk.reader = WedgeReader(is_far=True)
    async with desk.run_test(size=(46, 36)) as pilot:
        await pilot.press("f10")
        scans(desk, "5")
        await settled(pilot, lambda: "Something is wrong" in text(desk, "bar"))
        scans(desk, "1", at=1001)
        await settled(pilot, lambda: "> hold REASON" in text(desk, "typed"))
        scans(desk, SF, at=desk.reader.last_key_at + 1)
        await settled(pilot, lambda: "CHECKED IN" in text(desk, "bar"))
        await pilot.press("f10", "5", "enter", "enter")
        scans(desk, "damaged wet", at=desk.reader.last_key_at + 1)
        await settled(pilot, lambda: text(desk, "bar") == "HELD")


@in_a_loop
async def test_a_locked_desk_has_no_menu(desk: DeskApp, station: Station) -> None:
    add_staff(station, "8", "Anna Chen", Role.MANAGER, "135791")
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: "LOCKED" in text(desk, "bar"))
        await pilot.press("f10")
        assert not desk.view.menu.is_open and "LOCKED" in text(desk, "bar")


@in_a_loop
async def test_the_language_of_an_open_menu_is_switched(desk: DeskApp) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        await pilot.press("f10", "f2")
        assert desk.view.menu.is_open and "出库" in text(desk, "list")
        await pilot.press("f8")
        await settled(pilot, lambda: not desk.view.menu.is_open)
