from collections.abc import Iterator

import pytest

from hardware.mocks.lightmock import LightMockFactory
from hardware.tones import Tone
from kiosk.button_status import read_buttons
from kiosk.counter.search import search
from kiosk.home import StationHome
from kiosk.jobs.people.reveal import Revealed, reveal
from kiosk.jobs.staff.call_staff import call_staff
from kiosk.jobs.staff.register import add_staff
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.announce import announce
from kiosk.lights.owner import LightOwner
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.states import State
from kiosk.screens.desk.app import DeskApp
from kiosk.store.tables.parcels import by_waybill
from kiosk.text import Language, words
from kiosk.text.answers.any_answer import words_of
from kiosk.text.line_breaks import CLOSING
from tests.conftest import Hands
from tests.loop import in_a_loop
from tests.screens.rendered import rendered, squeezed
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
async def test_scan_put_scan(desk: DeskApp, station: Station) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.scanned("13800001234")
        await settled(pilot, lambda: "138 0000 1234" in text(desk, "form"))
        await pilot.press("f3", "f3")
        await settled(pilot, lambda: "size M" in " ".join(text(desk, "form").split()))
        desk.scanned(SF)
        await settled(pilot, lambda: "CHECKED IN" in text(desk, "bar"))
        # It went with that parcel, whatever is scanned next.
        assert "1234" not in text(desk, "form") and "size" in text(desk, "form")
        desk.scanned(YTO)
        await settled(pilot, lambda: YTO in text(desk, "lines"))
        first, second = by_waybill(station.conn, SF)[0], by_waybill(station.conn, YTO)[0]
        assert (first.state, second.state) == (State.SHELVED, State.CHECKED_IN)
        desk.scanned("SLOT:6-1-2")
        await settled(pilot, lambda: "PUT AWAY" in text(desk, "bar"))
        assert by_waybill(station.conn, YTO)[0].slot == "6-1-2"
        desk.scanned(SF)
        await settled(pilot, lambda: "PARCEL" in text(desk, "bar"))
        assert "*******1234" in text(desk, "lines") and "F5 hands it over" in text(desk, "lines")
        desk.scanned(first.code or "")
        await settled(pilot, lambda: len(text(desk, "list").splitlines()) == 1 + 5)
        assert "PARCEL" in text(desk, "bar") and "*******1234" in text(desk, "lines")


@in_a_loop
async def test_who_guessed_codes_is_on_the_desk_until_it_is_lifted(desk: DeskApp, other_terminal: Station) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        for number in range(5):
            search(other_terminal, recognise(f"9-9-{number:04d}"))
        await settled(pilot, lambda: "pickup codes at t2" in text(desk, "banner"))
        desk.scanned("lift t2")
        await settled(pilot, lambda: "PAUSES" in text(desk, "bar") and "t2" not in text(desk, "banner"))
        desk.state.language = Language.CHINESE
        desk.scanned("恢复")
        await settled(pilot, lambda: "目前没有暂停" in text(desk, "lines"))


@in_a_loop
async def test_a_customers_call_is_on_the_desk_until_answered(desk: DeskApp, other_terminal: Station) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        call_staff(other_terminal)
        await settled(pilot, lambda: "A customer calls at: t2" in text(desk, "banner"))
        await pilot.press("f1")
        await settled(pilot, lambda: other_terminal.leases.callers() == ())


@in_a_loop
async def test_a_typed_address_goes_with_the_next_parcel(desk: DeskApp, station: Station) -> None:
    async with desk.run_test(size=(100, 24)) as pilot:
        desk.scanned("wang@Example.org")
        await settled(pilot, lambda: "wang@example.org" in text(desk, "form"))
        desk.scanned(SF)
        await settled(pilot, lambda: "CHECKED IN" in text(desk, "bar"))
        assert "example" not in text(desk, "form")
        shown = reveal(station, recognise(SF))
        assert isinstance(shown, Revealed) and shown.email == "wang@example.org"


@in_a_loop
async def test_chinese_and_consent(desk: DeskApp) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2", "f4", "f4", "f4")
        await settled(pilot, lambda: "只送上门" in text(desk, "form"))
        desk.scanned(SF)
        await settled(pilot, lambda: "收件人只要送货上门" in text(desk, "lines"))
        assert "只送上门" in text(desk, "form")  # it has not come in: what was said is still said
        await pilot.press("f2")
        assert "home delivery only" in text(desk, "lines")


@in_a_loop
async def test_the_manifest_is_not_overruled_by_the_desk(desk: DeskApp, station: Station) -> None:
    announce(station, f"waybill,consent,size\n{SF},door_only,L\n{YTO},given,L\n".encode())
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.scanned(SF)
        await settled(pilot, lambda: "home delivery only" in text(desk, "lines"))
        desk.scanned("中通")
        await settled(pilot, lambda: "courier ZTO" in " ".join(text(desk, "form").split()))
        desk.scanned(YTO)
        await settled(pilot, lambda: "CHECKED IN" in text(desk, "bar"))
        assert "Its courier is YTO, not ZTO" in text(desk, "lines")
        (row,) = by_waybill(station.conn, YTO)
        assert (row.courier, row.size) == ("YTO", "L")


@in_a_loop
async def test_the_phone_of_an_odd_number_does_not_stick_to_the_next_parcel(desk: DeskApp, station: Station) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.scanned("13911112222")
        await pilot.press("f4")
        desk.scanned("ABC12345")
        desk.scanned(SF)
        await settled(pilot, lambda: SF in text(desk, "lines"))
        (odd,), (next_one,) = by_waybill(station.conn, "ABC12345"), by_waybill(station.conn, SF)
        assert odd.contact_id is not None and next_one.contact_id is None


@in_a_loop
async def test_what_the_desk_cannot_use_has_its_own_sentence(desk: DeskApp) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.scanned("XL")
        await settled(pilot, lambda: "does not know this word" in text(desk, "lines"))
        desk.scanned("SLOT:1-1-1")
        await settled(pilot, lambda: "1-1-1: 0 of 20" in text(desk, "lines"))
        desk.scanned("PK9:what is this")
        await settled(pilot, lambda: "This QR code is not ours" in text(desk, "lines"))


@in_a_loop
async def test_a_button_confirms_where_the_light_is(
    with_buttons: None, desk: DeskApp, station: Station, bus: LightMockFactory
) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: read_buttons(station.home.runtime()).buttons)
        push(bus, 27)  # nothing in hand: nothing happens
        await pilot.pause()
        desk.scanned(SF)
        await settled(pilot, lambda: "CHECKED IN" in text(desk, "bar"))
        push(bus, 27)
        await settled(pilot, lambda: "PUT AWAY" in text(desk, "bar"))
        assert by_waybill(station.conn, SF)[0].state == State.SHELVED
        assert station.leases.lit_slots() == ()


def push(bus: LightMockFactory, pin: int) -> None:
    bus.pin(pin).drive_low()
    bus.pin(pin).drive_high()


@in_a_loop
async def test_tones_tell_good_from_bad_and_doubtful(
    desk: DeskApp, other_terminal: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Tone] = []
    async with desk.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(desk.sounds, "play", heard.append)
        for scan in (SF, SF, "SLOT:6-1-2", "X-ODD-NUMBER-77", "9-9-0000"):
            desk.scanned(scan)
        await settled(pilot, lambda: len(heard) == 5)
        assert heard == [Tone.GOOD, Tone.GOOD, Tone.GOOD, Tone.ATTENTION, Tone.BAD]
        call_staff(other_terminal)
        await settled(pilot, lambda: len(heard) == 6)
        assert heard[-1] is Tone.ATTENTION


@in_a_loop
async def test_every_answer_is_broken_by_the_rules_of_its_language(desk: DeskApp) -> None:
    async with desk.run_test(size=(60, 24)) as pilot:
        await settled(pilot, lambda: desk.pane.size.width)
        for language in Language:
            desk.state.language = language
            for problem in Problem:
                refused = Refused(problem, slot="3-2-4", waybill=SF)
                told = words_of(words(language), refused)
                desk.state.last.clear()
                desk.state.take(refused)
                desk._show()
                await pilot.pause(0)
                rows = rendered(desk)
                shown = squeezed("".join(row.text for row in rows))
                assert squeezed("".join(told.lines)) in shown and told.word in "".join(row.text for row in rows)
                assert not any(row.text.strip().startswith(tuple(CLOSING)) for row in rows), problem


@in_a_loop
async def test_a_call_is_seen_and_answered_at_a_locked_desk_too(
    desk: DeskApp, station: Station, other_terminal: Station
) -> None:
    add_staff(station, "7", "Wang", Role.MANAGER, "135791")
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: desk.state.locked)
        call_staff(other_terminal)
        await settled(pilot, lambda: "A customer calls at: t2" in text(desk, "banner"))
        await pilot.press("f1")
        await settled(pilot, lambda: station.leases.callers() == ())
