"""Files that are whole or not there: written aside, flushed, renamed, and the rename flushed too."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.faults import Fault, StationFault

MAKING = ".making"  # a folder beside the finished files; what lies in it is not finished
_PIECE, _SECTOR = 1 << 20, 4096  # bytes


@contextmanager
def naming_files(path: Path) -> Iterator[None]:
    """Turns an OSError (disk full, stick pulled) into StationFault(UNWRITABLE_FILE) that names the file."""
    try:
        yield
    except OSError as broken:
        where = broken.filename or path
        raise StationFault(Fault.UNWRITABLE_FILE, path=str(where), detail=broken.strerror or str(broken)) from broken


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One at a time makes or changes files in the folder (made when missing); the others wait."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def making(folder: Path, maker: str = "") -> Iterator[Path]:
    """An empty folder, for its owner's eyes only, on the same disk as `folder`; gone afterwards.

    One `maker` does not make two things at once, or they would clear each other's work away: see locked().
    """
    work = folder / f"{MAKING}{maker}"
    shutil.rmtree(work, ignore_errors=True)  # of one who was killed
    work.mkdir(mode=0o700)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def move_in_place(finished: Path, place: Path) -> None:
    """Flush the file, give it its name, flush the name: afterwards it is there even if the plug is pulled."""
    sync(finished)
    finished.replace(place)
    sync(place.parent)


def bring(finished: Path, place: Path, maker: str = "") -> None:
    """The same to wherever it belongs, such as another disk: never is half of it to be seen there."""
    if finished.stat().st_dev == place.parent.stat().st_dev:
        move_in_place(finished, place)
        return
    with making(place.parent, maker or "-copy") as work:
        copy_file(finished, work / place.name)
        move_in_place(work / place.name, place)


def write_in_place(content: bytes, place: Path, mode: int = 0o600) -> None:
    """The same for a small file of these bytes. What lies there under that name is not followed: it may be a link."""
    unfinished = place.with_name(f".{place.name}.new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(descriptor, mode)
        file.write(content)
    move_in_place(unfinished, place)


def sync(path: Path) -> None:
    """Flush a file or a folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def private_file(path: Path) -> int:
    """A descriptor of a new file for its owner's eyes only."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def copy_file(source: Path, copy: Path) -> None:
    """Byte for byte, in pieces."""
    with source.open("rb") as old, os.fdopen(private_file(copy), "wb") as new:
        shutil.copyfileobj(old, new, _PIECE)


def copy_readable(source: Path, copy: Path) -> None:
    """The same off a failing disk: sectors that cannot be read become zeros."""
    size = source.stat().st_size
    with source.open("rb", buffering=0) as old, os.fdopen(private_file(copy), "wb") as new:
        for start in range(0, size, _PIECE):
            wanted = min(_PIECE, size - start)
            new.write(_read_at(old.fileno(), start, wanted))


def _read_at(descriptor: int, start: int, count: int) -> bytes:
    try:
        return os.pread(descriptor, count, start).ljust(count, b"\0")
    except OSError:
        if count <= _SECTOR:
            return bytes(count)
    offsets = range(start, start + count, _SECTOR)
    return b"".join(_read_at(descriptor, at, min(_SECTOR, start + count - at)) for at in offsets)
