"""People at work with lights: a session, its leases, and what the light owner has to show of them.

Times are seconds on the machine's monotonic clock, which all processes share and no clock change moves.
"""

from enum import StrEnum
from typing import NamedTuple

from kiosk.parcels.looks import Look


class Purpose(StrEnum):
    PICK_UP = "pick_up"
    PUT_AWAY = "put_away"
    ALARM = "alarm"
    WALK = "walk"


PRIORITY = {Purpose.WALK: 0, Purpose.PUT_AWAY: 1, Purpose.PICK_UP: 2, Purpose.ALARM: 3}


class Wanted(NamedTuple):
    """A parcel to light: its row id, its slot, the slot's zone (the shelf), and whether its lamp has colours.

    A slot lit for its own sake has a row id below 0.
    """

    parcel_id: int
    slot: str
    zone: str
    has_colours: bool = True


class Lease(NamedTuple):
    """The right to light one slot for one parcel of a session; whoever ends it must know `id`."""

    id: int
    parcel_id: int
    slot: str
    handed_over: bool


class Session(NamedTuple):
    """A person at work. The lights end at `lit_until`; the session itself, for the exit scan, at `ends_at`."""

    id: str
    terminal: str
    purpose: Purpose
    look: Look
    lit_until: float
    ends_at: float
    leases: tuple[Lease, ...]

    @property
    def left(self) -> tuple[Lease, ...]:
        return tuple(lease for lease in self.leases if not lease.handed_over)


class LitSlot(NamedTuple):
    """What the light owner has to show: a slot, its look, and whose turn it is where several share the slot."""

    slot: str
    look: Look
    priority: int
    lit_until: float
