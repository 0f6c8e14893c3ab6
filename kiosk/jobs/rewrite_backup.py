"""Changing what a backup holds, for erasing: it is real only when it reaches the backups too."""

from collections.abc import Callable
from pathlib import Path

from kiosk.jobs.backups import SEALED, Kept, backup_key, backup_places
from kiosk.parcels.problems import Problem
from kiosk.store.sqlite import sqlite3


def rewrite_backup(station: Kept, path: Path, change: Callable[[sqlite3.Connection], None]) -> Problem | None:
    """Change the database inside a backup and pack it again under the same name, sealed again if it was.

    The database is vacuumed: nothing of what was deleted stays in the file. The manifest keeps its time and head.
    Returns why the backup cannot be read, None when done. Raises StationFault where the disk does not let it.
    """
    from kiosk.store import archive
    from kiosk.store.durable import bring, locked, making, naming_files
    from kiosk.store.envelope import BadBackup
    from kiosk.store.snapshot import change_copy

    key = backup_key(station) if path.name.endswith(SEALED) else None
    folder = backup_places(station)[0].folder  # what was sealed lies open in the home only, never on a stick
    with naming_files(path), locked(folder), making(folder) as work:
        try:
            manifest = archive.unpack(path, key, work)
        except BadBackup as bad:
            return bad.problem
        database = work / archive.DATABASE
        change_copy(database, change)
        sizes = {**manifest.sizes, archive.DATABASE: database.stat().st_size}
        manifest = manifest._replace(sha256=archive.sha256_of(database), sizes=sizes)
        archive.pack(work / path.name, manifest, {name: work / name for name in sizes}, key)
        bring(work / path.name, path)
    return None
