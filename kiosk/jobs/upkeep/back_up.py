"""Backing the station up: one file, whole or not there, in the home and in a second place."""

import errno
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from kiosk import __version__
from kiosk.durable import bring, copy_file, locked, making, move_in_place, naming_files, write_in_place
from kiosk.faults import Fault, StationFault
from kiosk.jobs.clock_watch import watch_clock
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.safety.aside import asides
from kiosk.safety.backup_files import Place, backup_key, backup_places, file_name, list_backups
from kiosk.safety.rotation import outdated
from kiosk.safety.unpacked import violations_of
from kiosk.store.file.keys import make_key
from kiosk.store.file.snapshot import take_snapshot
from kiosk.store.rescue import archive

_LASTING, _LASTING_MOST = "kept", 3  # a file beside the backups: names of those made before an update


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A new backup: where, its length in bytes, how many events, whether sealed, how many old ones went.

    `verifies`: whether the station does; where not, older backups stay. `second`: where its copy is, or else
    `second_problem` says why there is none; neither where none is wanted.
    """

    path: str
    bytes: int
    events: int
    sealed: bool
    removed: int = 0
    verifies: bool = True
    second: str | None = None
    second_problem: str | None = None


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
            return _make(station, first.folder, to, key)
        try:
            verifies = not violations_of(station)  # or the last good backup would go for one that nobody can restore
        except StationFault:
            verifies = False
        removed = _rotate(station, first) if verifies else 0  # before: a full disk must not stay full of old ones
        made = replace(_make(station, first.folder, first.folder, key), verifies=verifies)
        removed += _rotate(station, first, made)
        made = replace(made, removed=removed)
        if lasting:
            _let_last(first, Path(made.path).name)
        for second in others:
            made = _copy_to(station, second, made)
        _drop_old_asides(station)
        return made


def _make(station: Station, home_folder: Path, folder: Path, key: bytes | None) -> BackedUp:
    """The plain copy lies in the home meanwhile if the backup is to be sealed, else beside the backup."""
    with making(home_folder if key else folder) as work:
        database = work / archive.DATABASE
        head = take_snapshot(station.home.database, database)
        path = _free_name(station, folder, sealed=key is not None)
        wanted = {archive.SETTINGS: station.home.settings}
        if key is not None:
            wanted[archive.KEY] = station.home.key  # a lost card comes back from the stick and the backup key alone
        for name, source in wanted.items():  # a copy first: somebody may be writing settings
            copy_file(source, work / name)
        files = {name: work / name for name in (archive.DATABASE, *wanted)}
        manifest = archive.Manifest(
            archive.FORMAT, station.stamp(), station.settings.number, station.key.name, __version__, head.schema,
            head.events, head.seq, head.link.hex(), head.seq, archive.sha256_of(database), _sizes(files),
        )  # fmt: skip
        made = work / path.name
        archive.pack(made, manifest, files, key)
        size = made.stat().st_size
        bring(made, path)
    return BackedUp(str(path), size, head.events, key is not None)


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
    removed = 0
    lasting = _lasting(backup_places(station)[0])
    for old in gone:
        if old.path.is_file() and old.path.name not in lasting:  # a folder of that name is nobody's backup
            old.path.unlink(missing_ok=True)
            removed += 1
    return removed


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
