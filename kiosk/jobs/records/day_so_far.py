"""The day at a glance, cheap enough to be read again after every few scans: what happened is followed along the event
log, and what lies here is counted from indexes."""

from collections import Counter
from collections.abc import Mapping, Set
from datetime import datetime, time, timedelta
from typing import NamedTuple

from kiosk.jobs.station import Station
from kiosk.parcels.states import Event
from kiosk.store.events import last_seq
from kiosk.store.file.database import reading
from kiosk.store.tables.figures import events_since, standing

_CAME = {Event.CHECK_IN: 1, Event.VOID_CHECK_IN: -1}
_LEFT = {
    Event.CHECK_OUT: 1, Event.UNDO_CHECK_OUT: -1, Event.DISPATCH_HOME: 1, Event.FAIL_DELIVERY: -1,
    Event.HAND_OVER_RETURN: 1, Event.TRANSFER_OUT: 1, Event.WRITE_OFF: 1,
}  # fmt: skip


class DaySoFar(NamedTuple):
    """Parcels that came into custody and that left it since midnight, those that are in it and of them the overdue
    ones, room for how many more in places that are open, messages that wait. `held`: parcels in or promised to each
    slot; `closed`: slots, levels and shelves."""

    came: int
    left: int
    here: int
    overdue: int
    free: int
    messages: int
    held: Mapping[str, int]
    closed: Set[str]


class Today:
    """Counts each event of the day once. It belongs to the thread of its station."""

    def __init__(self) -> None:
        self._since, self._seq = "", 0
        self._events: Counter[str] = Counter()

    def so_far(self, station: Station) -> DaySoFar:
        now, zone, conn = station.now(), station.settings.time_zone, station.conn
        midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
        overdue_before = station.stamp(ago=timedelta(days=station.settings.ladder.warn_days))
        with reading(conn):
            self._follow(station, station.stamp(ago=now - midnight))
            stand = standing(conn, overdue_before)
            held, closed = dict(station.occupancy.held()), station.occupancy.closed()
        room = [one.capacity - held.get(one.name, 0) for one in station.settings.places
                if not (closed and one.is_within(closed))]  # fmt: skip
        return DaySoFar(
            self._sum(_CAME), self._sum(_LEFT), stand.here, stand.overdue, sum(one for one in room if one > 0),
            stand.messages, held, closed,
        )  # fmt: skip

    def _follow(self, station: Station, since: str) -> None:
        if since != self._since:
            self._since, self._seq, self._events = since, 0, Counter()
        newest = last_seq(station.conn)
        self._events.update(events_since(station.conn, since, self._seq))
        self._seq = newest

    def _sum(self, signs: Mapping[Event, int]) -> int:
        return max(0, sum(sign * self._events[event] for event, sign in signs.items()))
