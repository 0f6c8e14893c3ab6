"""Damage in SQLite's write-ahead log, which SQLite itself passes over in silence.

Opening a database after a crash, SQLite reads the log up to the first frame whose checksum is wrong and forgets the
rest: right after a power cut, where the last transaction may be torn, and wrong where a card has lost a bit in the
middle. We flush each transaction before the next one begins, so two or more of them behind a broken frame were
acknowledged.
Format: https://www.sqlite.org/fileformat2.html#walformat.
"""

import struct
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_HEADER, _FRAME = 32, 24  # bytes
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}  # the byte order of what is summed up
_VERSION = 3007000
_TORN = 1  # transactions that a power cut may have left unfinished


class _Frame(NamedTuple):
    commits: bool
    salts: bytes
    sums: tuple[int, int]
    summed: bytes


def mended(log: bytes, page_size: int) -> bytes:
    """The same log with sums that fit, so that SQLite reads all of it. Whether what it says is right, only the rules
    that hold over the whole database can tell."""
    (magic,) = struct.unpack(">I", log[:4])
    frames = list(_frames(log, page_size))
    salts = log[16:24] if any(frame.salts == log[16:24] for frame in frames) else _usual_salts(frames)
    last = max(number for number, frame in enumerate(frames) if frame.salts == salts)
    order = _MAGIC.get(magic, "<")
    codes = {byte_order: code for code, byte_order in _MAGIC.items()}
    head = struct.pack(">3I", codes[order], _VERSION, page_size) + log[12:16] + salts
    sums = _added((0, 0), head, order)
    parts = [head, struct.pack(">2I", *sums)]
    for frame in frames[: last + 1]:
        sums = _added(sums, frame.summed, order)
        parts += [frame.summed[:8], salts, struct.pack(">2I", *sums), frame.summed[8:]]
    return b"".join(parts)


def lost_transactions(wal: Path, database: Path) -> int:
    """How many acknowledged transactions SQLite would pass over; 0 where the log is sound, torn at its end, or none.

    Reads both files, so nobody may have the database open: closing it here would drop SQLite's locks.
    """
    try:
        log, page_size = wal.read_bytes(), page_size_of(database)
    except FileNotFoundError:
        return 0
    if len(log) < _HEADER + _FRAME:
        return 0
    (magic,) = struct.unpack(">I", log[:4])
    order = _MAGIC.get(magic)
    frames = list(_frames(log, page_size))
    sums = _added((0, 0), log[:24], order) if order else None
    if sums != struct.unpack(">2I", log[24:_HEADER]):
        return _behind(frames, _usual_salts(frames))  # a header is flushed before its first frame
    salts = log[16:24]
    for number, frame in enumerate(frames):
        sums = _added(sums, frame.summed, order or "<")
        if frame.salts != salts or frame.sums != sums:
            return _behind(frames[number:], salts)
    return 0


def page_size_of(database: Path) -> int:
    """As the database's header says; the usual one where that is lost."""
    with database.open("rb") as file:
        found = int.from_bytes(file.read(18)[16:18], "big")
    size = 65536 if found == 1 else found
    return size if size in {1 << power for power in range(9, 17)} else 4096


def _usual_salts(frames: list[_Frame]) -> bytes:
    counted = Counter(frame.salts for frame in frames).most_common(1)
    return counted[0][0] if counted else b""


def _frames(log: bytes, page_size: int) -> Iterator[_Frame]:
    step = _FRAME + page_size
    for start in range(_HEADER, len(log) - step + 1, step):
        _, size_after, _, _, *sums = struct.unpack(">6I", log[start : start + _FRAME])
        page = log[start + _FRAME : start + step]
        yield _Frame(size_after != 0, log[start + 8 : start + 16], (sums[0], sums[1]), log[start : start + 8] + page)


def _behind(frames: list[_Frame], salts: bytes) -> int:
    """Transactions of the same log behind the break; frames of the log before it have other salts."""
    found = sum(frame.commits for frame in frames if frame.salts == salts)
    return found if found > _TORN else 0


def _added(sums: tuple[int, int], octets: bytes, order: str) -> tuple[int, int]:
    """SQLite's checksum, carried on over these octets."""
    first, second = sums
    words = struct.unpack(f"{order}{len(octets) // 4}I", octets)
    for word, next_word in zip(words[::2], words[1::2], strict=True):
        first = (first + word + second) & 0xFFFFFFFF
        second = (second + next_word + first) & 0xFFFFFFFF
    return first, second
