"""A database where nothing can be written: the file system is read-only, the disk is full, or it is somebody else's."""

import os
from pathlib import Path
from urllib.parse import quote

from kiosk.faults import Fault, StationFault, told
from kiosk.mounts import mount_of
from kiosk.store.file.database_lock import LockedConnection
from kiosk.store.file.sqlite import sqlite3

_FAULTS = {
    "SQLITE_READONLY": Fault.UNWRITABLE_HOME,
    "SQLITE_CANTOPEN": Fault.UNWRITABLE_HOME,
    "SQLITE_FULL": Fault.UNWRITABLE_HOME,
    "SQLITE_IOERR": Fault.UNWRITABLE_HOME,
    "SQLITE_BUSY": Fault.DATABASE_BUSY,
}
_FULL = 65_536  # bytes: the index of a log of writes and a short log do not fit any more


def open_unwritable(path: Path) -> LockedConnection | None:
    """For who only looks and is soon done; None where that does not go either.

    SQLite reads a database with a write-ahead log only if it may write an index beside it. It needs none where nobody
    can write (immutable, the log being empty), nor alone (then the index is in memory, and whoever comes waits).
    """
    log = path.with_name(f"{path.name}-wal")
    mount = mount_of(path)
    if mount is not None and mount.is_read_only:
        is_settled = not log.exists() or log.stat().st_size == 0
        return _opened(path, "immutable=1" if is_settled else "mode=ro")
    return _opened(path, "mode=ro") or _opened(path, "mode=rw", "PRAGMA locking_mode = EXCLUSIVE")


def _opened(path: Path, how: str, *first: str) -> LockedConnection | None:
    conn: LockedConnection | None = None
    try:
        conn = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?{how}", uri=True, isolation_level=None, cached_statements=256,
            check_same_thread=False, factory=LockedConnection,
        )  # fmt: skip
        assert conn is not None
        for statement in (*first, "SELECT 1 FROM sqlite_master"):
            conn.execute(statement).fetchone()
    except sqlite3.Error:
        if conn is not None:
            conn.close()
        return None
    return conn


def fault_of(path: Path, broken: Exception) -> StationFault:
    """What SQLite raised, as what is broken about the station."""
    code = getattr(broken, "sqlite_errorname", "")
    found = next((fault for name, fault in _FAULTS.items() if code.startswith(name)), Fault.BROKEN_DATABASE)
    fault = StationFault(found, path=path, detail=str(broken))
    if found is Fault.UNWRITABLE_HOME:
        _name_cause(path, fault)
    return fault


def _name_cause(path: Path, fault: StationFault) -> None:
    """Where the file system is the cause, it says so and what to do."""
    mount, free = mount_of(path), _free(path)
    if mount is not None and mount.is_read_only:
        fault.detail = told(
            "the file system {place} ({kind}, {source}) is read-only", place=mount.place, kind=mount.kind,
            source=mount.source,
        )  # fmt: skip
        fault.remedy = told(
            "Linux makes a failing card read-only: look with dmesg, save the station on a stick (kiosk backup --to"
            " FOLDER), and change the card."
        )
    elif free is not None and free < _FULL:
        fault.detail = told("the disk is full: {free} KB are free", free=free // 1000)


def _free(path: Path) -> int | None:
    try:
        disk = os.statvfs(path.parent)
    except OSError:
        return None
    return disk.f_bavail * disk.f_frsize
