"""Whatever ends the work at a desk says what became of the parcel that was taken in last."""

from collections.abc import Iterator

import pytest

from hardware.tones import Tone
from kiosk.home import StationHome
from kiosk.jobs.staff.register import make_badge
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.states import State
from kiosk.screens.desk.app import DeskApp
from kiosk.store.tables.parcels import by_waybill
from kiosk.text import Language
from tests.conftest import Hands
from tests.jobs.asking import colleague, done
from tests.loop import in_a_loop
from tests.screens.running import NoLights, settled

SF, YTO, STO = "SF1000000000001", "YT1000000000001", "773000000000001"


@pytest.fixture
def desk(home: StationHome, hands: Hands) -> Iterator[DeskApp]:
    app = DeskApp(open_station(home, terminal="desk", who="staff", clock=hands.clock), NoLights)
    app.state.language = Language.ENGLISH
    yield app
    app.close()


def text(app: DeskApp, place: str) -> str:
    return " ".join(str(app.pane.lines[place].render()).split())


def state(station: Station, waybill: str) -> State:
    return State(by_waybill(station.conn, waybill)[0].state)


@in_a_loop
async def test_f7_names_the_last_parcel_of_the_batch(desk: DeskApp, station: Station) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        for scan in ("batch STO 1", STO):
            desk.scanned(scan)
        await pilot.press("f7")
        await settled(pilot, lambda: "CLOSED" in text(desk, "bar"))
        assert f"Before: {STO} is put away in" in text(desk, "lines")
        assert state(station, STO) == State.SHELVED


@in_a_loop
async def test_f12_at_a_desk_that_nobody_locks(desk: DeskApp, station: Station) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.scanned(SF)
        await pilot.press("f12")
        await settled(pilot, lambda: "PUT AWAY" in text(desk, "bar") and "No staff" in text(desk, "list"))
        assert state(station, SF) == State.SHELVED


@in_a_loop
@pytest.mark.parametrize("leave", ["key", "time", "colleague"])
async def test_who_locks_or_is_locked_out_leaves_nothing_behind(
    desk: DeskApp, station: Station, hands: Hands, leave: str
) -> None:
    colleague(station, "7", "Wang", Role.CLERK, "135791")
    colleague(station, "8", "Li", Role.CLERK, "246802")
    badge = done(make_badge(station, "8")).text
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: desk.state.locked)
        desk.scanned("7 135791")
        await settled(pilot, lambda: not desk.state.locked)
        desk.scanned(SF)
        await settled(pilot, lambda: "CHECKED IN" in text(desk, "bar"))
        if leave == "colleague":
            desk.scanned(badge)
            desk.scanned(YTO)
            await settled(pilot, lambda: YTO in text(desk, "lines"))
        else:
            hands.pass_time(301 if leave == "time" else 0)
            await pilot.press(*(["f12"] if leave == "key" else []))
            await settled(pilot, lambda: desk.state.locked)
        assert state(station, SF) == State.SHELVED


@in_a_loop
async def test_the_end_of_the_program_confirms_it_too(desk: DeskApp, station: Station) -> None:
    async with desk.run_test(size=(80, 24)) as pilot:
        desk.scanned(SF)
        await settled(pilot, lambda: "CHECKED IN" in text(desk, "bar"))
    desk.close()
    assert state(station, SF) == State.SHELVED


@in_a_loop
async def test_the_end_of_a_locked_desk_writes_nothing(desk: DeskApp, station: Station) -> None:
    colleague(station, "7", "Wang", Role.CLERK, "135791")
    async with desk.run_test(size=(80, 24)) as pilot:
        await settled(pilot, lambda: desk.state.locked)
    events = station.conn.execute("SELECT count(*) FROM events").fetchone()
    desk.close()
    assert station.conn.execute("SELECT count(*) FROM events").fetchone() == events


@in_a_loop
async def test_a_slot_too_small_is_amber_and_the_same_again_is_where_it_lies(desk: DeskApp, station: Station) -> None:
    async with desk.run_test(size=(100, 24)) as pilot:
        for scan in (SF, "SLOT:1-5-4"):
            desk.scanned(scan)
        await settled(pilot, lambda: "NOT PUT AWAY" in text(desk, "bar"))
        assert "too small" in text(desk, "lines") and "once more" in text(desk, "lines")
        desk.scanned(YTO)
        await settled(pilot, lambda: f"NOT put away: {SF} (1-5-4" in text(desk, "lines"))
        assert state(station, SF) == State.CHECKED_IN
        desk.scanned(SF)
        await settled(pilot, lambda: "SCANNED AGAIN" in text(desk, "bar"))
        assert f"Before: {YTO} is put away" in text(desk, "lines")
        desk.scanned("SLOT:1-5-4")
        await settled(pilot, lambda: "PUT AWAY" in text(desk, "bar") and "though" in text(desk, "lines"))
        assert by_waybill(station.conn, SF)[0].slot == "1-5-4"


@in_a_loop
async def test_a_forgotten_parcel_is_heard_and_seen_at_every_desk(
    desk: DeskApp, station: Station, second_desk: Station, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Tone] = []
    check_in(second_desk, recognise(SF), Particulars())
    async with desk.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(desk.sounds, "play", heard.append)
        hands.pass_time(61)
        await settled(pilot, lambda: f"Not put away: {SF}" in text(desk, "banner"))
        assert heard == [Tone.ATTENTION]
        for scan in (SF, "SLOT:2-2-2"):
            desk.scanned(scan)
        await settled(pilot, lambda: "Not put away" not in text(desk, "banner"))
        assert state(station, SF) == State.SHELVED
