"""A backup as one file: a tar with its manifest first, then the database, the settings, and the key: under its
recovery phrase where there is one, and in plain only if all of it is sealed."""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tarfile import USTAR_FORMAT, TarError, TarFile, TarInfo
from tarfile import open as open_tar
from typing import BinaryIO, NamedTuple, cast

from kiosk.durable import private_file
from kiosk.parcels.problems import Problem
from kiosk.store.rescue import envelope
from kiosk.store.rescue.envelope import CHUNK, BadBackup, Reader

FORMAT = 3  # in the first one the database had a sum of its own in the manifest; the second one had no recovery
MANIFEST, DATABASE, SETTINGS, KEY, RECOVERY = "manifest.json", "station.db", "station.toml", "key", "recovery"
# What a backup may hold, and how large it may be; nothing else is taken out of one.
_LONGEST = {MANIFEST: 1 << 16, DATABASE: 1 << 40, SETTINGS: 1 << 20, KEY: 1 << 10, RECOVERY: 1 << 12}
_BLOCK, _RECORD = 512, 10240  # bytes of a tar


class Manifest(NamedTuple):
    """What a backup holds. `key`: the name of the station's key; `seq`, `link` (hex): the log's last event;
    `erased_seq`: whom the station has forgotten up to this event is forgotten here too.

    `made_at` is ISO 8601 in UTC; `sizes` are bytes of the other files; `sha256` of the database is empty where what the
    tar is wrapped in vouches for every byte: to know it beforehand, the database had to be read once more.
    """

    format: int
    made_at: str
    station: str
    key: str
    program: str
    schema: int
    events: int
    seq: int
    link: str
    erased_seq: int
    sha256: str
    sizes: Mapping[str, int]


def pack(target: Path, manifest: Manifest, files: Mapping[str, Path], key: bytes | None) -> None:
    """Write the file, in pieces of 1 MiB. `files` by their names in the tar."""
    made_at = int(datetime.fromisoformat(manifest.made_at).timestamp())
    with os.fdopen(private_file(target), "wb") as out:
        wrapped = envelope.writer(out, key)
        with open_tar(mode="w|", fileobj=cast(BinaryIO, wrapped), bufsize=CHUNK, format=USTAR_FORMAT) as tar:
            told = json.dumps(manifest._asdict(), indent=1).encode()
            tar.addfile(_info(MANIFEST, len(told), made_at), _of_bytes(told))
            for name, path in files.items():
                with path.open("rb") as file:
                    tar.addfile(_info(name, manifest.sizes[name], made_at), file)
        wrapped.finish()


def read_manifest(path: Path, key: bytes | None) -> Manifest:
    """Reads the beginning only, and the length of the file. Raises BadBackup, OSError."""
    with _opened(path, key) as (_, tar):
        manifest, told_bytes = _first(tar)
        tar_bytes = sum(_BLOCK + _padded(size, _BLOCK) for size in (told_bytes, *manifest.sizes.values()))
        with path.open("rb") as file:
            sealed = envelope.is_sealed(file)
        whole = envelope.wrapped_size(_padded(tar_bytes + 2 * _BLOCK, _RECORD), sealed=sealed)
        if path.stat().st_size != whole:
            raise BadBackup(Problem.BACKUP_DAMAGED)
    return manifest


def unpack(path: Path, key: bytes | None, folder: Path | None) -> Manifest:
    """Read all of it and check every byte; what it holds goes into `folder`, or nowhere. Raises BadBackup, OSError."""
    with _opened(path, key, CHUNK) as (wrapped, tar):
        manifest, _ = _first(tar)
        if KEY in manifest.sizes and key is None:  # ours are sealed then: this one wants to bring its own
            raise BadBackup(Problem.NOT_A_BACKUP)
        found: dict[str, str] = {}
        while (info := tar.next()) is not None:
            is_plain = info.isreg() and info.sparse is None  # a sparse one would fill the disk out of nothing
            if (
                not is_plain
                or manifest.sizes.get(info.name) != info.size
                or info.name in found
                or info.name not in _LONGEST
            ):
                raise BadBackup(Problem.BACKUP_DAMAGED)
            found[info.name] = _take_out(tar, info, folder, summed=bool(manifest.sha256))
        wrapped.finish()
    if found.keys() != manifest.sizes.keys() or found.get(DATABASE) != manifest.sha256:
        raise BadBackup(Problem.BACKUP_DAMAGED)
    return manifest


@contextmanager
def _opened(path: Path, key: bytes | None, at_once: int = _RECORD) -> Iterator[tuple[Reader, TarFile]]:
    """Whatever is wrong with the tar is a BadBackup. `at_once`: bytes, few where only the beginning is wanted."""
    if path.exists() and not path.is_file():  # a pipe would be waited for, for ever
        raise BadBackup(Problem.NOT_A_BACKUP)
    with path.open("rb") as file:
        wrapped = envelope.reader(file, key)
        try:
            with open_tar(mode="r|", fileobj=cast(BinaryIO, wrapped), bufsize=at_once) as tar:
                yield wrapped, tar
        except BadBackup:
            raise
        except (TarError, EOFError, LookupError, ArithmeticError, ValueError, TypeError, AttributeError, RecursionError,
                AssertionError) as wrong:  # fmt: skip
            raise BadBackup(Problem.NOT_A_BACKUP) from wrong


def _first(tar: TarFile) -> tuple[Manifest, int]:
    info = tar.next()
    if info is None or info.name != MANIFEST or not info.isfile() or info.size > _LONGEST[MANIFEST]:
        raise BadBackup(Problem.NOT_A_BACKUP)
    file = tar.extractfile(info)
    assert file is not None
    told = json.loads(file.read())
    if not isinstance(told, dict) or not isinstance(told.get("format"), int):
        raise BadBackup(Problem.NOT_A_BACKUP)
    if told["format"] > FORMAT:
        raise BadBackup(Problem.BACKUP_NEWER)
    manifest = Manifest(**{name: told[name] for name in Manifest._fields})
    if not _is_sound(manifest):
        raise BadBackup(Problem.NOT_A_BACKUP)
    return manifest, info.size


def _is_sound(manifest: Manifest) -> bool:
    numbers = (manifest.schema, manifest.events, manifest.seq, manifest.erased_seq, *manifest.sizes.values())
    texts = (manifest.made_at, manifest.station, manifest.key, manifest.program, manifest.link, manifest.sha256)
    datetime.fromisoformat(manifest.made_at)
    return (
        isinstance(manifest.sizes, dict)
        and all(isinstance(number, int) and 0 <= number < 1 << 60 for number in numbers)
        and all(isinstance(text, str) for text in texts)
        and all(size <= _LONGEST[name] for name, size in manifest.sizes.items())
        and re.fullmatch(r"[0-9a-f]{64}", manifest.link) is not None
    )


def _take_out(tar: TarFile, info: TarInfo, folder: Path | None, *, summed: bool) -> str:
    """Write one file of the tar into the folder under its plain name; returns its SHA-256 if that is wanted."""
    file = tar.extractfile(info)
    if file is None:
        raise BadBackup(Problem.BACKUP_DAMAGED)
    digest = hashlib.sha256()
    with Path(os.devnull).open("wb") if folder is None else os.fdopen(private_file(folder / info.name), "wb") as out:
        while data := file.read(CHUNK):
            if summed:
                digest.update(data)
            out.write(data)
    return digest.hexdigest() if summed else ""


def _info(name: str, size: int, made_at: int) -> TarInfo:
    info = TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, made_at
    return info


def _of_bytes(content: bytes) -> BinaryIO:
    return BytesIO(content)


def _padded(size: int, unit: int) -> int:
    return -(-size // unit) * unit
