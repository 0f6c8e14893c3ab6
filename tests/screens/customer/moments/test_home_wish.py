"""The wish that what was found be brought to the door: asked once, seen whenever the code comes, taken back there."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kiosk.jobs.handing_over.pick_up import Found, FoundParcel
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.looks import SESSION_LOOKS
from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.customer.app import CustomerApp
from kiosk.screens.customer.moments.home_wish import HomeDelivery, HomeKey, question, wish
from kiosk.screens.customer.state import CustomerState
from kiosk.store.tables.parcels import by_waybill
from kiosk.text import Language, words
from tests.loop import in_a_loop
from tests.screens.running import settled, shown

Shelve = Callable[..., CheckedIn]
SF, YTO = "SF1000000000001", "YT1000000000001"
OFFERED = HomeDelivery(True, 200)


def found(count: int, *, to_door: int = 0) -> Found:
    parcels = tuple(FoundParcel(n, f"3-2-014{n}", f"3-2-{n + 1}", to_door=n < to_door) for n in range(count))
    return Found("s", SESSION_LOOKS[0], parcels, 0, 160.0, datetime(2026, 11, 22, tzinfo=UTC))


def wishes(station: Station) -> list[bool]:
    return [by_waybill(station.conn, waybill)[0].delivery_requested_at is not None for waybill in (SF, YTO)]


@in_a_loop
async def test_it_is_asked_once_kept_seen_again_and_taken_back(
    app: CustomerApp, station: Station, shelved: Shelve
) -> None:
    parcel, _ = shelved(SF), shelved(YTO)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3", "f3")
        app.scanned(parcel.code)
        await settled(pilot, lambda: "F3 to my door" in shown(app))
        await pilot.press("f3")
        await settled(pilot, lambda: "Deliver 1 parcel to your door? F3 again: yes" in shown(app))
        assert parcel.slot in shown(app) and wishes(station) == [False, False]
        await pilot.press("f3")
        await settled(pilot, lambda: "1 parcel goes to your door" in shown(app))
        assert wishes(station) == [True, False]
        assert parcel.slot in shown(app) and "Take it" not in shown(app)
        await pilot.press("escape")
        await settled(pilot, lambda: app.state.idle)
        await pilot.press("f3", "f3")  # it is not offered: it does nothing
        app.scanned(parcel.code)
        await settled(pilot, lambda: "1 parcel goes to your door" in shown(app) and "F3 not to my door" in shown(app))
        assert wishes(station) == [True, False]
        await pilot.press("f3")
        await settled(pilot, lambda: "Taken back: nothing goes to your door." in shown(app))
        assert wishes(station) == [False, False] and parcel.slot in shown(app) and "Take it" in shown(app)


@pytest.mark.parametrize("other", ["escape", "f1", "f4", "1", "enter"])
@in_a_loop
async def test_anything_but_its_key_leaves_the_question_and_the_face(
    app: CustomerApp, station: Station, shelved: Shelve, other: str
) -> None:
    parcel, _ = shelved(SF), shelved(YTO)
    async with app.run_test(size=(80, 24)) as pilot:
        app.scanned(parcel.code)
        await settled(pilot, lambda: "F3 to my door" in shown(app))
        await pilot.press("f3", other)
        await settled(pilot, lambda: "Deliver 1 parcel" not in shown(app))
        await pilot.press("f3")
        await settled(pilot, lambda: "Deliver 1 parcel" in shown(app))
        assert parcel.slot in shown(app) and wishes(station) == [False, False]


def test_the_key_does_nothing_while_it_is_not_offered() -> None:
    nowhere, idle, covered = (
        CustomerState(Language.ENGLISH),
        *(CustomerState(Language.ENGLISH, delivery=OFFERED) for _ in range(2)),
    )
    nowhere.show_found(found(1))
    covered.show_found(found(1))
    covered.show_passing(Refused(Problem.NO_SUCH_CODE), 100.0)
    for state in (nowhere, idle, covered):
        assert [state.press_home_key() for _ in range(3)] == [HomeKey.NONE] * 3
        assert not any("F3" in keys for keys in state.keys_lines())
    covered.pass_time(104.0)
    assert [covered.press_home_key() for _ in range(2)] == [HomeKey.ASK, HomeKey.CONFIRM]


def test_what_is_asked_agrees_in_number_and_names_the_whole_price() -> None:
    english, chinese = words(Language.ENGLISH), words(Language.CHINESE)
    assert question(english, found(1), OFFERED) == "Deliver 1 parcel to your door, 2.00 yuan? F3 again: yes"
    assert question(english, found(3), OFFERED) == "Deliver 3 parcels to your door, 6.00 yuan? F3 again: yes"
    assert question(english, found(3, to_door=2), OFFERED).startswith("Deliver 1 parcel to your door, 2.00 yuan?")
    assert question(english, found(3), HomeDelivery(True)) == "Deliver 3 parcels to your door? F3 again: yes"
    assert question(chinese, found(3), OFFERED) == "3 件送上门，共 6.00 元？再按 F3 确认"
    assert [wish(english, found(2, to_door=count)) for count in range(3)] == [
        "", "✔ 1 parcel goes to your door", "✔ 2 parcels go to your door",
    ]  # fmt: skip
