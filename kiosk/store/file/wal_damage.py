"""Damage in SQLite's write-ahead log, which SQLite itself passes over in silence.

Opening a database after a crash, SQLite reads the log up to the first frame whose checksum is wrong and forgets the
rest: right after a power cut, where the last transaction may be torn, and wrong where a card has lost a bit in the
middle. We flush each transaction before the next one begins, so two or more of them behind a broken frame were
acknowledged.
Format: https://www.sqlite.org/fileformat2.html#walformat.
"""

import struct
from array import array
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

_HEADER, _FRAME, _SECTOR = 32, 24, 512  # bytes
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}  # the byte order of what is summed up
_VERSION = 3007000
_TORN = 1  # transactions that a power cut may have left unfinished
_WORD = 0xFFFFFFFF
_BITS = (0, *(sign << place for place in range(32) for sign in (1, -1)))
Sums = tuple[int, int]


class _Frame(NamedTuple):
    commits: bool
    is_split: bool  # its head, between two sectors: a power cut may have left the old half, which says `commits`
    salts: bytes
    sums: Sums
    head: bytes  # these eight octets and the page are summed up
    page: bytes


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
        sums = _frame_added(sums, frame, order)
        parts += [frame.head, salts, struct.pack(">2I", *sums), frame.page]
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
        told = struct.unpack(">2I", log[24:_HEADER])
        return _behind(frames, _usual_salts(frames), told, order or "<")  # a header is flushed before its first frame
    salts = log[16:24]
    for number, frame in enumerate(frames):
        before, sums = sums, _frame_added(sums, frame, order or "<")
        if frame.salts != salts or frame.sums != sums:
            return _behind(frames[number:], salts, before, order or "<")
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
        head, salts, page = log[start : start + 8], log[start + 8 : start + 16], log[start + _FRAME : start + step]
        is_split = (start + 4) // _SECTOR != (start + 15) // _SECTOR
        yield _Frame(size_after != 0, is_split, salts, (sums[0], sums[1]), head, page)


def _behind(frames: list[_Frame], salts: bytes, before: Sums, order: str) -> int:
    """Transactions of the same log behind the break; frames of the log before it have other salts. `before`: the sums
    up to the break."""
    found = 0
    for frame in frames:
        if frame.salts == salts and frame.commits:
            found += not frame.is_split or _is_sound_but_for_a_bit(before, frame, order)
        before = frame.sums
    return found if found > _TORN else 0


def _is_sound_but_for_a_bit(before: Sums, frame: _Frame, order: str) -> bool:
    """Whether its sums fit, or one lost bit in it or in `before` is all that is wrong: a bit weighs in the two sums by
    how often the steps behind it add it up. What a power cut left half written differs by more."""
    first, second = _frame_added(before, frame, order)
    off = (frame.sums[0] - first) & _WORD, (frame.sums[1] - second) & _WORD
    weights = [(1, 0), (0, 1)]
    for _ in range(len(frame.page) // 8 + 2):
        for once, twice in weights:
            if any(off == (bit * once & _WORD, bit * twice & _WORD) for bit in _BITS):
                return True
        weights = [((once + twice) & _WORD, (once + 2 * twice) & _WORD) for once, twice in weights]
    return False


def _frame_added(sums: Sums, frame: _Frame, order: str) -> Sums:
    return _page_added(_added(sums, frame.head, order), frame.page, order)


def _added(sums: Sums, octets: bytes, order: str) -> Sums:
    """SQLite's checksum, carried on over these octets."""
    first, second = sums
    words = struct.unpack(f"{order}{len(octets) // 4}I", octets)
    for word, next_word in zip(words[::2], words[1::2], strict=True):
        first = (first + word + second) & _WORD
        second = (second + next_word + first) & _WORD
    return first, second


def _page_added(sums: Sums, page: bytes, order: str) -> Sums:
    """The same over a page, several times as fast. The checksum is linear, so a page is folded: its pairs of words
    stand side by side in one large number, and the earlier half, carried on by as many steps, is added to the later."""
    if order == ">":
        words = array("I", page)
        words.byteswap()
        page = words.tobytes()
    pairs = len(page) // 8
    own, low = int.from_bytes(page, "little"), _low_words(pairs)
    first = own & low
    second = (first + (own >> 32 & low)) & low
    left = pairs
    while left > 1:
        left //= 2
        a, b, c = _steps(left)
        low >>= 64 * left
        early, early_second = first & low, second & low
        first = ((a * early & low) + (b * early_second & low) + (first >> 64 * left)) & low
        second = ((b * early & low) + (c * early_second & low) + (second >> 64 * left)) & low
    a, b, c = _steps(pairs)
    return (a * sums[0] + b * sums[1] + first) & _WORD, (b * sums[0] + c * sums[1] + second) & _WORD


@cache
def _low_words(pairs: int) -> int:
    """The lower word of each pair, as a mask."""
    return int.from_bytes(b"\xff\xff\xff\xff\0\0\0\0" * pairs, "little")


@cache
def _steps(pairs: int) -> tuple[int, int, int]:
    """What so many pairs of zeros (a power of two) do to the sums: the matrix ((a, b), (b, c))."""
    if pairs == 1:
        return 1, 1, 2
    a, b, c = _steps(pairs // 2)
    return (a * a + b * b) & _WORD, (a * b + b * c) & _WORD, (b * b + c * c) & _WORD
