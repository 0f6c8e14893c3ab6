"""What ends by itself on the customer screen says so before, and is held by any key."""

from datetime import UTC, datetime

import pytest

from hardware.scanners import wedge
from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.handing_over.glance import LitSession
from kiosk.jobs.handing_over.pick_up import Found, FoundParcel
from kiosk.parcels.looks import Colour, Look, Pattern
from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.customer.lines import Matters
from kiosk.screens.customer.moments.passing import Broken, Passing, StaffCalled, StaffComing
from kiosk.screens.customer.state import TYPED_S, CustomerState
from kiosk.text import Language

REFUSED = Refused(Problem.NO_SUCH_CODE)
ALARM = Refused(Problem.NOT_IN_SESSION, slot="9-9-9", waybill="SF9")
OTHER = Look(Colour.YELLOW, Pattern.BLINK)
LOOK = Look(Colour.SKY, Pattern.SOLID)
FOUND = Found("s", LOOK, (FoundParcel(1, "3-2-0147", "3-2-4"),), 0, 160.0, datetime(2026, 11, 22, tzinfo=UTC))


def said(state: CustomerState, now: float, typed: str = "") -> str:
    face = state.face(typed, now)
    return "\n".join([face.headline, *(line.text for line in face.detail)])


@pytest.mark.parametrize(
    "passing", [REFUSED, StaffCalled(), StaffComing(), Broken(), HandedOver("SF1", "3-2-0147", "3-2-4", None, ())]
)
def test_whatever_passes_by_itself_says_so_20_s_before_and_any_key_keeps_it(passing: Passing) -> None:
    """WCAG 2.2.1: a warning, at least 20 seconds to answer it with a simple action, at least ten times."""
    state = CustomerState(Language.ENGLISH)
    state.show_passing(passing, 100.0)
    headline = state.face("", 100).headline
    now = 100.0
    for _ in range(10):
        assert "Closes in" not in said(state, now + 9)
        assert "Closes in 20 s. Press any key to keep it" in said(state, now + 10)
        now += 29.5
        state.pass_time(now)
        state.touch(now)
        assert state.face("", now).headline == headline
    state.pass_time(now + 30)
    assert state.idle


def test_the_light_is_warned_of_on_a_message_too_and_whose_it_is() -> None:
    state = CustomerState(Language.ENGLISH)
    state.show_found(FOUND)
    state.show_passing(REFUSED, 137.0)
    assert "goes off" not in said(state, 139.5)
    assert "Light at 3-2-4 goes off in 20 s. Press any key for more time" in said(state, 140)


def test_the_second_try_is_shown_as_large_as_the_first() -> None:
    state = CustomerState(Language.ENGLISH)
    state.show_passing(REFUSED, 135.0)
    assert state.face("3-2", 136).big == "3-2" == state.face(" 3-2 ", 136).big
    assert state.face(" ", 136).big == "" and CustomerState(Language.ENGLISH).face("  ", 136).big == ""
    state.touch(136.0)
    assert "Keep typing: cleared in 20 s" in said(state, 146, "3-2")


@pytest.mark.parametrize(
    "passing",
    [REFUSED, ALARM, Broken(), HandedOver("SF9", "9-9-0009", "9-9-9", None, ())],
    ids=lambda passing: type(passing).__name__,
)
def test_anothers_scan_hides_the_slot_for_4_s_at_most_and_leaves_a_line(passing: Passing) -> None:
    """However often a key is pressed meanwhile."""
    state = CustomerState(Language.ENGLISH)
    state.show_found(FOUND)
    state.show_passing(passing, 100.0)
    for now in (101.0, 102.5, 103.9):
        state.touch(now)
        state.pass_time(now)
        assert state.face("", now).big == ""
    state.pass_time(104.0)
    assert state.face("", 104).big == "3-2-4"
    if not isinstance(passing, HandedOver):
        told = state.face("", 104).detail
        assert any(line.matters is Matters.OTHER_CODE for line in told)
        assert not any(line.matters is Matters.OTHER_CODE for line in state.face("", 131).detail)


def test_the_last_hand_over_of_a_search_ends_it_at_once_and_stays() -> None:
    state = CustomerState(Language.ENGLISH)
    state.show_found(FOUND)
    state.show_passing(HandedOver("SF1", "3-2-0147", "3-2-4", None, ()), 100.0)
    state.pass_time(120)
    assert "You have it. Thank you" in said(state, 120) and state.session is None


def test_an_alarm_speaks_of_its_own_light_alone() -> None:
    state = CustomerState(Language.ENGLISH, alarm_s=2)
    state.lit = (LitSession("other", LOOK, ("1-1-1",), 500.0),)
    state.show_found(FOUND)
    state.show_passing(ALARM, 145.0)
    assert "goes off" not in said(state, 146) and state.others_line(146) == ""
    assert "where the light blinks red" in said(state, 146) and "red" not in said(state, 147)
    state.dark = frozenset({"9-9-9"})
    assert "red" not in said(state, 146)


def test_nobody_is_accused_where_nobody_searches() -> None:
    state = CustomerState(Language.ENGLISH)
    state.show_passing(ALARM, 100.0)
    assert "Scan its pickup code first" in said(state, 101)
    state.lit = (LitSession("other", LOOK, ("1-1-1",), 90.0),)  # its light is off
    state.show_passing(ALARM, 100.0)
    assert "Scan its pickup code first" in said(state, 101)
    state.lit = (LitSession("other", LOOK, ("1-1-1",), 500.0),)
    state.show_passing(ALARM, 100.0)
    assert "this may be the wrong parcel" in said(state, 101)


def test_a_second_search_in_a_minute_keeps_the_number_of_the_first() -> None:
    state = CustomerState(Language.ENGLISH)
    state.show_found(FOUND)
    second = Found("t", OTHER, (FoundParcel(2, "5-1-0009", "5-1-9"),), 0, 170.0, FOUND.expires_at)
    state.show_found(second)
    assert state.face("", 110).big == "5-1-9" and "Before: ❖ 3-2-4" in said(state, 110)
    state.show_found(Found("u", OTHER, (FoundParcel(3, "6-1-0009", "6-1-9"),), 0, 170.0, FOUND.expires_at))
    assert "Before: ❖ 3-2-4, ✚ 5-1-9" in said(state, 110) and state.others_line(110, 80) == ""
    assert "3-2-4" not in said(state, 161)  # its light is off
    state.lit = ()  # both have been handed over
    assert "Before" not in said(state, 110)


def test_one_of_several_hand_overs_gives_way_to_what_is_still_to_be_taken() -> None:
    state = CustomerState(Language.ENGLISH)
    state.show_found(FOUND)
    state.show_passing(HandedOver("SF1", "3-2-0147", "3-2-4", "s", FOUND.parcels), 100.0)
    state.pass_time(104)
    assert "Your parcel is here" in said(state, 104)


@pytest.mark.parametrize("is_found", [False, True], ids=["idle", "found"])
def test_what_is_typed_and_left_is_forgotten_with_a_warning(is_found: bool) -> None:
    assert wedge._STALE_S == TYPED_S
    state = CustomerState(Language.ENGLISH)
    if is_found:
        state.show_found(FOUND)
    state.touch(100.0)
    assert "cleared" not in said(state, 109, "3-2")
    assert "Keep typing: cleared in 20 s" in said(state, 110, "3-2")
    assert is_found or "20 秒后清除" in said(state, 110, "3-2")
