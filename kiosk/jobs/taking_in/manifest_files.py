"""Files that may be manifests, where a desk without a shell finds them: on a USB stick, or in the owner's folders."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from kiosk.faults import Fault, StationFault
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import Announcement, announce
from kiosk.parcels.manifest import LARGEST
from kiosk.parcels.problems import Problem, Refused

STICKS = (Path("/media"), Path("/run/media"))  # where Linux mounts what is plugged in
_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls"})
_DEPTH = 4  # /run/media/USER/STICK/FOLDER
_MOST_LOOKED_AT, MOST = 5000, 40  # entries; files that are listed


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """`number`: by which it is chosen; `path` as text; `changed_at` in the station's time zone."""

    number: int
    name: str
    path: str
    size: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ManifestFiles:
    """The newest first."""

    files: tuple[ManifestFile, ...]


def list_files(station: Station) -> ManifestFiles | Refused:
    """What `[desk] manifests` says, or the sticks that are plugged in."""
    own = station.settings.desk.manifests
    folders = [station.home.folder / name for name in own] if own else list(STICKS)
    found: list[tuple[float, Path, int]] = []
    for entry in islice(_files_below(folders, _DEPTH), _MOST_LOOKED_AT):
        if Path(entry.name).suffix.lower() in _SUFFIXES:
            about = entry.stat()
            found.append((about.st_mtime, Path(entry.path), about.st_size))
    found.sort(key=lambda one: (-one[0], one[1]))
    zone = station.settings.time_zone
    files = tuple(
        ManifestFile(number, path.name, str(path), size, datetime.fromtimestamp(changed, UTC).astimezone(zone))
        for number, (changed, path, size) in enumerate(found[:MOST], 1)
    )
    return ManifestFiles(files) if files else Refused(Problem.NO_FILES)


def _files_below(folders: Sequence[Path], depth: int) -> Iterator[os.DirEntry[str]]:
    """Without links and what is hidden; a folder that cannot be read holds none."""
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                shown = [entry for entry in entries if not entry.name.startswith(".") and not entry.is_symlink()]
            yield from (entry for entry in shown if entry.is_file(follow_symlinks=False))
        except OSError:
            continue
        if depth:
            yield from _files_below([Path(entry.path) for entry in shown if entry.is_dir()], depth - 1)


def announce_file(station: Station, wanted: str, courier: str | None) -> Announcement | Refused:
    """The file of that number, or of that name. Raises StationFault(UNREADABLE_FILE)."""
    listed = list_files(station)
    if isinstance(listed, Refused):
        return listed
    meant = [one for one in listed.files if wanted in (str(one.number), one.name, one.path)]
    if len(meant) != 1:
        return Refused(Problem.NO_SUCH_FILE)
    return announce(station, read_file(Path(meant[0].path)), courier, file=meant[0].name)


def read_file(path: Path) -> bytes:
    """As much of it as a manifest can be, and a byte more. Raises StationFault(UNREADABLE_FILE)."""
    try:
        with path.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as broken:
        raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=broken.strerror or "") from broken
