"""All parcels of one person are handed over at once, but for those that may not leave."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.jobs.allowed import allowed, refuse
from kiosk.jobs.handing_over.check_out import light_off, over_the_shelf, put_on_record, why_not_out
from kiosk.jobs.shelf.listed import ListedParcel, listed
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.states import Event
from kiosk.store.lease_book.sessions import Purpose, Session
from kiosk.store.tables.parcels import Parcel, by_id


@dataclass(frozen=True, slots=True)
class AllHandedOver:
    """On record. `parcels` as they lay before; `stayed`: what is held, to be paid, out, expected or not to be found."""

    parcels: tuple[ListedParcel, ...]
    stayed: tuple[ListedParcel, ...]


@allowed(Event.CHECK_OUT)
def hand_over_all(station: Station, parcel_ids: Sequence[int], proxy: str | None = None) -> AllHandedOver | Refused:
    """Staff vouch for the person. `proxy`: who collects for them, with all of it."""
    if station.role is Role.CUSTOMER:
        return refuse(station, Event.CHECK_OUT)
    handed: list[tuple[Parcel, Session | None]] = []
    stayed: list[Parcel] = []
    with station.transaction():
        for number in dict.fromkeys(parcel_ids):
            lying = by_id(station.conn, number)
            parcel = over_the_shelf(station, lying)
            session = station.leases.session_of(number, Purpose.PICK_UP)
            if isinstance(parcel, Refused) or why_not_out(parcel, session, at_counter=True) is not None:
                stayed.append(lying)
                continue
            put_on_record(station, parcel, session, proxy)
            handed.append((parcel, session))
        gone = tuple(listed(station, parcel) for parcel, _ in handed)
        answer = station.keep(AllHandedOver(gone, tuple(listed(station, parcel) for parcel in stayed)))
    for parcel, session in handed:
        light_off(station, parcel, session, at_counter=True)
    return answer if handed or stayed else Refused(Problem.NO_PARCEL_AT_HAND)
