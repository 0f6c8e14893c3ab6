"""A walk along the shelves: slots lit for a clerk, one walk a terminal."""

from collections.abc import Sequence

from kiosk.jobs.station import Station
from kiosk.parcels.looks import Look
from kiosk.store.lease_book.sessions import Purpose


def light_walk(station: Station, wanted: Sequence[tuple[int, str]]) -> Look | None:
    """Light slots for a clerk who walks along them; the walk before at this terminal is over."""
    with station.after_commit():
        station.leases.end_walk(station.terminal)
        known = [station.wanted(number, slot) for number, slot in wanted if slot in station.settings.slots_by_name]
        if known:
            seconds = station.settings.put_away_light_s
            session = station.leases.light(Purpose.WALK, station.terminal, known, seconds=seconds)
            return session.look if session else None
    return None
