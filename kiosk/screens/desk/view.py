"""What the desk's screen shows of how things stand: every part is told, and paints itself where something changed."""

from collections.abc import Collection
from datetime import datetime

from kiosk.counter.answers import StaffAnswer
from kiosk.jobs.station import Station
from kiosk.screens.desk.form import show_form
from kiosk.screens.desk.keys import KEYS, KEYS_LOCKED
from kiosk.screens.desk.parts.overview import DayWatch, Overview, day_tiles
from kiosk.screens.desk.parts.palette import Palette
from kiosk.screens.desk.parts.pane import DeskPane
from kiosk.screens.desk.parts.rows import LastScans
from kiosk.screens.desk.shown import shown_words
from kiosk.screens.desk.state import DeskState
from kiosk.text import Say, words


class DeskView:
    """`helps`: the words are listed instead of the newest answer."""

    def __init__(self, station: Station, state: DeskState, palette: Palette) -> None:
        settings = station.settings
        self.pane = DeskPane(settings.slots, settings.spots, palette)
        self.helps = False
        self.overview: Overview | None = None
        self._state, self._palette = state, palette
        self._day, self._last_scans = DayWatch(palette.levels), LastScans()
        self._station_name = f"{settings.name}  {settings.number}"
        self._clock, self._zone = station.clock, settings.time_zone

    @property
    def say(self) -> Say:
        return words(self._state.language)

    def look(self, station: Station) -> Overview:
        """In the jobs' thread."""
        return self._day.look(station, has_map=self.pane.has_map)

    def note(self, answer: StaffAnswer) -> None:
        """It came just now."""
        self._last_scans.note(answer, self._now(), self._state.last)

    def show(self, dark_strips: Collection[str]) -> None:
        """The newest answer on top, those before it below, in the language of now."""
        say, pane = self.say, self.pane
        pane.put("typed", "")
        pane.put("keys", say(KEYS_LOCKED if self._state.locked else KEYS))
        self.show_form(dark_strips)
        columns = pane.columns if pane.is_narrow else None
        newest, older, by = shown_words(say, self._state, helps=self.helps, columns=columns)
        rows = self._last_scans.rows(say, older, pane.work_columns, self._palette.muted)
        pane.show(say, newest, rows, by)

    def show_form(self, dark_strips: Collection[str]) -> None:
        """What stands above the answers; of the day nothing is told to whoever stands before a locked desk."""
        show_form(self.pane, self.say, self._state, self._station_name, self._now())
        overview = None if self._state.locked else self.overview
        tiles = day_tiles(self.say, overview.day, light_is_well=not dark_strips) if overview else []
        self.pane.put_tiles("glance", tiles)
        self.pane.put_map(overview.fill if overview else {})

    def _now(self) -> datetime:
        return self._clock.now().astimezone(self._zone)
