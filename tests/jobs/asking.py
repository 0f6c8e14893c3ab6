"""What the tests of the staff's jobs share."""

from typing import TypeVar

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
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
