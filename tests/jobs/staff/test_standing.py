"""What opened a desk was changed: from that moment on it does nothing more, whoever is quicker."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.jobs.records.look_up import list_events
from kiosk.jobs.staff.pins import hashed_pin
from kiosk.jobs.staff.register import add_staff, change_staff, make_badge
from kiosk.jobs.staff.sign_in import SignedIn, choose_pin, sign_in_by_pin, sign_out, signed_in_as
from kiosk.jobs.station import Operation, Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.safety.verify import verify
from tests.jobs.asking import colleague, done, why

PIN, GIVEN = "271828", "482915"
Change = Callable[[Station], object]
CHANGES: dict[str, Change] = {
    "left": lambda station: change_staff(station, "8", left=True),
    "pin": lambda station: change_staff(station, "8", pin=GIVEN),
    "role": lambda station: change_staff(station, "8", role=Role.MANAGER),
    "badge": lambda station: make_badge(station, "8"),
}


@pytest.fixture
def person(station: Station) -> SignedIn:
    colleague(station, "7", "Wang", Role.MANAGER, "314159")
    return colleague(station, "8", "Li", Role.CLERK, PIN)


def desk_of(station: Station, person: SignedIn) -> Station:
    return replace(station, who=person.who, role=person.role, standing=person.standing)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_not_one_more_scan_is_done(station: Station, second_desk: Station, person: SignedIn, change: Change) -> None:
    mine = desk_of(second_desk, person)
    done(check_in(mine, recognise("SF1000000000001"), Particulars()))
    done(change(station))
    assert not mine.is_in_standing() and signed_in_as(station, person.number, person.standing) is None
    assert why(check_in(mine, recognise("SF1000000000002"), Particulars())) is Problem.SIGN_IN_AGAIN
    sign_out(mine)
    assert [(e.event, e.who) for e in list_events(station)][-2:] == [("refuse", "staff-8"), ("sign_out", "staff-8")]
    assert verify(station).violations == ()


def test_what_was_done_before_is_answered_again(station: Station, second_desk: Station, person: SignedIn) -> None:
    mine = replace(desk_of(second_desk, person), operation=Operation("once"))
    first = done(check_in(mine, recognise("SF1000000000001"), Particulars()))
    done(change_staff(station, "8", left=True))
    assert isinstance(first, CheckedIn) and check_in(mine, recognise("SF1000000000001"), Particulars()) == first


def test_a_pin_that_somebody_else_set_is_changed_first_by_whatever_command(station: Station) -> None:
    done(add_staff(station, "7", "Wang", Role.MANAGER, GIVEN))
    given = done(sign_in_by_pin(station, "7", GIVEN))
    assert given.pin_must_change
    own = done(choose_pin(station, given, f"{PIN} {PIN}"))
    assert not own.pin_must_change and desk_of(station, own).is_in_standing()
    assert not done(sign_in_by_pin(station, "7", PIN)).pin_must_change
    done(change_staff(station, "7", pin=GIVEN))
    assert done(sign_in_by_pin(station, "7", GIVEN)).pin_must_change
    assert why(choose_pin(station, own, "161803 161803")) is Problem.WRONG_PIN  # of before the reset
    assert verify(station).violations == ()


def test_a_weak_pin_of_an_older_version_opens_the_desk_once_more(station: Station, person: SignedIn) -> None:
    station.conn.execute("UPDATE staff SET pin_hash = ? WHERE number = '8'", (hashed_pin(station, "123456"),))
    weak = done(sign_in_by_pin(station, "8", "123456"))
    assert weak.pin_must_change
    assert not done(choose_pin(station, weak, f"{GIVEN} {GIVEN}")).pin_must_change
    assert verify(station).violations == ()
