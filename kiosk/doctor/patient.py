"""The doctor: what is wrong with this machine and this station, one small function for each line.

A line looks at one thing, never raises for it, and gives its findings; none where there is nothing to look at. The
lines are in the files beside this one, by what they look at, and come together where examine() is called.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from kiosk.clock import Clock
from kiosk.config import Settings, read_settings
from kiosk.faults import Detail, Fault, StationFault
from kiosk.home import StationHome
from kiosk.mounts import MOUNTS
from kiosk.parcels.scans import clean
from kiosk.safety.backup_files import Backup, Site, list_backups
from kiosk.store.file.database import naming_faults, open_database
from kiosk.store.file.keys import key_if_good
from kiosk.store.file.sqlite import sqlite3


class Level(StrEnum):
    """How bad it is: `warn` can wait until tomorrow, `bad` cannot."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: `line` is a stable name, `what` was found, `remedy` says what to do unless all is well."""

    line: str
    level: Level
    what: Detail | StationFault
    remedy: Detail | None = None


@dataclass(frozen=True)
class Patient:
    """The station that is looked at; what several lines need is looked up once."""

    home: StationHome
    clock: Clock = field(default_factory=Clock)
    mounts: Path = MOUNTS

    @cached_property
    def settings(self) -> Settings | StationFault:
        try:
            return read_settings(self.home.settings)
        except StationFault as fault:
            return fault

    @cached_property
    def site(self) -> Site | None:
        return Site(self.home, self.settings) if isinstance(self.settings, Settings) else None

    @cached_property
    def backups(self) -> Sequence[Backup]:
        return list_backups(self.site) if self.site else ()

    @cached_property
    def is_founded(self) -> bool:
        """Whether anything of a station is here; nobody misses the key of one that was never made."""
        return any(map(os.path.lexists, (self.home.settings, self.home.key, self.home.database)))

    @cached_property
    def runtime(self) -> Path | None:
        """The runtime folder, where there is one that may be looked into."""
        try:
            place = self.home.runtime_place()
        except OSError:
            return None
        return place if os.access(place, os.R_OK | os.X_OK) else None


@contextmanager
def looking_into(patient: Patient) -> Iterator[sqlite3.Connection]:
    """Its database, for reading. Only one of an older version needs the key. Raises StationFault."""
    path = patient.home.database
    with naming_faults(path), closing(open_database(path, key_if_good(patient.home.key), looking=True)) as conn:
        yield conn


Line = Callable[[Patient], Iterator[Finding]]


def examine(patient: Patient, lines: Iterable[Line]) -> Iterator[Finding]:
    """All findings in the order of the lines. A line that breaks is a finding too, and keeps no other from being
    looked at."""
    for line in lines:
        try:
            yield from line(patient)
        except StationFault as fault:
            yield Finding(_name(line), Level.BAD, fault)
        except OSError as broken:
            where, why = broken.filename or patient.home.folder, broken.strerror or str(broken)
            yield Finding(_name(line), Level.BAD, StationFault(Fault.UNREADABLE_HOME, path=str(where), detail=why))
        except Exception as defect:
            detail = f"{type(defect).__name__}: {clean(str(defect), 200)}"
            yield Finding(_name(line), Level.BAD, StationFault(Fault.DEFECT, detail=detail))


def _name(line: Line) -> str:
    return getattr(line, "__name__", "?").removesuffix("_line")
