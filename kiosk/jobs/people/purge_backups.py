"""Backups forget whom the station has forgotten, at the latest the next time they are within reach."""

from pathlib import Path
from subprocess import CalledProcessError

from kiosk.durable import locked, making
from kiosk.faults import StationFault
from kiosk.jobs.people.rewrite_backup import rewrite_backup
from kiosk.jobs.station import Station, log
from kiosk.parcels.problems import Problem
from kiosk.safety.backup_files import SEALED, Backup, backup_key, backup_places, list_backups
from kiosk.store.events import erased_since
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.file.traces import files_with
from kiosk.store.rescue import archive
from kiosk.store.rescue.envelope import BadBackup
from kiosk.store.tables.contacts import erase_contacts

_SEARCH = "-search"


def erase_in_backups(station: Station) -> tuple[str, ...]:
    """Returns the backups that may still hold somebody who was erased: damaged, sealed with a lost key, unwritable."""
    ours = (backup for backup in list_backups(station) if backup.problem is not Problem.BACKUP_OTHER_STATION)
    return tuple(str(backup.path) for backup in ours if not _is_erased(station, backup))


def clear_unfinished(station: Station) -> None:
    """What a pulled plug left open of a backup that was being made, changed or searched."""
    folder = backup_places(station)[0].folder
    if folder.exists():
        with locked(folder):
            for maker in ("", _SEARCH):
                with making(folder, maker):
                    pass


def _is_erased(station: Station, backup: Backup) -> bool:
    contacts, seq = erased_since(station.conn, backup.erased_seq)
    if not backup.is_good:
        return not contacts
    if not contacts:
        return True
    traces: list[bytes] = []

    def erase(conn: sqlite3.Connection) -> None:
        traces.extend(erase_contacts(conn, contacts))

    try:
        if rewrite_backup(station, backup.path, erase, seq) is not None:
            return False
        return not _holds(station, backup.path, traces)
    except (StationFault, BadBackup, OSError, CalledProcessError) as fault:
        log.error("a backup still holds personal data: %s", fault)
        return False


def _holds(station: Station, path: Path, traces: list[bytes]) -> bool:
    """Search the bytes; a sealed one is opened for it, in the home."""
    if not path.name.endswith(SEALED):
        return bool(files_with(traces, [path]))
    folder = backup_places(station)[0].folder
    with locked(folder), making(folder, _SEARCH) as work:
        archive.unpack(path, backup_key(station), work)
        return bool(files_with(traces, [work / archive.DATABASE]))
