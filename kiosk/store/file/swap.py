"""Putting another database in place of station.db, so that a pulled plug leaves the one or the other, never a mixture.

The steps, each flushed: the old database moves aside (without it no -wal can be taken for another's), its -wal and -shm
follow, the new one takes its name. Pulled in between there is no station.db, and whoever opens it next goes on here.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from kiosk.durable import sync

WORK = ".restoring"  # in the home: the prepared database, and the old one on its way aside
ASIDE = "aside"  # in the home: old databases, each in a folder named by its time (StationHome.aside)
_SIDE_FILES = ("-wal", "-shm")
_OLD = "old-"


def work_folder(database: Path) -> Path:
    """An empty folder for preparing. To be called while nobody else has the database."""
    clear_work(database)
    work = database.parent / WORK
    work.mkdir(mode=0o700)
    return work


def clear_work(database: Path) -> None:
    """What an interrupted swap left is brought to its end; no old database is ever deleted."""
    finish_swap(database)
    work = database.parent / WORK
    for old in work.glob(f"{_OLD}*"):
        _put_aside(database, old)
    shutil.rmtree(work, ignore_errors=True)


def swap(database: Path, stamp: str) -> Path | None:
    """Put the database prepared in work_folder() in place. Returns the folder where the old one is now."""
    work = database.parent / WORK
    old = work / f"{_OLD}{stamp}"
    _belong_like(work / database.name, database)
    sync(work / database.name)
    old.mkdir(mode=0o700)
    sync(work)
    sync(database.parent)
    if database.exists():
        database.rename(old / database.name)
        sync(database.parent)
        sync(old)
    _take_its_place(database, old)
    return _put_aside(database, old)


def _belong_like(prepared: Path, database: Path) -> None:
    """Several users of a group may share the database: the new file lets in whom the old one did, and nobody else."""
    model = database if database.exists() else database.parent
    found = model.stat()
    prepared.chmod(found.st_mode & 0o660)
    if (found.st_uid, found.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(PermissionError):
            os.chown(prepared, found.st_uid, found.st_gid)


def finish_swap(database: Path) -> None:
    """After a pulled plug: go on where swap() was stopped. Does nothing where there is nothing to go on with."""
    for old in sorted((database.parent / WORK).glob(f"{_OLD}*")):
        if not (old / database.name).exists() or database.exists():
            continue
        if (database.parent / WORK / database.name).exists():
            _take_its_place(database, old)
        else:  # somebody has cleared the prepared one away: the old one is better than none
            for file in sorted(old.iterdir(), reverse=True):  # -wal before the database
                file.rename(database.parent / file.name)
            sync(database.parent)


def _take_its_place(database: Path, old: Path) -> None:
    for side in _SIDE_FILES:
        log = database.with_name(database.name + side)
        if log.exists():
            log.rename(old / log.name)
    sync(database.parent)
    (database.parent / WORK / database.name).rename(database)
    sync(database.parent)


def _put_aside(database: Path, old: Path) -> Path | None:
    if not any(old.iterdir()):
        old.rmdir()
        return None
    aside = database.parent / ASIDE
    aside.mkdir(mode=0o700, exist_ok=True)
    kept = aside / old.name.removeprefix(_OLD)
    old.rename(kept)
    sync(aside)
    return kept
