"""The last parcel that was taken in at a terminal: no next one confirms it, so whatever ends the work there does; and
the parcels that nobody confirms."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple, TypeVar, cast

from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.put_away import PutAway, confirm_put_away, pending, put_light_out, shelve_as_proposed
from kiosk.jobs.ways_out import Backout
from kiosk.parcels.problems import Refused
from kiosk.parcels.roles import may
from kiosk.parcels.states import Event
from kiosk.store.actions import refused_place
from kiosk.store.tables.slots import waiting_for_place

FORGOTTEN_AFTER = timedelta(minutes=1)
MOST = 50  # parcels that are looked at: more are a station that does not work so
T = TypeVar("T")


class Waiting(NamedTuple):
    """A parcel that is not put away: longer than it takes, or because its slot would not do (`refused`).

    `slot`: where it was to be put.
    """

    parcel_id: int
    waybill: str
    slot: str
    refused: Refused | None


def put_away_last(station: Station) -> PutAway | Refused | None:
    """Whoever works at this terminal leaves: the parcel taken in last lies where its light is. None where none waits,
    or nobody is there who may say so."""
    may_say = may(station.role, Event.SHELVE) and station.is_in_standing()
    return confirm_put_away(station) if may_say else None


def with_last_parcel(station: Station, job: Callable[[Station], T]) -> tuple[T, PutAway | Refused | None]:
    """A job that ends the work at hand: where it is done, the parcel taken in last is put away with it."""
    if not (may(station.role, Event.SHELVE) and station.is_in_standing()):
        return job(station), None
    try:
        with station.together() as whole:
            parcel = pending(whole)
            confirmed = shelve_as_proposed(whole, parcel) if parcel else None
            done = job(whole)
            if isinstance(done, Refused):
                raise Backout(done)
    except Backout as nothing_written:
        return cast(T, nothing_written.refused), None
    if parcel and confirmed:
        put_light_out(station, parcel, confirmed)
    return done, confirmed


def told_of(last: PutAway | Refused | None) -> tuple[str, str] | Refused | None:
    """Waybill and slot, or why not: for the answer that it goes along with."""
    return (last.waybill, last.slot) if isinstance(last, PutAway) else last


def not_put_away(station: Station) -> tuple[Waiting, ...]:
    """Parcels of all terminals that somebody has to see to, the oldest first; MOST of them at most."""
    late = station.stamp(ago=FORGOTTEN_AFTER)
    waiting = (
        (parcel, refused_place(station.conn, parcel.id), since)
        for parcel, since in waiting_for_place(station.conn, MOST)
    )
    return tuple(
        Waiting(parcel.id, parcel.numbered_waybill, parcel.proposed_slot or "", refused)
        for parcel, refused, since in waiting
        if refused is not None or since <= late
    )
