"""After damage: a broken or missing database names the newest good backup, and how to bring it back."""

from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.clock import Clock
from kiosk.config import read_settings
from kiosk.faults import Detail, Fault, StationFault, told
from kiosk.home import StationHome
from kiosk.own_command import own_command

_LOST = (Fault.BROKEN_DATABASE, Fault.DAMAGED_LOG, Fault.NO_DATABASE)


@contextmanager
def offering_backup(home: StationHome, clock: Clock | None = None) -> Iterator[None]:
    """A StationFault of the station's database leaves with the way back as its `remedy`."""
    try:
        yield
    except StationFault as fault:
        if fault.fault in _LOST and fault.path == str(home.database) and fault.remedy is None:
            fault.remedy = _remedy(home, clock or Clock())
        raise


def _remedy(home: StationHome, clock: Clock) -> Detail | None:
    from kiosk.safety.backup_files import Site, newest_good  # only for a station that is broken

    try:
        settings = read_settings(home.settings)
        newest = newest_good(Site(home, settings), clock.now())
    except (StationFault, OSError):
        return None
    if newest is None:
        return told("No good backup is here. Save what can be read: {command}", command=own_command(home, "salvage"))
    return told(
        "The newest good one is of {time}; bring it back with: {command}",
        time=f"{newest.made_at.astimezone(settings.time_zone):%Y-%m-%d %H:%M}",
        command=own_command(home, "restore", newest.path),
    )
