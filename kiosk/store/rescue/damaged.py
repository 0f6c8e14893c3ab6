"""Reading a damaged database: what SQL still reaches, round the pages that it does not."""

import shutil
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from kiosk.durable import copy_readable
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.file.wal_damage import lost_transactions, mended, page_size_of

_MAGIC = b"SQLite format 3\0"
HEADER, _PAGE_SIZE = 100, slice(16, 18)
_CHANGES, _VALID_FOR = slice(24, 28), slice(92, 96)
_MOST_FAILURES = 20_000  # reads of a table; each takes some microseconds
_Row = tuple[object, ...]


def copy_damaged(database: Path, folder: Path) -> Path:
    """Work on a copy: opening a file changes it, and this one is evidence. Nobody may have it open meanwhile.

    In a log of writes that SQLite would cut short the sums are made to fit.
    """
    copy = folder / database.name
    copy_readable(database, copy)
    log = database.with_name(f"{database.name}-wal")
    if log.exists():
        copied = folder / log.name
        copy_readable(log, copied)
        if lost_transactions(copied, copy):
            copied.write_bytes(mended(copied.read_bytes(), page_size_of(copy)))
    return copy


def _mend_header(copy: Path, model: bytes, *, whole_page: bool = False) -> None:
    """Put the first bytes of a sound database of the same station into a copy: the header, or the whole first page."""
    size = int.from_bytes(model[_PAGE_SIZE], "big")
    patch = bytearray(model[: (65536 if size == 1 else size) if whole_page else HEADER])
    # Its page count is another's: where these two differ, SQLite goes by the length of the file.
    patch[_VALID_FOR] = bytes(byte ^ 0xFF for byte in patch[_CHANGES])
    with copy.open("r+b") as file:
        file.write(patch)


def _has_header(copy: Path) -> bool:
    """Whether it begins like a database."""
    with copy.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


class DamagedDatabase:
    """Reads rows by their numbers, forwards until a page cannot be read, then on both sides of it."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
        self.unread: set[str] = set()  # tables of which something could not be read

    def tables(self) -> dict[str, tuple[str, ...]]:
        """Their columns. Raises sqlite3.Error where the list itself is lost."""
        names = [row[0] for row in self.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        return {name: self.columns(name) for name in names if not name.startswith("sqlite_")}

    # Names stand in [ ]: a column that is not there must be an error, and in " " it would be a text.
    def columns(self, table: str) -> tuple[str, ...]:
        return tuple(row[1] for row in self.conn.execute(f"PRAGMA table_info([{table}])"))

    def rows(self, table: str, columns: tuple[str, ...]) -> Iterator[_Row]:
        """Every row that can be read, in no certain order; where some cannot, the table is in `unread`."""
        names = ", ".join(f"[{column}]" for column in columns)
        try:
            has_numbers = self._has_numbers(table)
            found = self._by_number(table, names) if has_numbers else self._from_both_ends(table, names)
            yield from found
        except sqlite3.Error:
            self.unread.add(table)

    def _has_numbers(self, table: str) -> bool:
        (made_by,) = self.conn.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        return "WITHOUT ROWID" not in str(made_by).upper()

    def _by_number(self, table: str, names: str) -> Iterator[_Row]:
        """Wide stretches first: what lies beyond a bad page is read before its rows are tried one by one."""
        asked = f"SELECT rowid, {names} FROM [{table}] WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        stretches, failures = deque([(0, self._last(table))]), 0
        while stretches:
            low, high = stretches.popleft()
            reached = low - 1
            try:
                for row in self.conn.execute(asked, (low, high)):
                    reached = row[0]
                    yield row[1:]
            except sqlite3.Error:
                self.unread.add(table)
                failures += 1
                low, middle = reached + 1, (reached + 1 + high) // 2
                # Nothing of a stretch was read: its first page is bad, so try its halves.
                if low < high and failures < _MOST_FAILURES:
                    stretches += [(low, middle), (middle + 1, high)]

    def _last(self, table: str) -> int:
        try:
            return int(self.conn.execute(f"SELECT coalesce(max(rowid), 0) FROM [{table}]").fetchone()[0])
        except sqlite3.Error:
            self.unread.add(table)
            pages = int(self.conn.execute("PRAGMA page_count").fetchone()[0])
            return pages * int(self.conn.execute("PRAGMA page_size").fetchone()[0]) // 16  # no row is shorter

    def _from_both_ends(self, table: str, names: str) -> Iterator[_Row]:
        keys = [row[1] for row in self.conn.execute(f"PRAGMA table_info([{table}])") if row[5]]
        for direction in ("", " DESC"):
            order = ", ".join(f"[{key}]{direction}" for key in keys)
            try:
                yield from self.conn.execute(f"SELECT {names} FROM [{table}] ORDER BY {order}")
                return
            except sqlite3.Error:
                self.unread.add(table)


def _open(copy: Path) -> DamagedDatabase:
    """Nothing is checked yet: any read may raise sqlite3.Error."""
    conn = sqlite3.connect(copy, isolation_level=None)
    conn.execute("PRAGMA trusted_schema = OFF")
    conn.execute("PRAGMA cell_size_check = ON")
    return DamagedDatabase(conn)


def ways_to_read(database: Path, work: Path, model: bytes) -> Iterator[DamagedDatabase]:
    """As it is; with another header, if its own is no header; with another first page. To be closed by the caller.

    `model`: the first page of a sound database of the same station; if it is shorter than a page, its header only.
    """
    for attempt in range(3 if len(model) > HEADER else 2):
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=0o700)
        copy = copy_damaged(database, work)
        if attempt == 1 and _has_header(copy):
            continue
        if attempt > 0:
            _mend_header(copy, model, whole_page=attempt == 2)
        yield _open(copy)
