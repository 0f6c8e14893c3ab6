"""What is broken about a station, as opposed to what a person may not do (parcels.problems)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Fault(StrEnum):
    NO_SETTINGS = "no_settings"
    BAD_SETTINGS = "bad_settings"
    UNREADABLE_HOME = "unreadable_home"
    UNWRITABLE_HOME = "unwritable_home"
    NO_DATABASE = "no_database"
    NEWER_DATABASE = "newer_database"
    BROKEN_DATABASE = "broken_database"
    DAMAGED_LOG = "damaged_log"
    BAD_KEY = "bad_key"
    DATABASE_BUSY = "database_busy"
    RESTORING = "restoring"
    UNREADABLE_FILE = "unreadable_file"
    DEFECT = "defect"
    NO_TERMINAL = "no_terminal"
    LIGHTS_OWNED = "lights_owned"
    UNWRITABLE_FILE = "unwritable_file"
    NOT_INSTALLED = "not_installed"
    STRIPS_FAILED = "strips_failed"
    CANNOT_LISTEN = "cannot_listen"
    AGENT_RUNNING = "agent_running"
    NOT_A_VERSION = "not_a_version"
    COMMAND_FAILED = "command_failed"
    NOT_AN_APPLIANCE = "not_an_appliance"


@dataclass(frozen=True, slots=True)
class Detail:
    """A text to be translated, with its values; `several`: what it is for another `count` than one."""

    message: str
    values: Mapping[str, object]
    several: str = ""


def expected(message: str, several: str = "", /, **values: object) -> Detail:
    """What should have been, or what is wrong, in words that the catalogue knows."""
    return Detail(message, values, several)


told = expected  # the same, for what is found and not for what was expected


class StationFault(Exception):
    """Something is broken and a person has to mend it: one sentence, exit 3.

    `detail` is a Detail of ours, or the system's own words as they came. `remedy` is set by who knows one for this very
    station, such as the newest good backup.
    """

    remedy: Detail | None = None

    def __init__(self, fault: Fault, *, path: Path | str = "", key: str = "", detail: Detail | str = "") -> None:
        super().__init__(f"{fault}: {path} {key} {detail}".rstrip())
        self.fault, self.path, self.key, self.detail = fault, str(path), key, detail
