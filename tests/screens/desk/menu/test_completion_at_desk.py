"""What is typed at the desk is completed; what is scanned never is."""

from time import monotonic

import pytest

from hardware.scanners.wedge import PAUSE_S
from kiosk.jobs.records.look_up import list_events
from kiosk.jobs.station import Station
from kiosk.screens.desk import guided
from kiosk.screens.desk.app import DeskApp
from tests.loop import in_a_loop
from tests.screens.desk.menu.test_menu_at_desk import scans
from tests.screens.desk.test_desk import desk as desk
from tests.screens.desk.test_desk import text
from tests.screens.running import settled


def types(desk: DeskApp, letters: str, *, then: str = "", after_s: float = 1.0) -> None:
    """A person's keys, each a while after the one before, as they are painted."""
    at = monotonic()
    for number, letter in enumerate(letters):
        desk.take_key(letter, letter, at + number * 0.2)
    desk.typing(desk.reader.typed)
    if then:
        desk.take_key(then, None, desk.reader.last_key_at + after_s)


@pytest.mark.parametrize("key", ["tab", "right"])
@in_a_loop
async def test_a_key_takes_the_completion(desk: DeskApp, key: str) -> None:
    async with desk.run_test(size=(80, 24)):
        types(desk, "mo")
        assert "> move SLOT" in text(desk, "typed")
        types(desk, "", then=key)
        assert desk.reader.typed == "move "


@in_a_loop
async def test_tab_of_a_scanner_ends_its_code_as_ever(desk: DeskApp, station: Station) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        types(desk, "ba", then="tab", after_s=PAUSE_S / 3)
        await settled(pilot, lambda: "does not know this word" in text(desk, "lines"))
        scans(desk, "SF1234567890123", "tab", at=desk.reader.last_key_at + 9)
        await settled(pilot, lambda: "CHECKED IN" in text(desk, "bar"))
        types(desk, "sheets", then="tab")
        await settled(pilot, lambda: "SHEETS" in text(desk, "bar").upper())


@in_a_loop
async def test_a_scan_after_a_taken_completion_is_a_scan(desk: DeskApp, station: Station) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        types(desk, "mo", then="tab")
        scans(desk, "SF1234567890123", at=desk.reader.last_key_at + 1)
        await settled(pilot, lambda: "CHECKED IN" in text(desk, "bar"))
    assert [one.waybill for one in list_events(station) if one.event == "check_in"] == ["SF1234567890123"]


@in_a_loop
async def test_a_pin_is_not_completed(desk: DeskApp) -> None:
    async with desk.run_test(size=(80, 24)):
        desk.state.locked = True
        types(desk, "mo")
        assert "move" not in text(desk, "typed")


@in_a_loop
async def test_nothing_is_worked_out_for_a_scan(desk: DeskApp, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(guided, "complete", lambda *about: asked.append(about))
    async with desk.run_test(size=(80, 24)) as pilot:
        for number in range(30):
            scans(desk, f"SF12345678901{number:02}", at=2000.0 + number)
        await settled(pilot, lambda: "CHECKED IN" in text(desk, "bar"))
        await pilot.pause()
    assert asked == []
