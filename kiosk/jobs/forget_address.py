"""Addresses are kept only as long as somebody has to walk there."""

from kiosk.jobs.station import Station
from kiosk.store.tables.contacts import set_address
from kiosk.store.tables.parcels import wants_delivery


def forget_address(station: Station, contact_id: int | None) -> None:
    """Erase the address unless another parcel of the same person is still to be brought home. In a transaction."""
    if contact_id is not None and not wants_delivery(station.conn, contact_id):
        set_address(station.conn, station.key, contact_id, None)
