"""The day at a glance, and how full each slot is: what is shown of them, and how seldom it is read."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from kiosk.jobs.records.day_so_far import DaySoFar, Today
from kiosk.jobs.station import Station
from kiosk.screens.colours import DOUBTFUL
from kiosk.screens.desk.parts.palette import Levels
from kiosk.screens.desk.parts.tiles import Tile
from kiosk.screens.widgets.shelf_picture import Lit
from kiosk.store.events import last_seq
from kiosk.text import Say

_BUSY, _FULL = 0.5, 0.9  # of a slot's capacity
_EVERY_S = 3.0  # read again so often at most, and only where something happened


class Overview(NamedTuple):
    """`fill`: how each slot of the map shines that is not empty, where there is a map."""

    at: datetime
    day: DaySoFar
    fill: Mapping[str, Lit]


class DayWatch:
    """What was read last. It belongs to the jobs' thread."""

    def __init__(self, levels: Levels) -> None:
        self._levels = levels
        self._today = Today()
        self._last: Overview | None = None
        self._as_of: tuple[object, ...] = ()
        self._read_at = 0.0

    def look(self, station: Station, *, has_map: bool) -> Overview:
        """Read again where something was recorded since or a minute has passed, but not for each scan."""
        now, monotonic = station.clock.now().astimezone(station.settings.time_zone), station.clock.monotonic()
        as_of = (last_seq(station.conn), now.replace(second=0, microsecond=0), has_map)
        if self._last is None or (as_of != self._as_of and monotonic - self._read_at >= _EVERY_S):
            day = self._today.so_far(station)
            self._last = Overview(now, day, _fill(station, day, self._levels) if has_map else {})
            self._as_of, self._read_at = as_of, monotonic
        return self._last


def _fill(station: Station, day: DaySoFar, levels: Levels) -> dict[str, Lit]:
    fill = {}
    for place in station.settings.places:
        if day.closed and place.is_within(day.closed):
            fill[place.name] = Lit((levels.closed,), "x")
        elif held := day.held.get(place.name, 0):
            full = min(held / place.capacity, 1)
            colour = levels.full if full >= _FULL else levels.busy if full >= _BUSY else levels.fine
            fill[place.name] = Lit((colour,), "#", max(1, int(full * 8)))
    return fill


def day_tiles(say: Say, day: DaySoFar, *, light_is_well: bool) -> list[Tile]:
    """What matters most first. What somebody has to see to is in colour."""
    return [
        Tile(say("In"), f"{day.came:,}"),
        Tile(say("Out"), f"{day.left:,}"),
        Tile(say("In custody"), f"{day.here:,}"),
        Tile(say("Free"), f"{day.free:,}", "" if day.free else DOUBTFUL),
        Tile(say("Overdue"), f"{day.overdue:,}", DOUBTFUL if day.overdue else ""),
        Tile(say("Messages"), f"{day.messages:,}"),
        Tile(say("Light"), "✓" if light_is_well else "✗", "" if light_is_well else DOUBTFUL),
    ]
