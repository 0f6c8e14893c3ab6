"""A bit that a card lost in the write-ahead log is told; what a power cut tears is not taken for it."""

from pathlib import Path
from random import Random

import pytest

from kiosk.store.file.sqlite import sqlite3
from kiosk.store.file.wal_damage import _added, _page_added, lost_transactions

TRANSACTIONS = 12


@pytest.fixture
def wal(tmp_path: Path) -> bytes:
    """The log of twelve transactions, the first five of them begun anew after a checkpoint."""
    conn = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB)")
    for _ in range(5):
        conn.execute("INSERT INTO t (b) VALUES (randomblob(9000))")
    conn.execute("PRAGMA wal_checkpoint(RESTART)")
    for _ in range(TRANSACTIONS):
        conn.execute("INSERT INTO t (b) VALUES (randomblob(900))")
    log = (tmp_path / "a.db-wal").read_bytes()
    (tmp_path / "a.db").rename(tmp_path / "b.db")
    conn.close()
    return log


def told(tmp_path: Path, log: bytes) -> int:
    path = tmp_path / "b.db-wal"
    path.write_bytes(log)
    return lost_transactions(path, tmp_path / "b.db")


def test_a_sound_log_and_none_at_all(tmp_path: Path, wal: bytes) -> None:
    assert told(tmp_path, wal) == 0
    assert told(tmp_path, b"") == 0 and told(tmp_path, bytes(100)) == 0
    assert lost_transactions(tmp_path / "none", tmp_path / "b.db") == 0


def test_any_bit_lost_before_the_last_two_transactions_is_told(tmp_path: Path, wal: bytes) -> None:
    frames = _own_frames(wal)
    random = Random(3)
    for _ in range(60):
        at = random.randrange(32, 32 + (4096 + 24) * (frames - 4))
        flipped = bytearray(wal)
        flipped[at] ^= 1 << random.randrange(8)
        assert told(tmp_path, bytes(flipped)) >= 2, at
    for at in range(32):  # its header
        flipped = bytearray(wal)
        flipped[at] ^= 1
        assert told(tmp_path, bytes(flipped)) >= 2, at


def test_a_log_torn_at_its_end_is_what_a_power_cut_leaves(tmp_path: Path, wal: bytes) -> None:
    end = 32 + (4096 + 24) * _own_frames(wal)
    for cut in range(1, 4096, 511):
        torn = wal[: end - cut] + bytes(cut) + wal[end:]
        assert told(tmp_path, torn) == 0
        assert told(tmp_path, wal[: end - cut]) == 0


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("size", [1 << power for power in range(9, 17)])
def test_a_page_is_summed_up_as_sqlite_says(size: int, order: str) -> None:
    random = Random(size)
    for page in (random.randbytes(size), bytes(size), b"\xff" * size):
        sums = random.getrandbits(32), random.getrandbits(32)
        assert _page_added(sums, page, order) == _added(sums, page, order)


def test_a_frame_torn_between_two_sectors_does_not_count_as_a_transaction(tmp_path: Path) -> None:
    """The cut left the first half of frame 41's head from the log before it: a commit there, of these salts now."""
    conn = sqlite3.connect(tmp_path / "b.db", isolation_level=None)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB)")
    conn.execute("PRAGMA wal_checkpoint(RESTART)")
    conn.execute("INSERT INTO t (b) VALUES (randomblob(250000))")
    log = bytearray((tmp_path / "b.db-wal").read_bytes())
    conn.close()
    head = 32 + 41 * (4096 + 24)
    assert (head + 8) % 512 == 0 and _own_frames(bytes(log)) > 42
    log[head + 4 : head + 8] = (62).to_bytes(4, "big")
    log[head - 1000 : head - 500] = bytes(500)
    assert told(tmp_path, bytes(log)) == 0


@pytest.mark.parametrize("last", [41, 42])
@pytest.mark.parametrize("place", ["page", "sums"])
def test_a_lost_bit_is_told_where_a_head_lies_between_two_sectors(tmp_path: Path, place: str, last: int) -> None:
    """Frame 41 is such a one, and as sound as any: what it commits was acknowledged."""
    conn = sqlite3.connect(tmp_path / "b.db", isolation_level=None)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB)")
    conn.execute("PRAGMA wal_checkpoint(RESTART)")
    while _own_frames((tmp_path / "b.db-wal").read_bytes()) <= last:
        conn.execute("INSERT INTO t (b) VALUES (1)")
    log = bytearray((tmp_path / "b.db-wal").read_bytes())
    conn.close()
    at = 32 + (last - 1) * (4096 + 24)
    log[at + (1000 if place == "page" else 18)] ^= 1
    assert told(tmp_path, bytes(log)) == 2


def _own_frames(wal: bytes) -> int:
    """Frames since the checkpoint; those behind them are older."""
    salts = [wal[at + 8 : at + 16] for at in range(32, len(wal), 4096 + 24)]
    return salts.count(wal[16:24])
