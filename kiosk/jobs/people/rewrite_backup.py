"""Changing what a backup holds, for erasing: it is real only when it reaches the backups too."""

from collections.abc import Callable
from pathlib import Path

from kiosk.durable import bring, locked, making, naming_files
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem
from kiosk.safety.backup_files import SEALED, backup_key, backup_places
from kiosk.store.file.snapshot import change_copy
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.rescue import archive
from kiosk.store.rescue.envelope import BadBackup


def rewrite_backup(
    station: Station, path: Path, change: Callable[[sqlite3.Connection], object], erased_seq: int | None = None
) -> Problem | None:
    """Change the database inside a backup and pack it again under the same name, sealed again if it was.

    The database is vacuumed: nothing of what was deleted stays in the file. The manifest keeps its time and head.
    `erased_seq`: the last event of the station's log that it carries over. `change` finds the tables of this version,
    and may not touch the log (ValueError). Returns why the backup cannot be read, None when done. Raises StationFault
    where the disk does not let it.
    """
    key = backup_key(station) if path.name.endswith(SEALED) else None
    folder = backup_places(station)[0].folder  # what was sealed lies open in the home only, never on a stick
    with naming_files(path), locked(folder), making(folder) as work:
        try:
            manifest = archive.unpack(path, key, work)
        except BadBackup as bad:
            return bad.problem
        if manifest.key != station.key.name:
            return Problem.BACKUP_OTHER_STATION
        database = work / archive.DATABASE
        head = change_copy(database, station.key, change)
        if (head.events, head.seq, head.link.hex()) != (manifest.events, manifest.seq, manifest.link):
            raise ValueError("a change of a backup must leave its log alone")
        sizes = {**manifest.sizes, archive.DATABASE: database.stat().st_size}
        if erased_seq is not None:
            manifest = manifest._replace(erased_seq=erased_seq)
        manifest = manifest._replace(format=archive.FORMAT, schema=head.schema, sha256="", sizes=sizes)
        archive.pack(work / path.name, manifest, {name: work / name for name in sizes}, key)
        bring(work / path.name, path, f"-{station.settings.number}")
    return None
