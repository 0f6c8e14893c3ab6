"""Founding a station: its home folder, settings, key and empty database."""

from contextlib import suppress

from kiosk.durable import sync, write_in_place
from kiosk.faults import Fault, StationFault, expected
from kiosk.home import StationHome
from kiosk.jobs.upkeep.private_files import Wide, narrowed, settings_mode
from kiosk.new_settings import new_settings
from kiosk.store.file.database import naming_faults, open_database
from kiosk.store.file.keys import make_key, read_key


def found_station(home: StationHome, settings: str = "") -> list[Wide]:
    """Make what is missing, each file whole and flushed before the next; of what exists nothing is changed but who may
    touch it: see narrowed(), whose findings are returned.

    `settings`: the text of a new station.toml; empty: the reference.

    Raises StationFault when the folder cannot be written.
    """
    try:
        home.folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        with suppress(PermissionError):
            sync(home.folder.parent)
        wide = narrowed(home)
        if not home.settings.exists():
            text = settings or new_settings()
            write_in_place(text.encode(), home.settings.resolve(), settings_mode(home))  # it may be a link into /etc
        if not home.key.exists():
            if home.database.exists():
                raise StationFault(Fault.BAD_KEY, path=home.key)  # a new key would fit none of its events
            make_key(home.key)
        if not home.database.exists():
            if home.write_ahead_log.exists():
                gone = expected("the file is gone, but its log of writes is here")
                raise StationFault(Fault.BROKEN_DATABASE, path=home.database, detail=gone)
            home.database.touch(settings_mode(home))  # SQLite would let everybody read it, and its log of writes
    except OSError as broken:
        raise StationFault(
            Fault.UNWRITABLE_HOME, path=broken.filename or home.folder, detail=broken.strerror or ""
        ) from broken
    with naming_faults(home.database):
        open_database(home.database, read_key(home.key), create=True).close()
    return wide
