"""What a backup's tar is wrapped in: sealed with a key, or in plain with a checksum. Neither hides a changed byte.

Plain: the tar, then TRAILER and the SHA-256 of the tar (a tar's readers ignore what follows its end).
Sealed: MAGIC, 8 bytes that name the key, and libsodium's secretstream (XChaCha20-Poly1305): a header of 24 bytes, then
chunks of 1 MiB plus 17 bytes, of which the last one, and only that, carries the final tag.
"""

import hashlib
import os
from typing import BinaryIO, Protocol

from kiosk.parcels.problems import Problem

MAGIC = b"KIOSK SEALED 1\n"
TRAILER = b"kiosk sha256\n"
CHUNK, TAG, HEADER, KEY_NAME = 1 << 20, 17, 24, 8  # bytes
_DIGEST = 32


class BadBackup(Exception):
    """A file that cannot be used as a backup; `problem` says why."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(f"{problem} {detail}")
        self.problem, self.detail = problem, detail


class Writer(Protocol):
    """Takes the tar piece by piece; finish() makes it whole."""

    def write(self, data: bytes) -> int: ...
    def finish(self) -> None: ...


class Reader(Protocol):
    """Gives the tar back piece by piece. Raises BadBackup at the first wrong byte, at the latest in finish()."""

    def read(self, count: int) -> bytes: ...
    def finish(self) -> None: ...


def writer(out: BinaryIO, key: bytes | None) -> Writer:
    """Sealed where there is a key."""
    return SealedWriter(out, key) if key else PlainWriter(out)


def is_sealed(file: BinaryIO) -> bool:
    """By its first bytes; reads on from the beginning afterwards."""
    found = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    return found


def reader(file: BinaryIO, key: bytes | None) -> Reader:
    """Raises BadBackup where the file is sealed and the key is missing or another."""
    if not is_sealed(file):
        return PlainReader(file)
    if key is None:
        raise BadBackup(Problem.BACKUP_SEALED)
    return SealedReader(file, key)


def wrapped_size(tar_bytes: int, *, sealed: bool) -> int:
    """How long the file of a tar of so many bytes is."""
    if not sealed:
        return tar_bytes + len(TRAILER) + _DIGEST
    return len(MAGIC) + KEY_NAME + HEADER + tar_bytes + TAG * max(1, -(-tar_bytes // CHUNK))


class PlainWriter:
    def __init__(self, out: BinaryIO) -> None:
        self._out, self._sum = out, hashlib.sha256()

    def write(self, data: bytes) -> int:
        self._sum.update(data)
        return self._out.write(data)

    def finish(self) -> None:
        self._out.write(TRAILER + self._sum.digest())


class PlainReader:
    def __init__(self, file: BinaryIO) -> None:
        self._file, self._sum = file, hashlib.sha256()
        self._left = os.fstat(file.fileno()).st_size - len(TRAILER) - _DIGEST

    def read(self, count: int) -> bytes:
        data = self._file.read(max(0, min(count, self._left)))
        self._left -= len(data)
        self._sum.update(data)
        return data

    def finish(self) -> None:
        while self.read(CHUNK):
            pass
        if self._left != 0 or self._file.read() != TRAILER + self._sum.digest():
            raise BadBackup(Problem.BACKUP_DAMAGED)


class SealedWriter:
    def __init__(self, out: BinaryIO, key: bytes) -> None:
        from nacl import bindings  # here and below; 3 ms and 1 MB: few stations seal

        self._out, self._waiting = out, bytearray()
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        header = bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, key)
        out.write(MAGIC + _name_of(key) + header)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:  # the last chunk waits for finish(), which marks it
            self._push(final=False)
        return len(data)

    def finish(self) -> None:
        self._push(final=True)

    def _push(self, *, final: bool) -> None:
        from nacl import bindings

        kind = (
            bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
            if final
            else bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
        )
        chunk = bytes(self._waiting[:CHUNK])
        del self._waiting[:CHUNK]
        self._out.write(bindings.crypto_secretstream_xchacha20poly1305_push(self._state, chunk, MAGIC, kind))


class SealedReader:
    def __init__(self, file: BinaryIO, key: bytes) -> None:
        from nacl import bindings

        self._file, self._opened, self._ended = file, bytearray(), False
        start = file.read(len(MAGIC) + KEY_NAME + HEADER)
        if start[len(MAGIC) :][:KEY_NAME] != _name_of(key):
            raise BadBackup(Problem.BACKUP_OTHER_SEAL)
        if len(start) < len(MAGIC) + KEY_NAME + HEADER:
            raise BadBackup(Problem.BACKUP_DAMAGED)
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(self._state, start[-HEADER:], key)

    def read(self, count: int) -> bytes:
        while len(self._opened) < count and not self._ended:
            self._pull()
        data = bytes(self._opened[:count])
        del self._opened[:count]
        return data

    def finish(self) -> None:
        while self.read(CHUNK):
            pass
        if self._file.read(1):
            raise BadBackup(Problem.BACKUP_DAMAGED)

    def _pull(self) -> None:
        from nacl import bindings, exceptions

        chunk = self._file.read(CHUNK + TAG)
        try:
            data, kind = bindings.crypto_secretstream_xchacha20poly1305_pull(self._state, chunk, MAGIC)
        except (exceptions.CryptoError, ValueError, RuntimeError) as wrong:  # changed, moved, or cut off
            raise BadBackup(Problem.BACKUP_DAMAGED) from wrong
        self._opened += data
        self._ended = kind == bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL


def _name_of(key: bytes) -> bytes:
    """Tells a wrong key from a damaged file; says nothing about the key."""
    return hashlib.sha256(b"name of a backup key\0" + key).digest()[:KEY_NAME]
