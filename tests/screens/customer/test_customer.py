"""The customer's screen at work on a real station, driven by keys and scans."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
from textual import events

from hardware.mocks.lightmock import LightMockFactory
from kiosk.button_status import read_buttons
from kiosk.counter.search import search
from kiosk.home import StationHome
from kiosk.jobs.handing_over.glance import LitSession
from kiosk.jobs.handing_over.pick_up import Found, FoundParcel
from kiosk.jobs.staff.call_staff import answer_calls
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.lights.owner import LightOwner
from kiosk.parcels.kinds import Kind
from kiosk.parcels.looks import Colour, Look, Pattern
from kiosk.parcels.scans import recognise
from kiosk.parcels.states import State
from kiosk.screens.customer.app import CustomerApp
from kiosk.screens.customer.state import CustomerState
from kiosk.store.tables.parcels import by_waybill
from kiosk.text import Language
from tests.conftest import Hands
from tests.loop import in_a_loop
from tests.screens.running import NoLights, settled, shown

Shelve = Callable[..., CheckedIn]
SF, YTO = "SF1000000000001", "YT1000000000001"


@pytest.fixture
def app(home: StationHome, hands: Hands, bus: LightMockFactory) -> Iterator[CustomerApp]:
    station = open_station(home, terminal="screen", who="customer", clock=hands.clock)
    app = CustomerApp(station, lambda: LightOwner(station.settings, home.runtime(), "t"), language=Language.ENGLISH)
    yield app
    app.close()


@in_a_loop
async def test_a_pick_up_from_the_first_key_to_done(app: CustomerApp, station: Station, shelved: Shelve) -> None:
    parcel = shelved(SF)
    async with app.run_test(size=(48, 14)) as pilot:
        await settled(pilot, lambda: "请扫描或输入取件码" in shown(app))
        await pilot.press(*parcel.code)
        assert app.state.face(app.reader.typed, 0).big == parcel.code
        await pilot.press("enter")
        await settled(pilot, lambda: "Your parcel is here" in shown(app))
        assert parcel.slot in shown(app)
        app.scanned(SF)
        await settled(pilot, lambda: "is handed over" in shown(app))
        app.scanned(SF)  # many scanners read a label twice
        app.scanned("1-1-0001")
        await settled(pilot, lambda: "No match for that code" in shown(app))
        assert by_waybill(station.conn, SF)[0].state == State.PICKED_UP


@in_a_loop
async def test_a_double_reading_at_the_exit_stays_done(app: CustomerApp, shelved: Shelve) -> None:
    parcel = shelved(SF)
    async with app.run_test(size=(48, 14)) as pilot:
        app.scanned(parcel.code)
        app.scanned(SF)
        app.scanned(SF)
        answers = [0]
        app.jobs.ask(lambda station: None, lambda _: answers.append(1))
        await settled(pilot, lambda: len(answers) == 2)
        assert "You have it. Thank you" in shown(app) and "collected already" not in shown(app)


@in_a_loop
async def test_a_problem_of_one_does_not_disturb_the_search_of_another(
    app: CustomerApp, shelved: Shelve, hands: Hands
) -> None:
    parcel = shelved(SF)
    async with app.run_test(size=(48, 14)) as pilot:
        app.scanned(parcel.code)
        await settled(pilot, lambda: "Your parcel is here" in shown(app))
        for rubbish in ("", "[red]x[/red]", "\x1b]0;gone\x07", "9" * 10_000, "13800000000", "SF9999999999999"):
            app.scanned(rubbish)
        await settled(pilot, lambda: "No parcel here has this barcode" in shown(app))
        await pilot.press("escape")
        await settled(pilot, lambda: "Your parcel is here" in shown(app))
        await pilot.press("escape")
        await settled(pilot, lambda: "请扫描或输入取件码" in shown(app))


@in_a_loop
async def test_markup_and_control_characters_come_out_as_typed_or_not_at_all(app: CustomerApp) -> None:
    async with app.run_test(size=(48, 14)) as pilot:
        await pilot.press(*"[bold]x")
        assert app.reader.typed == "[bold]x"
        await pilot.pause()
        assert "[bold]x" in shown(app)
        await app.on_event(events.Paste("\x1b[31m[@click=app.quit]x[/]\x07"))
        await settled(pilot, lambda: "garbled" in shown(app))
        assert "\x1b" not in shown(app)


@in_a_loop
async def test_language_staff_and_time_outs(app: CustomerApp, station: Station, shelved: Shelve, hands: Hands) -> None:
    parcel = shelved(SF)
    async with app.run_test(size=(48, 14)) as pilot:
        await pilot.press("f2")
        app.scanned(parcel.code)
        await settled(pilot, lambda: "您的包裹在这里" in shown(app))
        app.scanned("LANGUAGE")
        await settled(pilot, lambda: "Your parcel is here" in shown(app))
        hands.pass_time(52)
        await settled(pilot, lambda: "Light goes off in 8 s" in shown(app))
        await pilot.press("1")
        await settled(pilot, lambda: app.state.found and app.state.found.lit_until == hands.seconds + 60)
        assert app.reader.typed == "1"  # it may be the first of a code
        hands.pass_time(5)
        await settled(pilot, lambda: app.reader.typed == "")
        hands.pass_time(57)
        await settled(pilot, lambda: "The light is off" in shown(app))
        hands.pass_time(10)
        await settled(pilot, lambda: "请扫描或输入取件码" in shown(app))
        assert parcel.slot not in shown(app)
        await pilot.press("f1")
        await settled(pilot, lambda: "Staff are called" in shown(app))
        await settled(pilot, lambda: station.leases.callers() == ("screen",))
        answer_calls(station)
        await settled(pilot, lambda: "Staff are on their way" in shown(app))


@in_a_loop
async def test_a_message_that_comes_line_by_line_leaves_what_it_opened(
    app: CustomerApp, shelved: Shelve, hands: Hands
) -> None:
    parcel = shelved(SF)
    lines = (
        "North gate: a parcel is here for you",
        f"Pickup code {parcel.code}, slot 1-2-1",
        "到取件机扫描附件中的二维码",
    )
    async with app.run_test(size=(48, 14)) as pilot:
        for character in "\r".join(lines) + "\r":
            app.post_message(events.Key("enter" if character == "\r" else character, character))
        await settled(pilot, lambda: "Your parcel is here" in shown(app))
        asked_after: list[object] = []
        app.jobs.ask(lambda station: None, asked_after.append)
        await settled(pilot, lambda: asked_after)
        assert "no pickup code" not in shown(app)
        hands.pass_time(1)
        app.scanned(lines[0])
        await settled(pilot, lambda: "no pickup code" in shown(app))


@in_a_loop
async def test_a_wrong_code_that_a_message_says_in_two_languages_is_one_try(app: CustomerApp, station: Station) -> None:
    async with app.run_test(size=(48, 14)) as pilot:
        for line in ("取件码 9-9-9999，货位 9-9-9", "North gate: a parcel is here", "Pickup code 9-9-9999, slot 9-9-9"):
            app.scanned(line)
        asked_after: list[object] = []
        app.jobs.ask(lambda station: None, asked_after.append)
        await settled(pilot, lambda: asked_after)
        assert station.conn.execute("SELECT outcome FROM attempts").fetchall() == [("no_such_code",)]


@in_a_loop
async def test_lights_of_other_terminals_are_seen(app: CustomerApp, station: Station, shelved: Shelve) -> None:

    parcel = shelved(SF)
    async with app.run_test(size=(48, 14)) as pilot:
        search(station, recognise(parcel.code))
        await settled(pilot, lambda: f"Lit now: ✚ yellow, steady {parcel.slot}" in shown(app))


@in_a_loop
async def test_a_hundred_scans_in_one_burst_are_all_answered(app: CustomerApp, station: Station) -> None:
    async with app.run_test(size=(48, 14)) as pilot:
        for number in range(100):
            for character in f"3-2-{number:04d}":
                app.post_message(events.Key(character, character))
            app.post_message(events.Key("enter", "\r"))

        def attempts() -> int:
            return int(station.conn.execute("SELECT count(*) FROM attempts").fetchone()[0])

        await settled(pilot, lambda: attempts() == 100)


@in_a_loop
async def test_a_broken_database_shows_a_neutral_face_and_the_screen_lives_on(
    app: CustomerApp, shelved: Shelve
) -> None:
    parcel = shelved(SF)
    async with app.run_test(size=(48, 14)) as pilot:
        app.jobs.ask(lambda station: 1 // 0)
        await settled(pilot, lambda: "cannot do this now" in shown(app))
        app.scanned(parcel.code)
        await settled(pilot, lambda: "Your parcel is here" in shown(app))


@in_a_loop
async def test_enter_alone_a_blank_and_unknown_keys_show_nothing(app: CustomerApp, shelved: Shelve) -> None:
    parcel = shelved(SF)
    async with app.run_test(size=(48, 14)) as pilot:
        await settled(pilot, lambda: "Esc cancel" in shown(app))
        for scan, face in (("", "Scan or type"), ("9-9-0009", "No match"), (parcel.code, "Your parcel is here")):
            app.scanned(scan)
            await settled(pilot, partial(is_shown, app, face))
            before = shown(app)
            for key in ("enter", "space", "enter", "f7", "alt+3", "ctrl+t", "insert", "up", "space", "rubbish"):
                await pilot.press(key)
            await pilot.pause(0.01)
            assert shown(app) == before


def is_shown(app: CustomerApp, text: str) -> bool:
    return text in shown(app)


@in_a_loop
async def test_no_key_leaves_the_screen(app: CustomerApp) -> None:
    async with app.run_test(size=(48, 14)) as pilot:
        for key in ("ctrl+q", "ctrl+c", "ctrl+z", "ctrl+backslash", "ctrl+p", "ctrl+d", "f5", "f10", "tab", "escape"):
            await pilot.press(key)
        await pilot.press("backspace", "enter")
        assert app.is_running and app._exit is False


def test_old_news_of_a_search_does_not_take_the_new_one_off_the_screen() -> None:
    one = FoundParcel(1, "3-2-0147", "3-2-4")
    look = Look(Colour.SKY, Pattern.SOLID)
    state = CustomerState(Language.ENGLISH)
    state.show_found(Found("new", look, (one,), 0, 60.0, datetime(2026, 11, 22, tzinfo=UTC)))
    state.update_found(None, None)
    state.update_found("old", None)
    assert state.session == "new"
    state.update_found("new", None)
    assert state.session is None


@in_a_loop
async def test_where_the_light_is_out_the_number_leads(
    app: CustomerApp, shelved: Shelve, bus: LightMockFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hardware.strips.wiring.StripDriver.resend_s", 0.05)
    parcel = shelved(SF)
    async with app.run_test(size=(48, 14)) as pilot:
        await settled(pilot, lambda: app._lights and app._lights.dark_slots() == frozenset())
        bus.broken = "the wire is cut"
        app.scanned(parcel.code)
        await settled(pilot, lambda: "No light there now: find it by this number" in shown(app))
        assert parcel.slot in shown(app) and "yellow" not in shown(app)


@in_a_loop
async def test_buttons_call_staff_and_extend_the_search(
    with_buttons: None, app: CustomerApp, station: Station, shelved: Shelve, bus: LightMockFactory, hands: Hands
) -> None:
    parcel = shelved(SF)
    async with app.run_test(size=(48, 14)) as pilot:
        await settled(pilot, lambda: read_buttons(station.home.runtime()).buttons)
        bus.pin(17).drive_low()
        await settled(pilot, lambda: station.leases.callers() == ("screen",))
        app.scanned(parcel.code)
        await settled(pilot, lambda: app.state.found)
        hands.pass_time(20)
        bus.pin(27).drive_low()
        until_then = hands.seconds + station.settings.pick_up_light_s
        await settled(pilot, lambda: app.state.found and app.state.found.lit_until == until_then)


def test_lit_now_leaves_out_what_is_dark() -> None:
    state = CustomerState(Language.ENGLISH)
    look = Look(Colour.YELLOW, Pattern.SOLID)
    state.lit = (LitSession("a", look, ("1-1-1", "2-1-1"), 100), LitSession("b", look, ("1-1-2",), 100))
    assert "1-1-1" in state.others_line(50)
    state.dark = frozenset({"1-1-1", "1-1-2"})
    assert state.others_line(50) == "Lit now: ✚ yellow, steady 2-1-1"
    state.dark = frozenset({"1-1-1", "1-1-2", "2-1-1"})
    assert state.others_line(50) == ""


@in_a_loop
async def test_laundry_is_called_laundry_and_is_paid_for_first(app: CustomerApp, shelved: Shelve) -> None:
    laundry = shelved("", kind=Kind.LAUNDRY, price_fen=2990)
    async with app.run_test(size=(48, 14)) as pilot:
        app.scanned(laundry.code)
        await settled(pilot, lambda: "Your laundry is here" in shown(app))
        assert "First pay 29.90 yuan at the desk." in shown(app)
        app.scanned(laundry.waybill)
        await settled(pilot, lambda: "Something is to be paid first" in shown(app))


@in_a_loop
async def test_staff_can_be_called_whatever_the_screen_shows(
    app: CustomerApp, station: Station, shelved: Shelve
) -> None:
    parcel = shelved(SF)
    async with app.run_test(size=(48, 14)) as pilot:
        for wrong in range(6):  # the terminal has to wait now
            app.scanned(f"9-9-{wrong:04d}")
        app.jobs.ask(lambda station: 1 // 0)
        await settled(pilot, lambda: "cannot do this now" in shown(app))
        for scan in (None, parcel.code, SF):
            if scan:
                app.scanned(scan)
            await pilot.press("f1")
            await settled(pilot, lambda: station.leases.callers() == ("screen",))
            await settled(pilot, lambda: "✔ Staff are called" in shown(app))
            answer_calls(station)
            await settled(pilot, lambda: "Staff are on their way" in shown(app))


@in_a_loop
async def test_large_text_by_key_by_card_and_by_the_owner(app: CustomerApp, shelved: Shelve, hands: Hands) -> None:
    parcel = shelved(SF)
    async with app.run_test(size=(48, 14)) as pilot:
        app.scanned(parcel.code)
        await settled(pilot, lambda: "F4 large" in shown(app))
        await pilot.press("f4")
        await settled(pilot, lambda: "F4 small" in shown(app) and "The light shines" in shown(app))
        app.scanned("LARGE")
        await settled(pilot, lambda: "F4 large" in shown(app))
        app.scanned("LARGE")
        await settled(pilot, lambda: app.state.large)
        hands.pass_time(200)
        await settled(pilot, lambda: not app.state.large)  # the next person's screen is the owner's choice


def test_the_owner_chooses_language_and_large_text(reset: Callable[[str, str], Station]) -> None:
    station = reset("large_text = false", 'large_text = true\nlanguage = "zh"')
    app = CustomerApp(station, NoLights)
    assert app.state.large and app.state.language is Language.CHINESE
