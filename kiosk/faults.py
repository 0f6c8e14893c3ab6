"""What is broken about a station, as opposed to what a person may not do (parcels.problems)."""

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
    BAD_KEY = "bad_key"
    DATABASE_BUSY = "database_busy"
    UNREADABLE_FILE = "unreadable_file"
    LIGHTS_OWNED = "lights_owned"


class StationFault(Exception):
    """Something is broken and a person has to mend it: one sentence, exit 3."""

    def __init__(self, fault: Fault, *, path: Path | str = "", key: str = "", detail: str = "") -> None:
        super().__init__(f"{fault}: {path} {key} {detail}".rstrip())
        self.fault, self.path, self.key, self.detail = fault, str(path), key, detail
