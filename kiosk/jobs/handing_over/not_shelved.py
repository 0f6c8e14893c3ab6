"""A customer asks for a parcel that is not put away yet: staff are called to where they stand, once."""

from collections.abc import Iterable
from datetime import timedelta

from kiosk.jobs.staff.call_staff import call_staff
from kiosk.jobs.station import Station
from kiosk.store.actions import was_called_for
from kiosk.store.tables.parcels import Parcel

CALL_AGAIN = timedelta(minutes=5)  # staff came and the parcel still waits: scanning on calls nobody before that


def call_for(station: Station, parcels: Iterable[Parcel]) -> None:
    """Whoever scans again, because nothing seems to happen, calls nobody twice."""
    since = station.stamp(ago=CALL_AGAIN)
    new = [one.id for one in parcels if not was_called_for(station.conn, one.id, station.terminal, since)]
    if new:
        call_staff(station, waits_for=new)
