"""The lease book's file: a small database in memory, thrown away when it is damaged or from before a restart."""

from pathlib import Path

from kiosk.store.file.boot import boot_id
from kiosk.store.file.database import BUSY_S, transaction, use_wal
from kiosk.store.file.sqlite import sqlite3

LEASE_FILE = "leases-1.db"  # numbered anew when the tables change: old leases are thrown away
_TABLES = (
    """CREATE TABLE IF NOT EXISTS sessions (
         id TEXT PRIMARY KEY, terminal TEXT NOT NULL, purpose TEXT NOT NULL, colour TEXT NOT NULL,
         pattern TEXT NOT NULL, lit_until REAL NOT NULL, ends_at REAL NOT NULL) STRICT""",
    """CREATE TABLE IF NOT EXISTS leases (
         id INTEGER PRIMARY KEY, session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
         parcel_id INTEGER NOT NULL, slot TEXT NOT NULL, zone TEXT NOT NULL,
         handed_over INTEGER NOT NULL DEFAULT 0, UNIQUE (session_id, parcel_id)) STRICT""",
    "CREATE TABLE IF NOT EXISTS calls (terminal TEXT PRIMARY KEY) STRICT",
    "CREATE TABLE IF NOT EXISTS boot (id TEXT NOT NULL) STRICT",
    "CREATE INDEX IF NOT EXISTS leases_by_parcel ON leases (parcel_id)",
    "CREATE INDEX IF NOT EXISTS leases_by_session ON leases (session_id)",
)


def open_lease_file(runtime: Path) -> sqlite3.Connection:
    """A connection in autocommit; the tables are there and empty of another boot's leases."""
    try:
        return _open(runtime / LEASE_FILE)
    except sqlite3.DatabaseError as broken:
        if isinstance(broken, sqlite3.OperationalError):
            raise
        # A damaged lease book is worth less than the lights of tomorrow.
        for file in runtime.glob(f"{LEASE_FILE}*"):
            file.unlink()
        return _open(runtime / LEASE_FILE)


def _open(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        conn.execute(f"PRAGMA busy_timeout = {BUSY_S * 1000}")
        use_wal(conn)
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("PRAGMA foreign_keys = ON")
        with transaction(conn):
            for table in _TABLES:
                conn.execute(table)
            _drop_leases_of_another_boot(conn)
    except sqlite3.Error:
        conn.close()
        raise
    return conn


def _drop_leases_of_another_boot(conn: sqlite3.Connection) -> None:
    """The monotonic clock starts anew with the machine; a runtime folder on a disk may not."""
    boot = boot_id()
    if conn.execute("SELECT id FROM boot").fetchone() != (boot,):
        conn.execute("DELETE FROM sessions")
        conn.execute("DELETE FROM boot")
        conn.execute("INSERT INTO boot VALUES (?)", (boot,))


def forget_leases(runtime: Path) -> None:
    """After a restore the numbers of parcels may mean others: no light and no session stays."""
    conn = open_lease_file(runtime)
    try:
        with transaction(conn):
            conn.execute("DELETE FROM sessions")
            conn.execute("DELETE FROM calls")
    finally:
        conn.close()


class LeaseFile:
    """The book at its place in the runtime folder, even after somebody has deleted the folder."""

    def __init__(self, runtime: Path) -> None:
        self._runtime = runtime
        self._opened = 0
        self._open()

    def follow(self) -> int:
        """Be at the book that is in place: what is written into a deleted one lights nothing.
        Returns how many books it has been at so far."""
        try:
            if (self._runtime / LEASE_FILE).stat().st_ino == self._inode:
                return self._opened
        except OSError:
            self._runtime.mkdir(mode=0o700, exist_ok=True)
        self.conn.close()
        self._open()
        return self._opened

    def _open(self) -> None:
        self.conn = open_lease_file(self._runtime)
        self._inode = (self._runtime / LEASE_FILE).stat().st_ino
        self._opened += 1
