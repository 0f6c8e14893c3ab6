"""A backup's file: sealed or plain, no changed byte and no missing end goes unnoticed."""

import hashlib
import json
from pathlib import Path
from random import Random

import pytest

from kiosk.parcels.problems import Problem
from kiosk.store.rescue import archive, envelope
from kiosk.store.rescue.archive import Manifest, pack, read_manifest, unpack
from kiosk.store.rescue.envelope import CHUNK, BadBackup

KEY, OTHER = bytes(range(32)), bytes(32)
SEALS = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "sealed"])


def make(folder: Path, key: bytes | None, size: int = 3000, *, summed: bool = False) -> Path:
    """A backup of random bytes; `summed`: as the first versions made it, with a sum of the database in the manifest."""
    (folder / "station.db").write_bytes(Random(1).randbytes(size))
    (folder / "station.toml").write_bytes(b"[station]\n")
    files = {name: folder / name for name in ("station.db", "station.toml")}
    sizes = {name: path.stat().st_size for name, path in files.items()}
    sha256 = hashlib.sha256(files["station.db"].read_bytes()).hexdigest() if summed else ""
    made_at, shape = "2026-11-22T08:00:00.000+00:00", 1 if summed else 2
    manifest = Manifest(shape, made_at, "S001", "k", "0.1.0", 3, 2, 2, "ab" * 32, 2, sha256, sizes)
    path = folder / "backup"
    path.unlink(missing_ok=True)
    pack(path, manifest, files, key)
    return path


def refusal(path: Path, key: bytes | None) -> Problem:
    with pytest.raises(BadBackup) as raised:
        unpack(path, key, None)
    return raised.value.problem


@SEALS
@pytest.mark.parametrize("size", [0, 3000, CHUNK - 10240, CHUNK, 3 * CHUNK + 7])
def test_what_goes_in_comes_out(tmp_path: Path, key: bytes | None, size: int) -> None:
    path, out = make(tmp_path, key, size), tmp_path / "out"
    out.mkdir()
    assert read_manifest(path, key) == unpack(path, key, out)
    assert (out / "station.db").read_bytes() == (tmp_path / "station.db").read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


@SEALS
def test_every_cut_is_noticed_already_in_the_list(tmp_path: Path, key: bytes | None) -> None:
    path = make(tmp_path, key, CHUNK + 5000)
    whole, random = path.read_bytes(), Random(2)
    for length in [0, 1, 40, CHUNK, len(whole) - 1, *(random.randrange(len(whole)) for _ in range(20))]:
        path.write_bytes(whole[:length])
        refusal(path, key)
        with pytest.raises(BadBackup):
            read_manifest(path, key)
    path.write_bytes(whole + b"x")
    refusal(path, key)


@SEALS
def test_every_flipped_bit_is_noticed(tmp_path: Path, key: bytes | None) -> None:
    path = make(tmp_path, key)
    whole, random = path.read_bytes(), Random(3)
    for place in [0, len(whole) - 1, *(random.randrange(len(whole)) for _ in range(300))]:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << random.randrange(8)
        path.write_bytes(flipped)
        refusal(path, key)


def test_pieces_in_another_order_are_noticed(tmp_path: Path) -> None:
    path = make(tmp_path, KEY, 4 * CHUNK)
    whole = path.read_bytes()
    start, step = len(envelope.MAGIC) + envelope.KEY_NAME + envelope.HEADER, CHUNK + envelope.TAG
    path.write_bytes(
        whole[:start] + whole[start + step : start + 2 * step] + whole[start : start + step] + whole[start + 2 * step :]
    )
    assert refusal(path, KEY) is Problem.BACKUP_DAMAGED


def test_a_wrong_key_is_told_from_damage(tmp_path: Path) -> None:
    path = make(tmp_path, KEY)
    assert refusal(path, OTHER) is Problem.BACKUP_OTHER_SEAL
    assert refusal(path, None) is Problem.BACKUP_SEALED


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("format", archive.FORMAT + 1, Problem.BACKUP_NEWER),
        ("format", "1", Problem.NOT_A_BACKUP),
        ("sizes", {"../key": 5}, Problem.NOT_A_BACKUP),
        ("seq", -1, Problem.NOT_A_BACKUP),
        ("made_at", "yesterday", Problem.NOT_A_BACKUP),
        ("sha256", "00" * 32, Problem.BACKUP_DAMAGED),
    ],
)
def test_an_odd_manifest_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: object, problem: Problem
) -> None:
    dumps = json.dumps
    monkeypatch.setattr(archive.json, "dumps", lambda told, **how: dumps({**told, name: value}, **how))  # type: ignore[attr-defined]
    assert refusal(make(tmp_path, None), None) is problem


def test_rubbish_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "backup"
    for rubbish in (b"", b"rubbish" * 9999, envelope.MAGIC, bytes(100_000)):
        path.write_bytes(rubbish)
        refusal(path, KEY)


@SEALS
def test_one_of_the_first_versions_is_held_against_its_own_sum(tmp_path: Path, key: bytes | None) -> None:
    path = make(tmp_path, key, summed=True)
    assert unpack(path, key, None).sha256
    manifest = read_manifest(path, key)
    path.unlink()
    pack(path, manifest._replace(sha256="ab" * 32), {name: tmp_path / name for name in manifest.sizes}, key)
    assert refusal(path, key) is Problem.BACKUP_DAMAGED
