"""What the tests of the staff's jobs share."""

from typing import TypeVar

from kiosk.jobs.staff.register import add_staff
from kiosk.jobs.staff.sign_in import SignedIn, choose_pin
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.store.tables.parcels import Parcel, by_waybill

T = TypeVar("T")


def done(answer: T | Refused) -> T:
    assert not isinstance(answer, Refused), answer
    return answer


def why(answer: object) -> Problem:
    assert isinstance(answer, Refused), answer
    return answer.problem


def row(station: Station, waybill: str) -> Parcel:
    return by_waybill(station.conn, waybill)[0]


def colleague(station: Station, number: str, name: str, role: Role, pin: str) -> SignedIn:
    """Works here, and has signed in once: the PIN is their own."""
    one = done(add_staff(station, number, name, role, "739204"))
    given = SignedIn(number, name, role, pin_must_change=True, standing=one.standing)
    return done(choose_pin(station, given, f"{pin} {pin}"))
