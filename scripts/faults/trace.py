"""What the shim saw, in order: creations, writes, truncations, flushes, and what was told meanwhile."""

import struct
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import NamedTuple

_HEAD = struct.Struct("<BBIQI")


class Op(Enum):
    """One letter each, as in shim.c."""

    CREATE = "C"
    WRITE = "W"
    SIZE = "S"
    UNLINK = "U"
    LINK = "L"
    RENAME = "R"
    FLUSH_BEGINS = "B"
    FLUSH_ENDS = "E"
    TOLD = "A"


class Record(NamedTuple):
    """`name` is a file of the station, empty for its folder. `offset` is the new size of SIZE; `data` the new name of
    LINK and RENAME, and what was told of TOLD."""

    op: Op
    name: str
    pid: int
    offset: int
    data: bytes


def read_trace(path: Path) -> list[Record]:
    """Without SQLite's shared memory, which is made anew at each start."""
    return [record for record in _records(path.read_bytes()) if not record.name.endswith("-shm")]


def _records(raw: bytes) -> Iterator[Record]:
    at = 0
    while at < len(raw):
        op, name_length, pid, offset, length = _HEAD.unpack_from(raw, at)
        name_at, data_at = at + _HEAD.size, at + _HEAD.size + name_length
        at = data_at + length
        yield Record(Op(chr(op)), raw[name_at:data_at].decode(), pid, offset, raw[data_at:at])


def told(text: str) -> bytes:
    """A record to be appended to a trace by whoever saw something on a screen."""
    data = text.encode()
    return _HEAD.pack(ord(Op.TOLD.value), 0, 0, 0, len(data)) + data
