"""What the desk's screen shows of how things stand: every part is told, and paints itself where something changed."""

from collections.abc import Collection
from datetime import datetime

from kiosk.counter.answers import StaffAnswer
from kiosk.jobs.station import Station
from kiosk.screens.desk.form import show_form
from kiosk.screens.desk.keys import KEYS, KEYS_LOCKED
from kiosk.screens.desk.menu.menu import Menu
from kiosk.screens.desk.menu.rows import MenuRows, Row
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
        self.menu, self._menu_rows = Menu(), list[Row]()
        self.places = tuple(dict.fromkeys(slot.place.level for slot in settings.slots))
        self.monotonic = station.clock.monotonic
        self.overview: Overview | None = None
        self._state, self._palette = state, palette
        self._day, self._last_scans = DayWatch(palette.levels), LastScans()
        self._station_name = f"{settings.name}  {settings.number}"
        self._clock, self._zone = station.clock, settings.time_zone

    @property
    def say(self) -> Say:
        return words(self._state.language)

    @property
    def muted(self) -> str:
        return self._palette.muted

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
        if self._state.locked:
            self.menu.close()
        if self.menu.is_open:
            self._show_menu(say)
            return
        columns = pane.columns if pane.is_narrow else None
        newest, older, by = shown_words(say, self._state, helps=self.helps, columns=columns)
        rows = self._last_scans.rows(say, older, pane.work_columns, self._palette.muted)
        pane.show(say, newest, rows, by)

    def _show_menu(self, say: Say) -> None:
        pane, menu, state = self.pane, self.menu, self._state
        made = MenuRows(say, state.language, state.role, pane.work_columns, self._palette)
        self._menu_rows = rows = made.rows(menu)
        pane.show(say, made.top(menu)._replace(table=tuple(row.content.plain for row in rows)))
        if rows:
            pane.list.fill(say, [row.content for row in rows], is_turned=True)
            menu.page = max(pane.list.room - 1, 1)
            marked = [at for at, row in enumerate(rows) if row.entry == menu.marked]
            pane.list.reveal(say, marked[0], marked[-1])

    def entry_at(self, y: int) -> int | None:
        """Which entry of the open menu stands in this row of the screen."""
        row = self.pane.list.row_at(y) if self.menu.is_open and not self.menu.word else None
        return None if row is None or row >= len(self._menu_rows) else self._menu_rows[row].entry

    def close_lists(self) -> None:
        """The newest answer is shown again."""
        self.helps = False
        self.menu.close()

    def show_form(self, dark_strips: Collection[str]) -> None:
        """What stands above the answers; of the day nothing is told to whoever stands before a locked desk."""
        show_form(self.pane, self.say, self._state, self._station_name, self._now())
        overview = None if self._state.locked else self.overview
        tiles = day_tiles(self.say, overview.day, light_is_well=not dark_strips) if overview else []
        self.pane.put_tiles("glance", tiles)
        self.pane.put_map(overview.fill if overview else {})

    def _now(self) -> datetime:
        return self._clock.now().astimezone(self._zone)
