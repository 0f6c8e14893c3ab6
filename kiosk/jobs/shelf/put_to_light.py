"""Put-to-light: the slot where a parcel belongs shows itself to the clerk who holds it."""

from kiosk.jobs.station import Station
from kiosk.parcels.looks import Look
from kiosk.store.lease_book.sessions import Purpose


def put_to_light(station: Station, parcel_id: int, slot: str, *, done_with: int | None = None) -> Look | None:
    """Light the slot at this terminal; `done_with`: the parcel before, which has its place. None without a light."""
    if not station.knows_slot(slot):
        return None
    session = station.leases.light(
        Purpose.PUT_AWAY,
        station.terminal,
        [station.wanted(parcel_id, slot)],
        seconds=station.settings.put_away_light_s,
        done_with=done_with,
    )
    return session.look if session else None
