"""Backing the station up: one file, whole or not there, in the home and in a second place."""

import errno
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from kiosk import __version__
from kiosk.config import Settings
from kiosk.durable import bring, copy_file, locked, making, move_in_place, naming_files, write_in_place
from kiosk.faults import Fault, StationFault
from kiosk.jobs.clock_watch import watch_clock
from kiosk.jobs.station import Station, log
from kiosk.jobs.upkeep.recovery import recovery_of
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.safety.aside import asides
from kiosk.safety.backup_files import Backup, Place, backup_key, backup_places, file_name, known_heads, list_backups
from kiosk.safety.replay import FILE_INTACT
from kiosk.safety.rotation import outdated
from kiosk.safety.sealed_check import Checked, check
from kiosk.store.file.database import open_database
from kiosk.store.file.keys import StationKey, make_key
from kiosk.store.file.snapshot import Head, check_thoroughly, take_snapshot
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.rescue import archive
from kiosk.store.rescue.sealed_point import read_point, write_point

_LASTING, _LASTING_MOST = "kept", 3  # a file beside the backups: names of those made before an update


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A new backup: where, its length in bytes, how many events, whether sealed, how many old ones went.

    `verifies`: whether the station does; where not, older backups stay. `whole_check`: whether for that every event was
    read, or those since the last check. `second`: where its copy is, or else `second_problem` says why there is none;
    neither where none is wanted. `recovery`: whether a recovery phrase opens its key.
    """

    path: str
    bytes: int
    events: int
    sealed: bool
    removed: int = 0
    verifies: bool = True
    whole_check: bool = False
    second: str | None = None
    second_problem: str | None = None
    recovery: bool = False


def back_up(station: Station, to: Path | None = None, *, lasting: bool = False) -> BackedUp | Refused:
    """Make a backup while others work on, copy it to the second place, let outdated ones go. A manager's.

    With `to` it goes into that folder alone, and nothing else is done; `lasting`, it outlives younger ones. It writes
    nothing into the log. Raises StationFault where it cannot be made; trouble with the second place is in the answer
    and spoils nothing.
    """
    if station.role is not Role.MANAGER:
        return Refused(Problem.NOT_ALLOWED)
    if to is not None and not to.is_dir():  # not made: a stick that is not there must not become a folder on the card
        raise StationFault(Fault.UNWRITABLE_FILE, path=to, detail=os.strerror(errno.ENOENT))
    key = backup_key(station)
    first, *others = backup_places(station)
    with naming_files(to or first.folder), locked(first.folder if key or to is None else to):
        if to is not None:
            with _copied(station, first.folder if key else to) as (copy, head):
                check_thoroughly(copy.conn, copy.path)
                return _pack(station, copy, head, to, key)
        with _copied_with_room(station, first) as (copy, head):
            checked = _check(station, copy)
            removed = 0 if checked.violations else _rotate(station, first)  # a full disk must not stay full of old ones
            made = _pack(station, copy, head, first.folder, key)
        made = replace(made, verifies=not checked.violations, whole_check=checked.is_whole)
        removed += _rotate(station, first, made)
        made = replace(made, removed=removed)
        if lasting:
            _let_last(first, Path(made.path).name)
        for second in others:
            made = _copy_to(station, second, made)
        _drop_old_asides(station)
        return made


class _Copy(NamedTuple):
    """The database as it is at one moment, in a folder of ours: what is checked and packed."""

    path: Path
    conn: sqlite3.Connection
    key: StationKey
    settings: Settings


@contextmanager
def _copied(station: Station, folder: Path) -> Iterator[tuple[_Copy, Head]]:
    """The plain copy lies in the home meanwhile if the backup is to be sealed, else beside the backup."""
    with making(folder) as work:
        database = work / archive.DATABASE
        head = take_snapshot(station.conn, station.home.database, database)
        with closing(open_database(database)) as conn:
            yield _Copy(database, conn, station.key, station.settings), head


@contextmanager
def _copied_with_room(station: Station, first: Place) -> Iterator[tuple[_Copy, Head]]:
    """Where the disk is full, of old backups maybe, these go first if the station verifies."""
    with ExitStack() as copies:
        try:
            found = copies.enter_context(_copied(station, first.folder))
        except (StationFault, OSError):
            if check(station, station.clock_stamp()).violations or not _rotate(station, first):
                raise
            found = copies.enter_context(_copied(station, first.folder))
        yield found


def _check(station: Station, copy: _Copy) -> Checked:
    """Whether it is worth that older ones go. How far that is known is kept in the station itself, for the next night.

    Raises StationFault(BROKEN_DATABASE) where the file is damaged: that is no backup.
    """
    checked = check(copy, station.clock_stamp(), known_heads(station))
    damaged = next((one.detail for one in checked.violations if one.rule == FILE_INTACT), None)
    if damaged is not None:
        raise StationFault(Fault.BROKEN_DATABASE, path=station.home.database, detail=damaged.replace("\n", " "))
    if checked.point is not None:
        try:
            with station.transaction():
                write_point(station.conn, checked.point)
        except StationFault as full:  # then the next night reads more
            log.warning("how far the log was checked could not be kept: %s", full)
    return checked


def _pack(station: Station, copy: _Copy, head: Head, folder: Path, key: bytes | None) -> BackedUp:
    work = copy.path.parent
    path = _free_name(station, folder, sealed=key is not None)
    wanted = {archive.SETTINGS: station.home.settings}
    if key is not None:
        wanted[archive.KEY] = station.home.key  # a lost card comes back from the stick and the backup key alone
    if recovery_of(station.home):
        wanted[archive.RECOVERY] = station.home.recovery
    for name, source in wanted.items():  # a copy first: somebody may be writing settings
        copy_file(source, work / name)
    files = {name: work / name for name in (archive.DATABASE, *wanted)}
    manifest = archive.Manifest(
        archive.FORMAT, station.stamp(), station.settings.number, station.key.name, __version__, head.schema,
        head.events, head.seq, head.link.hex(), head.seq, "", _sizes(files),
    )  # fmt: skip
    made = work / path.name
    archive.pack(made, manifest, files, key)
    size = made.stat().st_size
    bring(made, path)
    return BackedUp(str(path), size, head.events, key is not None, recovery=archive.RECOVERY in files)


def _sizes(files: Mapping[str, Path]) -> dict[str, int]:
    return {name: path.stat().st_size for name, path in files.items()}


def _free_name(station: Station, folder: Path, *, sealed: bool) -> Path:
    """Two backups of one moment differ by a millisecond."""
    at: datetime = station.clock.now()
    while (path := folder / file_name(station.settings.number, at, sealed=sealed)).exists():
        at += timedelta(milliseconds=1)
    return path


def _copy_to(station: Station, place: Place, made: BackedUp) -> BackedUp:
    """Here too the folder is not made."""
    source, removed = Path(made.path), made.removed
    try:
        with making(place.folder, f"-{place.number}") as work:
            removed += _rotate(station, place) if made.verifies else 0
            copy_file(source, work / source.name)
            move_in_place(work / source.name, place.folder / source.name)
        removed += _rotate(station, place, made)
    except OSError as broken:
        return replace(made, removed=removed, second_problem=f"{place.folder}: {broken.strerror or broken}")
    return replace(made, removed=removed, second=str(place.folder / source.name))


def _rotate(station: Station, place: Place, made: BackedUp | None = None) -> int:
    """Let what is outdated go; returns how many. Raises OSError."""
    rule, now, zone = station.settings.backup, station.clock.now(), station.settings.time_zone
    if (made is not None and not made.verifies) or watch_clock(station):
        return 0
    # What another key's station keeps there under the same number is not ours to delete.
    there = [b for b in list_backups(station) if b.place == place and b.problem is not Problem.BACKUP_OTHER_STATION]
    name = Path(made.path).name if made else ""
    gone = outdated(there, now, zone, days=rule.keep_days, weeks=rule.keep_weeks, made=name)
    gone = [old for old in gone if old != _proven(station, there)]
    removed = 0
    lasting = _lasting(backup_places(station)[0])
    for old in gone:
        if old.path.is_file() and old.path.name not in lasting:  # a folder of that name is nobody's backup
            old.path.unlink(missing_ok=True)
            removed += 1
    return removed


def _proven(station: Station, there: Sequence[Backup]) -> Backup | None:
    """The first one that was made after the last whole check: should the next one find an old event changed, every
    younger backup has that change in it."""
    point = read_point(station.conn)
    whole_at = datetime.fromisoformat(point.whole_at) if point else None
    younger = [one for one in there if one.is_good and whole_at is not None and one.made_at >= whole_at]
    return min(younger, key=lambda one: one.made_at, default=None)


def _lasting(first: Place) -> list[str]:
    try:
        return (first.folder / _LASTING).read_text("utf-8").split()
    except (OSError, ValueError):
        return []


def _let_last(first: Place, name: str) -> None:
    names = [*_lasting(first), name][-_LASTING_MOST:]
    write_in_place("\n".join(names).encode(), first.folder / _LASTING)


def _drop_old_asides(station: Station) -> None:
    """The databases that a restore put aside go on the same clock."""
    if watch_clock(station):
        return
    rule = station.settings.backup
    before = station.clock.now() - timedelta(days=max(rule.keep_days, 7 * rule.keep_weeks))
    for folder, at in asides(station.home):
        if at < before:
            shutil.rmtree(folder, ignore_errors=True)


def make_backup_key(path: Path) -> Refused | None:
    """A new key that seals backups, 0600; an existing file stays as it is."""
    try:
        make_key(path)
    except FileExistsError:
        return Refused(Problem.FILE_EXISTS, detail=str(path))
    except OSError as broken:
        raise StationFault(Fault.UNWRITABLE_FILE, path=path, detail=broken.strerror or "") from broken
    return None
