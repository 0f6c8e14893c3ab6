"""A call for staff: it hides no slot, is taken back, and is nothing that the next person sees."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kiosk.jobs.handing_over.pick_up import Found, FoundParcel
from kiosk.jobs.staff.call_staff import answer_calls
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.looks import SESSION_LOOKS
from kiosk.screens.customer.app import CustomerApp
from kiosk.screens.customer.state import CustomerState
from kiosk.text import Language
from tests.conftest import Hands
from tests.loop import in_a_loop
from tests.screens.running import settled, shown

Shelve = Callable[..., CheckedIn]
SF = "SF1000000000001"


def found(session: str) -> Found:
    parcel = FoundParcel(1, "3-2-0147", "3-2-4")
    return Found(session, SESSION_LOOKS[0], (parcel,), 0, 160.0, datetime(2026, 11, 22, tzinfo=UTC))


@pytest.mark.parametrize("key", ["f1", "escape"])
@in_a_loop
async def test_the_slot_stays_and_the_call_is_taken_back(
    app: CustomerApp, station: Station, shelved: Shelve, key: str
) -> None:
    parcel = shelved(SF)
    async with app.run_test(size=(40, 12)) as pilot:
        app.scanned(parcel.code)
        await settled(pilot, lambda: "Your parcel is here" in shown(app))
        await pilot.press("f1")
        await settled(pilot, lambda: station.leases.callers() == ("screen",))
        assert "✔ Staff are called. F1: not any more" in shown(app) and parcel.slot in shown(app)
        await pilot.press(key)
        await settled(pilot, lambda: station.leases.callers() == ())
        await settled(pilot, lambda: "The call is taken back" in shown(app))
        assert parcel.slot in shown(app) and "on their way" not in shown(app)
        await pilot.press("f1")
        await settled(pilot, lambda: station.leases.callers() == ("screen",))
        answer_calls(station)
        await settled(pilot, lambda: "✔ Staff are on their way" in shown(app))
        assert parcel.slot in shown(app)


@in_a_loop
async def test_from_the_idle_screen_it_is_taken_back_within_half_a_minute(
    app: CustomerApp, station: Station, hands: Hands
) -> None:
    async with app.run_test(size=(48, 14)) as pilot:
        await pilot.press("f1")
        await settled(pilot, lambda: "F1 or Esc takes the call back." in shown(app))
        await pilot.press("escape")
        await settled(pilot, lambda: station.leases.callers() == () and "Scan or type" in shown(app))
        await pilot.press("f1")
        await settled(pilot, lambda: station.leases.callers() == ("screen",))
        hands.pass_time(31)
        await pilot.press("escape")
        await settled(pilot, lambda: "Scan or type" in shown(app))
        assert station.leases.callers() == ("screen",)
        await pilot.press("f1")  # said once more, for somebody who doubts it
        await settled(pilot, lambda: "Staff are called" in shown(app))
        assert station.leases.callers() == ("screen",)


def test_it_does_not_stay_over_the_next_customer() -> None:
    state = CustomerState(Language.ENGLISH)
    state.show_found(found("one"))
    state.ask_for_staff(100.0)
    state.call.booked(True)
    state.show_found(found("one"))
    assert "Staff are called" in state.notice(101)
    state.show_found(found("two"))
    assert state.notice(102) == ""
    state.look_for_staff(False, 103)  # answered
    assert state.notice(103) == "" and state.face("", 103).big == "3-2-4"


def test_whoever_called_before_searching_is_the_same_person_for_half_a_minute() -> None:
    for later, seen in ((120.0, True), (140.0, False)):
        state = CustomerState(Language.ENGLISH)
        state.ask_for_staff(100.0)
        state.call.booked(True)
        state.touch(later)
        state.show_found(found("one"))
        assert ("Staff are called" in state.notice(later)) is seen


def test_after_minutes_without_an_answer_the_telephone_is_shown() -> None:
    state = CustomerState(Language.ENGLISH, phone="400-880-1234")
    state.ask_for_staff(100.0)
    state.call.booked(True)
    state.touch(260.0)
    state.pass_time(279.0)
    assert "400-880-1234" not in "\n".join(line.text for line in state.face("", 279).detail)
    assert "Nobody came? Phone 400-880-1234" in [line.text for line in state.face("", 280).detail]
    state.pass_time(291.0)
    assert state.idle and state.notice(291) == "✔ Nobody came? Phone 400-880-1234"
    state.pass_time(2000.0)
    assert state.notice(2000) == ""


def test_old_news_of_the_book_answers_no_call() -> None:
    """A glance from before the call says that nobody waits; one from before the withdrawal that somebody does."""
    state = CustomerState(Language.ENGLISH)
    state.ask_for_staff(100.0)
    state.look_for_staff(False, 100.1)
    assert "Staff are called" in state.face("", 100.1).headline
    state.call.booked(True)
    state.take_call_back(101.0)
    state.look_for_staff(True, 101.1)
    state.call.booked(False)
    state.look_for_staff(False, 101.2)
    assert state.idle and state.notice(101.2) == "The call is taken back"
