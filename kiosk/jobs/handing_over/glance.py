"""A glance at the lights: what a screen shows of its own session and of everybody's."""

from typing import NamedTuple

from kiosk.jobs.handing_over.pick_up import Found, current
from kiosk.jobs.station import Station
from kiosk.parcels.looks import Look
from kiosk.store.lease_book.sessions import Purpose


class LitSession(NamedTuple):
    """Colours and slots only: nothing of a person."""

    session: str
    look: Look
    slots: tuple[str, ...]
    lit_until: float


class Glance(NamedTuple):
    """The lights at one moment; `version` tells whether they have changed since. `calls`: somebody at this terminal
    waits for staff."""

    version: int
    found: Found | None
    lit: tuple[LitSession, ...]
    calls: bool


def glance(station: Station, session: str | None, seen_version: int | None) -> Glance | None:
    """The lights as they stand; None when no other terminal has changed any since `seen_version`."""
    version = station.leases.version()
    if version == seen_version:
        return None
    lit = tuple(
        LitSession(one.id, one.look, tuple(dict.fromkeys(lease.slot for lease in one.left)), one.lit_until)
        for one in station.leases.live_sessions()
        if one.purpose is Purpose.PICK_UP and one.left
    )
    calls = station.terminal in station.leases.callers()
    return Glance(version, current(station, session) if session else None, lit, calls)
