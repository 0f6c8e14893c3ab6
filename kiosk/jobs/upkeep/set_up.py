"""Setting a station up, the first time or again: what may be changed while parcels lie here, and doing it."""

import os
from contextlib import closing
from itertools import count
from typing import NamedTuple

from kiosk.clock import Clock
from kiosk.config import Settings, settings_of
from kiosk.config.writing.draft import Draft, read_draft
from kiosk.config.writing.measured import replace_settings
from kiosk.config.writing.written import written
from kiosk.durable import naming_files, write_in_place
from kiosk.faults import Detail, Fault, StationFault, expected
from kiosk.home import StationHome
from kiosk.jobs.staff.register import first_manager
from kiosk.jobs.station import open_station
from kiosk.jobs.upkeep.back_up import back_up
from kiosk.jobs.upkeep.found_station import found_station
from kiosk.new_settings import new_settings
from kiosk.parcels.slots import shelves_of
from kiosk.store.file.database import naming_faults, open_database, reading
from kiosk.store.file.keys import read_key
from kiosk.store.tables.occupancy import Occupancy
from kiosk.store.tables.parcels import numbers_in_custody
from kiosk.store.tables.staff import was_anybody


class Hindrance(Detail):
    """Not what is wanted, but a whole sentence: why it may not be so now."""


class Done(NamedTuple):
    """`manager`: the number of the first one, None where there was one already."""

    is_new: bool
    manager: str | None


class SetUp:
    """One run of the wizard. Raises StationFault where what is here is broken: that has to be mended first."""

    def __init__(self, home: StationHome, clock: Clock | None = None) -> None:
        self.home = home
        if home.folder.exists() and home.folder.stat().st_uid != os.geteuid():  # files of ours would lock its owner out
            theirs = expected("the folder belongs to somebody else")
            raise StationFault(Fault.UNWRITABLE_HOME, path=home.folder, detail=theirs)
        self._clock = clock or Clock()
        self.before, self._settings, self._text = read_draft(home.settings)
        self.is_new = not home.database.exists()
        self._held: dict[str, int] = {}
        self._parcels = 0
        self.needs_manager = True
        if not self.is_new:
            self._look_in()

    def _look_in(self) -> None:
        key, path = read_key(self.home.key), self.home.database
        with naming_faults(path), closing(open_database(path, key)) as conn, reading(conn):
            self._held = {slot: count for slot, count in Occupancy(conn).held().items() if count}
            self._parcels = numbers_in_custody(conn)
            self.needs_manager = not was_anybody(conn)

    def settings(self, draft: Draft) -> Settings:
        """As they would be. Raises StationFault(BAD_SETTINGS)."""
        path = self.home.settings
        return settings_of(path, written(path, self._text_for(draft), self.before, draft, with_secrets=True))

    def _text_for(self, draft: Draft) -> str:
        """What is there; a new file has its comments in the language of its owner."""
        return self._text if self.home.settings.exists() else new_settings(draft.language)

    def channel_name(self, to: str) -> str:
        """One that no channel has."""
        taken = {channel.name for channel in self._settings.messages.channels}
        return next(name for name in (f"{to}-{number}" for number in count(1)) if name not in taken)

    def problem(self, draft: Draft) -> Detail | None:
        """What is wanted instead, or a Hindrance."""
        try:
            settings = self.settings(draft)
        except StationFault as fault:
            return fault.detail if isinstance(fault.detail, Detail) else Hindrance("{why}", {"why": fault.detail})
        return self._orphaned(settings)

    def _orphaned(self, settings: Settings) -> Detail | None:
        """Parcels must keep their slots, and codes that were sent their station."""
        lost = [slot for slot in self._held if slot not in settings.slots_by_name]
        if lost:
            held = sum(self._held[slot] for slot in lost)
            shelves = ", ".join(shelves_of(lost))
            lie = expected("{count} parcel lies on shelf {shelves}, which would go. Move it first.",
                           "{count} parcels lie on shelf {shelves}, which would go. Move them first.",
                           count=held, shelves=shelves)  # fmt: skip
            return Hindrance(lie.message, lie.values, lie.several)
        if self._parcels and settings.number != self._settings.number:
            named = expected("{count} parcel is here, and its QR code names {number}. Keep the number.",
                             "{count} parcels are here, and their QR codes name {number}. Keep the number.",
                             count=self._parcels, number=self._settings.number)  # fmt: skip
            return Hindrance(named.message, named.values, named.several)
        return None

    def finish(self, draft: Draft, pin: str, manager_name: str = "") -> Done:
        """Each step whole and flushed before the next, nothing that exists is lost: after a pulled plug, run it again.

        Raises StationFault; the draft is still good then.
        """
        if not self.is_new:
            self._look_in()
        problem = self.problem(draft)
        if problem is not None:  # somebody put a parcel there meanwhile
            raise StationFault(Fault.BAD_SETTINGS, path=self.home.settings, key="shelves", detail=problem)
        text = written(self.home.settings, self._text_for(draft), self.before, draft)
        if draft.channel is not None:
            self.home.folder.mkdir(parents=True, exist_ok=True, mode=0o750)
            with naming_files(self.home.folder):
                write_in_place(f"{draft.channel.url}\n".encode(), self.home.folder / draft.channel.url_file)
        if self.home.settings.exists():
            if text != self._text:
                replace_settings(self.home.settings, text)
            found_station(self.home)
        else:
            found_station(self.home, text)
        with closing(open_station(self.home, terminal="setup", who="staff", clock=self._clock)) as station:
            manager = first_manager(station, pin, manager_name) if pin else None
            if self.is_new:
                back_up(station)
        return Done(self.is_new, manager.number if manager else None)
