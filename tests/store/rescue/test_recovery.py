"""The station's key under its recovery phrase."""

import json
from pathlib import Path
from random import Random

import pytest

from kiosk.store.file.keys import StationKey
from kiosk.store.rescue.phrase import new_phrase
from kiosk.store.rescue.recovery import Recovery, read_recovery, sealed_key, unsealed_key

SECRET, PHRASE, OTHER = bytes(range(32)), new_phrase(Random(1)), new_phrase(Random(2))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "recovery"
    file.write_bytes(sealed_key(SECRET, PHRASE, "2026-12-01"))
    return file


def test_only_its_phrase_opens_it(file: Path) -> None:
    found = read_recovery(file)
    assert found is not None and (found.key, found.made_on) == (StationKey(SECRET).name, "2026-12-01")
    assert unsealed_key(found, PHRASE) == unsealed_key(found, PHRASE.replace(" ", "")) == SECRET
    assert unsealed_key(found, OTHER) is None


def test_nothing_of_key_and_phrase_stands_in_it_and_no_two_are_alike(file: Path) -> None:
    content = file.read_text("ascii")
    assert SECRET.hex() not in content and not any(group in content for group in PHRASE.split(" "))
    assert sealed_key(SECRET, PHRASE, "2026-12-01").decode("ascii") != content


def test_one_changed_byte_opens_nothing(file: Path) -> None:
    found = read_recovery(file)
    assert found is not None
    for at in (0, 15, 16, 39, 40, len(found.sealed) - 1):
        changed = bytearray(found.sealed)
        changed[at] ^= 1
        assert unsealed_key(found._replace(sealed=bytes(changed)), PHRASE) is None
    assert unsealed_key(found._replace(sealed=found.sealed[:30]), PHRASE) is None
    assert unsealed_key(Recovery("another", found.made_on, found.sealed), PHRASE) is None


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"7", b"null", b"\xff", b'{"key": "a", "made_on": "b", "sealed": 7}']
)
def test_what_is_no_recovery_is_none(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert read_recovery(file) is None
    assert read_recovery(file.parent / "nowhere") is None


def test_a_file_without_end_is_not_read(file: Path) -> None:
    file.write_bytes(json.dumps({"key": "a", "made_on": "b", "sealed": "00" * 5000}).encode())
    assert read_recovery(file) is None
