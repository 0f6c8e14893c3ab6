"""A recovery phrase for the station: from then on each backup carries the key, sealed with it."""

from kiosk.config import Settings
from kiosk.durable import naming_files, write_in_place
from kiosk.home import StationHome
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.store.file.keys import key_if_good, read_secret
from kiosk.store.rescue.recovery import Recovery, read_recovery, sealed_key


def take_phrase(station: Station, phrase: str) -> Refused | None:
    """The phrase opens all backups from now on; those before open with the phrase that they were made under. A
    manager's. Raises StationFault where the file cannot be written."""
    if station.role is not Role.MANAGER:
        return Refused(Problem.NOT_ALLOWED)
    day = f"{station.local(station.stamp()):%Y-%m-%d}"
    with naming_files(station.home.recovery):
        write_in_place(sealed_key(read_secret(station.home.key), phrase, day), station.home.recovery)
    return None


def recovery_of(home: StationHome) -> Recovery | None:
    """That of the key which the station has."""
    key, found = key_if_good(home.key), read_recovery(home.recovery)
    return found if key is not None and found is not None and found.key == key.name else None


def has_way_back(home: StationHome, settings: Settings) -> bool:
    """Whether the backups alone, or with what the owner keeps elsewhere, bring the station back on another machine."""
    return settings.backup.key_kept_at is not None or (settings.backup.key_file is None and bool(recovery_of(home)))
