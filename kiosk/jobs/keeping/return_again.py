"""A parcel that was in return when it went missing is in return again when it is back."""

from kiosk.jobs.station import Station
from kiosk.parcels.states import Event
from kiosk.store.tables.parcels import Parcel


def return_again(station: Station, parcel: Parcel) -> None:
    """No single event leads from missing to return: this one follows the other. Call inside a transaction."""
    station.record(Event.START_RETURN, parcel, {"hold_reason": None, "hold_note": None}, facts={"follows": True})
