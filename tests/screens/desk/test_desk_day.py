"""The desk through a clerk's day: sheets, words, keys, undo, lock."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from hardware.mocks.lightmock import LightMockFactory
from kiosk.counter.answers import StaffAnswer
from kiosk.home import StationHome
from kiosk.jobs.records.look_up import list_events
from kiosk.jobs.staff.register import change_staff, first_manager, make_badge
from kiosk.jobs.staff.sign_in import SignedIn, sign_in_by_pin
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.lights.owner import LightOwner
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.states import State
from kiosk.screens.desk.app import DeskApp
from kiosk.text import Language
from tests.conftest import Hands
from tests.jobs.asking import colleague, done, row, why
from tests.loop import in_a_loop
from tests.screens.running import settled

SF, YTO, ZTO = "SF1000000000001", "YT1000000000001", "73100000000001"
printed: list[str] = []


@pytest.fixture
def desk(home: StationHome, hands: Hands, bus: LightMockFactory) -> Iterator[DeskApp]:
    printed.clear()
    station = open_station(home, terminal="desk", who="staff", clock=hands.clock)
    app = DeskApp(station, lambda: LightOwner(station.settings, home.runtime(), "t"), _print)
    app.state.language = Language.ENGLISH
    yield app
    app.close()


def _print(station: Station, waybill: str) -> StaffAnswer | None:
    printed.append(waybill)
    return Refused(Problem.NO_PRINTER, waybill=waybill) if waybill == ZTO else None


FORM = ("head", "sheet", "next")


def text(app: DeskApp, place: str) -> str:
    parts = FORM if place == "form" else (place,)
    return "\n".join(str(app.pane.lines[part].render()) for part in parts)


Scan = Callable[[str, str], Any]


def scanner(desk: DeskApp, pilot: Pilot[None]) -> Scan:
    """await scan("SF1…", "CHECKED IN"): scan or type something and wait for the word on the bar."""

    async def scan(what: str, word: str) -> str:
        answers = len(desk.state.last)
        newest = desk.state.last[0] if answers else None
        desk.scanned(what)
        await settled(pilot, lambda: desk.state.last and desk.state.last[0] is not newest)
        assert text(desk, "bar") == word, text(desk, "lines")
        return text(desk, "lines")

    return scan


@in_a_loop
async def test_a_drivers_batch_from_the_first_scan_to_the_signature(desk: DeskApp, station: Station) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        scan = scanner(desk, pilot)
        await scan("batch SF 3", "BATCH")
        await scan(SF, "CHECKED IN")
        lines = await scan(YTO, "CHECKED IN")
        assert "looks like one of YTO" in lines
        await settled(pilot, lambda: "Batch 1  SF  2 / 3" in text(desk, "form"))
        await pilot.press("f9")
        await settled(pilot, lambda: text(desk, "bar") == "UNDONE")
        assert row(station, YTO).state == State.VOIDED
        await settled(pilot, lambda: "1 / 3" in text(desk, "form"))
        assert "1 / 3" in await scan("done", "NOT DONE")
        await scan("完成 two missing", "CLOSED")
        assert "No sheet is open" in text(desk, "form")
        assert row(station, SF).state == State.SHELVED and printed == [SF, YTO]
        await pilot.press("f9")
        await settled(pilot, lambda: text(desk, "bar") == "UNDONE" and "Batch 1  SF  1 / 3" in text(desk, "form"))
        await pilot.press("escape")  # it is left open, the desk goes on without it
        await settled(pilot, lambda: "No sheet is open" in text(desk, "form"))
        await scan("sheet 1", "BATCH")
        await scan("done agreed", "CLOSED")


@in_a_loop
async def test_at_the_counter(desk: DeskApp, station: Station) -> None:
    code = done(check_in(station, recognise(SF), Particulars(cod_fen=1250), shelve=True)).code
    async with desk.run_test(size=(80, 24)) as pilot:
        scan = scanner(desk, pilot)
        assert "to be paid: 12.50 yuan" in await scan(code, "PARCEL")
        assert [lit.slot for lit in station.leases.lit_slots()] == [row(station, SF).slot]
        await pilot.press("f5")
        await settled(pilot, lambda: "12.50" in text(desk, "lines") and text(desk, "bar") == "NOT DONE")
        await pilot.press("f6")
        await settled(pilot, lambda: text(desk, "bar") == "PAID")
        await pilot.press("f5")
        await settled(pilot, lambda: text(desk, "bar") == "HANDED OVER")
        assert row(station, SF).state == State.PICKED_UP
        assert "Handed over 2026-11-22 16:00 by staff@desk" in await scan("out", "NOT DONE")
        await scan("back wrong person", "UNDONE")
        await scan("hold damaged a wet corner", "HELD")
        await scan("release dried", "RELEASED")
        assert "No parcel is at hand" not in text(desk, "lines")


@in_a_loop
async def test_a_count_and_a_slot(desk: DeskApp, station: Station) -> None:
    slot = done(check_in(station, recognise(SF), Particulars(), shelve=True)).slot
    level = slot.rpartition("-")[0]
    async with desk.run_test(size=(80, 24)) as pilot:
        scan = scanner(desk, pilot)
        assert f"{slot}: 1 of 20" in await scan(f"SLOT:{slot}", "SLOT")
        assert SF in text(desk, "list")
        await scan(f"count {level}", "COUNT")
        assert "Count" in text(desk, "form")
        assert f"{level}: 1 of 1" in await scan(SF, "COUNTED")
        await scan(ZTO, "UNEXPECTED")
        await scan("done", "COUNT")
        assert f"unexpected: {ZTO}" in text(desk, "list")
        assert f"close {level} wet floor" and "takes no parcels" in await scan(f"close {level} wet floor", "CLOSED")


@in_a_loop
async def test_what_the_printer_cannot_do_is_said_after_the_check_in(desk: DeskApp) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.scanned(ZTO)
        await settled(pilot, lambda: "could not be printed" in text(desk, "lines"))
        assert "CHECKED IN" in text(desk, "list")
        desk.scanned("label")
        await settled(pilot, lambda: printed == [ZTO, ZTO])


@in_a_loop
async def test_long_tables_are_turned_and_pictures_take_turns(desk: DeskApp) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.scanned("help")
        await settled(pilot, lambda: "batch [COURIER] [COUNT]" in text(desk, "list"))
        assert "more: PgDn" in text(desk, "list")
        for _ in range(9):
            await pilot.press("pagedown")
        assert "this list" in text(desk, "list") and "more: PgDn" not in text(desk, "list")
        await pilot.press("pageup")
        assert "more: PgDn" in text(desk, "list")
        for legend in ("tenths full", "days of the oldest", "courier's letter", "tenths full"):
            await pilot.press("f8")
            await settled(pilot, lambda legend=legend: legend in text(desk, "lines"))  # type: ignore[misc]
        assert "1-5  . . . ." in text(desk, "list")


@in_a_loop
async def test_a_registered_desk_is_locked_until_somebody_signs_in(
    desk: DeskApp, station: Station, hands: Hands
) -> None:
    colleague(station, "7", "Wang", Role.MANAGER, "271828")
    colleague(station, "8", "Li", Role.CLERK, "314159")
    badge = done(make_badge(station, "7")).text
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: text(desk, "bar") == "LOCKED")
        desk.scanned(SF)
        await settled(pilot, lambda: "Number and PIN do not fit" in text(desk, "lines"))
        await pilot.press("f5", "f9")
        await pilot.press("8", "space", "3", "1")
        await settled(pilot, lambda: text(desk, "typed") == "> 8 **")
        desk.reader.clear()
        desk.scanned("8 314159")
        await settled(pilot, lambda: text(desk, "bar") == "WELCOME")
        assert "Li  clerk" in text(desk, "form")
        desk.scanned(SF)
        await settled(pilot, lambda: text(desk, "bar") == "CHECKED IN")
        desk.scanned("cod 5")
        await settled(pilot, lambda: text(desk, "bar") == "SET RIGHT")
        desk.scanned("waive no reason")
        await settled(pilot, lambda: "You may not do this" in text(desk, "lines"))
        hands.pass_time(5 * 60)
        await settled(pilot, lambda: text(desk, "bar") == "LOCKED")
        assert SF not in text(desk, "list") + text(desk, "lines") + text(desk, "form")
        desk.scanned(badge)
        await settled(pilot, lambda: "Wang  manager" in text(desk, "form"))
        await pilot.press("f12")
        await settled(pilot, lambda: text(desk, "bar") == "LOCKED")
        await settled(pilot, lambda: [e.event for e in list_events(station)][-1] == "sign_out")
        by = {event.event: event.who for event in list_events(station)}
        assert (by["check_in"], by["refuse"], by["sign_out"]) == ("staff-8", "staff-8", "staff-7")


@in_a_loop
async def test_both_languages_fit_eighty_columns(desk: DeskApp, station: Station) -> None:
    checked: CheckedIn = done(check_in(station, recognise(SF), Particulars(), shelve=True))
    asked = (checked.code, "report", "sheets", "homes", "overdue", "map courier", f"history {SF}")
    async with desk.run_test(size=(80, 24)) as pilot:
        for language in Language:
            desk.state.language = language
            for what in asked:
                newest = desk.state.last[0] if desk.state.last else None
                desk.scanned(what)
                await settled(pilot, lambda old=newest: desk.state.last and desk.state.last[0] is not old)  # type: ignore[misc]
                await pilot.pause()
                for line in text(desk, "form").split("\n") + text(desk, "lines").split("\n"):
                    assert cell_len(line) <= 78, line
            assert desk.pane.lines["keys"].size.height <= 2


@in_a_loop
async def test_the_first_manager_chooses_a_pin_of_his_own_before_anything_else(
    desk: DeskApp, station: Station, hands: Hands
) -> None:
    first = first_manager(station)
    assert first is not None and first_manager(station) is None
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: text(desk, "bar") == "LOCKED")
        desk.scanned(f"{first.number} {first.pin}")
        await settled(pilot, lambda: text(desk, "bar") == "NEW PIN")
        for refused in (SF, f"{first.pin} {first.pin}", "271828 271829", "111111 111111"):
            desk.scanned(refused)
        await pilot.press("2", "space", "7")
        await settled(pilot, lambda: text(desk, "typed") == "> ***")
        desk.reader.clear()
        hands.pass_time(5 * 60)  # they walked away: the next one cannot choose it
        await settled(pilot, lambda: text(desk, "bar") == "LOCKED")
        desk.scanned(f"{first.number} {first.pin}")
        await settled(pilot, lambda: text(desk, "bar") == "NEW PIN")
        desk.scanned("271828 271828")
        await settled(pilot, lambda: text(desk, "bar") == "WELCOME")
        desk.scanned(SF)
        await settled(pilot, lambda: text(desk, "bar") == "CHECKED IN")
    assert isinstance(sign_in_by_pin(station, first.number, "271828"), SignedIn)
    assert why(sign_in_by_pin(station, first.number, first.pin)) is Problem.WRONG_PIN


@in_a_loop
async def test_a_badge_that_needs_a_pin_opens_nothing_alone(
    home: StationHome, hands: Hands, bus: LightMockFactory, station: Station
) -> None:
    text_of = home.settings.read_text("utf-8")
    home.settings.write_text(text_of.replace("badge_needs_pin = false", "badge_needs_pin = true"), "utf-8")
    colleague(station, "7", "Wang", Role.MANAGER, "271828")
    colleague(station, "8", "Li", Role.CLERK, "314159")
    badges = {number: done(make_badge(station, number)).text for number in ("7", "8")}
    at_desk = open_station(home, terminal="desk", who="staff", clock=hands.clock)
    app = DeskApp(at_desk, lambda: LightOwner(at_desk.settings, home.runtime(), "t"), _print)
    app.state.language = Language.ENGLISH
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: text(app, "bar") == "LOCKED")
        app.scanned(badges["8"])
        await settled(pilot, lambda: text(app, "bar") == "PIN")
        app.scanned(SF)
        await settled(pilot, lambda: text(app, "bar") == "LOCKED")
        app.scanned("314159")  # a PIN alone, without its badge
        await settled(pilot, lambda: "Number and PIN do not fit" in text(app, "lines"))
        app.scanned(badges["8"])
        await settled(pilot, lambda: text(app, "bar") == "PIN")
        app.scanned("314159")
        await settled(pilot, lambda: "Li  clerk" in text(app, "form"))
        app.scanned(badges["7"])  # at the open desk: the clerk's work is closed before the manager's begins
        await settled(pilot, lambda: text(app, "bar") == "PIN")
        app.scanned("waive gift")
        await settled(pilot, lambda: text(app, "bar") == "LOCKED")
        app.scanned(badges["7"])
        await settled(pilot, lambda: text(app, "bar") == "PIN")
        app.scanned("271828")
        await settled(pilot, lambda: "Wang  manager" in text(app, "form"))
    app.close()


@in_a_loop
async def test_what_is_not_certain_is_named_and_stays_in_the_list(desk: DeskApp, station: Station) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.jobs.ask(lambda at: at.conn.execute("PRAGMA query_only = ON"))  # every write fails from now on
        for waybill in (SF, YTO):
            desk.scanned(waybill)
        await settled(pilot, lambda: text(desk, "bar") == "NOT CERTAIN" and YTO in text(desk, "lines"))
        assert f"{SF} may be on record or not" in text(desk, "list")
        desk.jobs.ask(lambda at: at.conn.execute("PRAGMA query_only = OFF"))
        desk.scanned(SF)
        await settled(pilot, lambda: text(desk, "bar") == "CHECKED IN")


@in_a_loop
async def test_a_pin_to_be_chosen_locks_an_open_desk_first(desk: DeskApp, station: Station) -> None:
    first = first_manager(station)
    assert first is not None
    colleague(station, "8", "Li", Role.CLERK, "314159")
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: text(desk, "bar") == "LOCKED")
        desk.scanned("8 314159")
        await settled(pilot, lambda: text(desk, "bar") == "WELCOME")
        desk.scanned(f"{first.number} {first.pin}")
        desk.scanned(SF)  # in a burst: it is nobody's parcel
        await settled(pilot, lambda: text(desk, "bar") == "NEW PIN")
        desk.scanned("482915 482915")
        await settled(pilot, lambda: text(desk, "bar") == "WELCOME")
    assert not any(event.event == "check_in" for event in list_events(station))


@in_a_loop
async def test_looking_at_pauses_and_help_keeps_the_parcel_at_hand(desk: DeskApp, station: Station) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.scanned(SF)
        await settled(pilot, lambda: text(desk, "bar") == "CHECKED IN")
        desk.scanned("pauses")
        await settled(pilot, lambda: text(desk, "bar") == "PAUSES")
        desk.scanned("help")
        await pilot.press("escape", "f10", "escape")
        desk.scanned("SLOT:2-3-1")
        await settled(pilot, lambda: text(desk, "bar") == "PUT AWAY")


@pytest.mark.parametrize("change", ["left", "pin"])
@in_a_loop
async def test_a_desk_whose_person_was_changed_does_no_scan_of_a_burst(
    desk: DeskApp, station: Station, change: str
) -> None:
    colleague(station, "7", "Wang", Role.MANAGER, "271828")
    colleague(station, "8", "Li", Role.CLERK, "314159")
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: text(desk, "bar") == "LOCKED")
        desk.scanned("8 314159")
        await settled(pilot, lambda: text(desk, "bar") == "WELCOME")
        if change == "left":
            done(change_staff(station, "8", left=True))
        else:
            done(change_staff(station, "8", pin="482915"))
        for scanned in (SF, "report", YTO):
            desk.scanned(scanned)
        await settled(pilot, lambda: "sign in again" in text(desk, "lines") + text(desk, "list"))
        assert desk.state.locked and "Li" not in text(desk, "form")
        if change == "pin":
            desk.scanned("8 482915")
            await settled(pilot, lambda: text(desk, "bar") == "NEW PIN")
    log = [(event.event, event.who) for event in list_events(station)]
    assert ("check_in", "staff-8") not in log and ("sign_out", "staff-8") in log
