"""At the counter: somebody knows the end of their phone number and one more thing."""

from dataclasses import dataclass

from kiosk.jobs.shelf.listed import ListedParcel, listed
from kiosk.jobs.shelf.walk import light_walk
from kiosk.jobs.station import Station
from kiosk.parcels.canonical import canonical
from kiosk.parcels.codes import plain
from kiosk.parcels.couriers import read_courier
from kiosk.parcels.looks import Look
from kiosk.parcels.problems import Problem, Refused
from kiosk.store.tables.parcels import Parcel, by_tail


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """Parcels in custody that fit both facts; their slots are lit."""

    parcels: tuple[ListedParcel, ...]
    look: Look | None = None


_SHORTEST_FACT = 3  # characters of a waybill or code


def find_person(station: Station, tail: str, fact: str) -> PeopleFound | Refused:
    """`tail`: the last 4 digits of the phone; `fact`: the courier, or a part of the waybill or of the code."""
    fact = plain(fact).strip()
    courier = read_courier(fact)
    if courier is None and len(fact) < _SHORTEST_FACT:
        return Refused(Problem.NEEDS_SECOND_FACT)
    found = [parcel for parcel in by_tail(station.conn, tail) if _fits(parcel, courier, fact)]
    if not found:
        return Refused(Problem.NOBODY_FITS)
    look = light_walk(station, [(parcel.id, parcel.slot) for parcel in found if parcel.slot])
    return PeopleFound(tuple(listed(station, parcel) for parcel in found), look)


def _fits(parcel: Parcel, courier: str | None, fact: str) -> bool:
    if courier is not None:
        return parcel.courier == courier
    return any(fact in number for number in _numbers(parcel))


def _numbers(parcel: Parcel) -> list[str]:
    numbers = [number for number in (parcel.waybill, parcel.second_waybill) if number]
    return [*numbers, *map(canonical, numbers), parcel.code or ""]
