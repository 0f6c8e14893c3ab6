"""Who has station.db open: each connection locks its folder together with others, a restore alone.

The lock is on the folder itself: no lock file can be deleted or swapped under it, and a read-only home has it too.
The kernel frees it with whoever has it, even after SIGKILL.
"""

import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from kiosk.faults import Fault, StationFault
from kiosk.store.file.sqlite import sqlite3

_LOOKED_AT_S, _ASK_AGAIN_S = 2.0, 0.01  # after a crash the first opener looks into the log of writes alone
_SQLITE_SHARED = (0x40000002, 510)  # the bytes that SQLite locks while a connection in WAL mode is open


if TYPE_CHECKING:
    from sqlite3 import Connection
else:
    Connection = sqlite3.Connection


class LockedConnection(Connection):
    """Has its database's folder locked for as long as it is open: the file is not exchanged under it."""

    lock: int | None = None

    def close(self) -> None:
        super().close()
        self._let_go()

    def __del__(self) -> None:
        self._let_go()

    def _let_go(self) -> None:
        if self.lock is not None:
            os.close(self.lock)
            self.lock = None


def lock_sound(database: Path) -> int | None:
    """What lock_shared() gives, after a look into what a crash left in the log of writes.

    SQLite would drop what stands behind a broken frame, and nobody would know. Whoever comes first looks
    alone, and the others wait, one after the other. While somebody has the database open the log is theirs and sound,
    and closed in order there is none. Raises StationFault(DAMAGED_LOG) too.
    """
    log = database.with_name(f"{database.name}-wal")
    with _one_by_one(log) as is_left_over:
        lock = lock_shared(database)
        if lock is None or not is_left_over:
            return lock
        try:
            if _is_alone(lock):
                _refuse_damaged(log, database)
            _share(lock, database)
        except BaseException:
            os.close(lock)
            raise
        return lock


def _refuse_damaged(log: Path, database: Path) -> None:
    from kiosk.store.file.wal_damage import lost_transactions  # 1 ms: after a crash alone

    try:
        lost = lost_transactions(log, database)
    except OSError as broken:
        raise StationFault(Fault.UNREADABLE_HOME, path=log, detail=broken.strerror or "") from broken
    if lost:
        raise StationFault(Fault.DAMAGED_LOG, path=database, detail=str(lost))


@contextmanager
def _one_by_one(log: Path) -> Iterator[bool]:
    """Whether there is a log with anything in it; then nobody else is in here. SQLite itself never locks this file."""
    try:
        descriptor = os.open(log, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        yield False
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield os.fstat(descriptor).st_size > 0
    finally:
        os.close(descriptor)


def _is_alone(lock: int) -> bool:
    """Turns a shared lock into a sole one, if nobody else has one. Else it may be lost: share it again."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _share(lock: int, database: Path) -> None:
    """Raises StationFault(RESTORING) where somebody keeps it to themselves."""
    deadline = monotonic() + _LOOKED_AT_S
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return
        except BlockingIOError as taken:
            if monotonic() > deadline:
                raise StationFault(Fault.RESTORING, path=database) from taken
        sleep(_ASK_AGAIN_S)


def lock_shared(database: Path) -> int | None:
    """A descriptor that keeps the folder locked until it is closed; None where there is no folder.

    Raises StationFault(RESTORING) while a restore has it, UNREADABLE_HOME where the folder cannot be opened.
    """
    try:
        lock = os.open(database.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as broken:
        raise StationFault(Fault.UNREADABLE_HOME, path=database.parent, detail=broken.strerror or "") from broken
    try:
        _share(lock, database)
    except BaseException:
        os.close(lock)
        raise
    return lock


@contextmanager
def locked_alone(database: Path) -> Iterator[str | None]:
    """Nobody else opens the database meanwhile. Gives None, or who has it open now (`pid command, …`)."""
    try:
        lock = _locked(database.parent, fcntl.LOCK_EX)
    except BlockingIOError:
        yield ", ".join(_named(pid) for pid in _who_locks(database.parent)) or "?"
        return
    except OSError as broken:
        raise StationFault(Fault.UNREADABLE_HOME, path=database.parent, detail=broken.strerror or "") from broken
    try:
        foreign = _sqlite_user(database)
        yield _named(foreign) if foreign is not None else None
    finally:
        os.close(lock)


def _locked(folder: Path, kind: int) -> int:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _sqlite_user(database: Path) -> int | None:
    """The pid of another program, such as a sqlite3 shell, that has the database open; it knows no lock of ours.

    Only for a process without a connection of its own: closing the file here would drop that one's locks.
    """
    flock = "hhqqi"  # l_type, l_whence, l_start, l_len, l_pid
    try:
        descriptor = os.open(database, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        asked = struct.pack(flock, fcntl.F_WRLCK, os.SEEK_SET, *_SQLITE_SHARED, 0)
        kind, _, _, _, pid = struct.unpack(flock, fcntl.fcntl(descriptor, fcntl.F_GETLK, asked))
    finally:
        os.close(descriptor)
    return None if kind == fcntl.F_UNLCK else int(pid)


def _who_locks(folder: Path) -> list[int]:
    """Pids from the kernel's own list; empty where it has none."""
    try:
        lines = Path("/proc/locks").read_text("ascii").splitlines()
        inode = folder.stat().st_ino
    except (OSError, ValueError):
        return []
    fields = [line.split() for line in lines]
    return sorted({int(f[4]) for f in fields if f[1] == "FLOCK" and f[5].rsplit(":", 1)[-1] == str(inode)})


def _named(pid: int) -> str:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").replace(b"\0", b" ").decode()
    except (OSError, ValueError):
        command = ""
    printable = "".join(c for c in command if c.isprintable())
    return f"{pid} {printable[-60:]}".rstrip()
