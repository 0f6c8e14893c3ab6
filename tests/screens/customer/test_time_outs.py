"""What ends by itself on the customer screen says so before, and is held by any key."""

from datetime import UTC, datetime

import pytest

from hardware.scanners import wedge
from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.handing_over.pick_up import Found, FoundParcel
from kiosk.parcels.looks import Colour, Look, Pattern
from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.customer.state import TYPED_S, Broken, CustomerState, Passing, StaffCalled, StaffComing
from kiosk.text import Language

REFUSED = Refused(Problem.NO_SUCH_CODE)
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
        assert "Goes away" not in said(state, now + 9)
        assert "Goes away in 20 s: any key keeps it" in said(state, now + 10)
        now += 29.5
        state.pass_time(now)
        state.touch(now)
        assert state.face("", now).headline == headline
    state.pass_time(now + 30)
    assert state.idle


def test_the_light_is_warned_of_on_a_message_too_and_what_is_typed_is_seen() -> None:
    state = CustomerState(Language.ENGLISH)
    state.show_found(FOUND)
    state.show_passing(REFUSED, 135.0)
    assert "Light off" not in said(state, 139.5)
    assert "Light off in 20 s: any key extends" in said(state, 140)
    assert said(state, 140, "3-2").startswith("✖ That does not fit\n> 3-2")


def test_one_of_several_hand_overs_gives_way_to_what_is_still_to_be_taken() -> None:
    state = CustomerState(Language.ENGLISH)
    state.show_found(FOUND)
    state.show_passing(HandedOver("SF1", "3-2-0147", "3-2-4", "s", FOUND.parcels), 100.0)
    state.pass_time(106)
    assert "Your parcel is here" in said(state, 106)


def test_what_is_typed_and_left_is_forgotten_with_a_warning() -> None:
    assert wedge._STALE_S == TYPED_S
    state = CustomerState(Language.ENGLISH)
    state.touch(100.0)
    assert "forgotten" not in said(state, 109, "3-2")
    assert "forgotten in 20 s" in said(state, 110, "3-2") and "20 秒后清除" in said(state, 110, "3-2")
