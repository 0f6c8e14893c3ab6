"""Who may do what at a station: one table."""

from collections.abc import Mapping
from enum import StrEnum

from kiosk.parcels.sheets import StationEvent
from kiosk.parcels.states import Event


class Role(StrEnum):
    CUSTOMER = "customer"
    CLERK = "clerk"
    MANAGER = "manager"


_CUSTOMER: frozenset[Event | StationEvent] = frozenset(
    {Event.CHECK_OUT, Event.REQUEST_DELIVERY, Event.WITHDRAW_DELIVERY}
)
# What costs the station money or lets somebody in is a manager's.
_MANAGER_ONLY: frozenset[Event | StationEvent] = frozenset(
    {
        Event.WAIVE,
        Event.WRITE_OFF,
        StationEvent.ADD_STAFF,
        StationEvent.CHANGE_STAFF,
        StationEvent.ERASE_CONTACTS,
        StationEvent.EXPORT_PERSON,
        StationEvent.RESTORE,
        StationEvent.BELIEVE_CLOCK,
    }
)
MAY: Mapping[Role, frozenset[Event | StationEvent]] = {
    Role.CUSTOMER: _CUSTOMER,
    Role.CLERK: frozenset({*Event, *StationEvent}) - _MANAGER_ONLY,
    Role.MANAGER: frozenset({*Event, *StationEvent}),
}


def may(role: Role, event: Event | StationEvent) -> bool:
    return event in MAY[role]
