"""The way out of a desk's program: a manager's, or anybody's where nobody is registered."""

from dataclasses import dataclass

from kiosk.jobs.allowed import refuse
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.sheets import StationEvent


@dataclass(frozen=True, slots=True)
class Left:
    """The screen may end."""


def leave(station: Station) -> Left | Refused:
    """Whether whoever works here may end the screen: a clerk locks it."""
    return Left() if station.role is Role.MANAGER else refuse(station, StationEvent.SIGN_OUT)
