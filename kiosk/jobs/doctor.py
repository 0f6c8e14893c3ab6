"""The doctor: what is wrong with this machine and this station, one small function for each line.

A line looks at one thing, never raises for it, and gives its findings; none where there is nothing to look at. See
doctor_machine.py and doctor_station.py; lines of other rooms, such as devices, are added where examine() is called.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from kiosk.config import Settings, read_settings
from kiosk.faults import Detail, StationFault
from kiosk.home import StationHome
from kiosk.jobs.backups import Backup, Site, list_backups
from kiosk.jobs.station import Clock


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


Line = Callable[[Patient], Iterator[Finding]]


def examine(patient: Patient, lines: Iterable[Line]) -> Iterator[Finding]:
    """All findings in the order of the lines."""
    for line in lines:
        yield from line(patient)
