"""How long a parcel has waited, on the ladder of station.toml."""

from datetime import datetime

from kiosk.jobs.station import Station
from kiosk.parcels.overdue import Overdue


def rung_of(station: Station, checked_in_at: str | None) -> Overdue | None:
    """`checked_in_at` as the database has it; None while the parcel is in time, or has not come."""
    if checked_in_at is None:
        return None
    return station.settings.ladder.rung(datetime.fromisoformat(checked_in_at), station.now())
