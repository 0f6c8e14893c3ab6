"""What may become the program of this machine: nothing of anything else runs, is unpacked or kept."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kiosk.appliance.admission import admitted
from kiosk.appliance.places import Places, point
from kiosk.appliance.trust import trust, trusted_keys
from kiosk.appliance.update import update
from kiosk.cli import kiosk
from kiosk.parcels.problems import Problem, Refused
from scripts.releasing.signing import SecretKey
from tests.appliance.machine import FakeMachine, archive, signed

SIGNER, STRANGER = SecretKey(b"a signer", bytes(32)), SecretKey(b"stranger", bytes([7] * 32))
RUNNING = "0.2.0-old"
Command = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path / "opt", tmp_path / "home")
    (places.versions / RUNNING).mkdir(parents=True)
    point(places.current, places.versions / RUNNING)
    trust(places.opt, SIGNER.public)
    return places


@pytest.fixture
def command(places: Places) -> Command:
    """command("--keys") → exit code, what programs read."""

    def call(*arguments: str | Path, answer: str = "") -> tuple[int, dict[str, Any]]:
        told = ["update", "--opt", str(places.opt), "--json", *map(str, arguments)]
        done = CliRunner().invoke(kiosk, told, input=answer)
        return done.exit_code, json.loads(done.stdout or "{}")

    return call


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")} - {".lock"}


def refusal(places: Places, source: Path) -> Problem:
    before, machine = tree(places.opt), FakeMachine(places)
    answer = update(places, source, machine.hands)
    assert isinstance(answer, Refused) and not machine.commands and tree(places.opt) == before
    return answer.problem


def test_unsigned_foreign_and_folders_are_refused(places: Places, tmp_path: Path) -> None:
    new = archive(tmp_path, "0.3.0")
    assert refusal(places, new) is Problem.NOT_SIGNED
    assert refusal(places, tmp_path / "source 0.3.0") is Problem.FOLDER_NOT_SIGNED
    assert refusal(places, signed(new, STRANGER)) is Problem.UNKNOWN_SIGNER
    assert refusal(places, signed(new, SecretKey(SIGNER.id, STRANGER.seed))) is Problem.ARCHIVE_ALTERED
    (tmp_path / f"{new.name}.minisig").write_bytes(b"\0" * 5000)
    assert refusal(places, new) is Problem.BAD_SIGNATURE
    (places.opt / "owners_keys.pub").unlink()
    assert refusal(places, signed(new, SIGNER)) is Problem.NOBODY_TRUSTED


def test_another_program_by_the_same_signer_is_refused(places: Places, tmp_path: Path) -> None:
    assert refusal(places, signed(archive(tmp_path, "0.3.0", "lunch-menu"), SIGNER)) is Problem.OTHER_PROGRAM


def test_each_part_of_an_archive_is_signed(places: Places, tmp_path: Path) -> None:
    new = signed(archive(tmp_path, "0.3.0"), SIGNER)
    whole = new.read_bytes()

    def taken() -> bool:
        with admitted(new, [SIGNER.public], RUNNING, places.opt) as folder:
            return not isinstance(folder, Refused)

    assert taken()
    for at in range(len(whole)):
        new.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :])
        assert not taken(), at
    for other in (whole[:-1], whole + b"\0", b"", whole[512:]):
        new.write_bytes(other)
        assert not taken()
    new.write_bytes(whole)
    assert taken()


def test_what_was_checked_is_what_is_taken(places: Places, tmp_path: Path) -> None:
    """Whoever holds the stick may write on it after the check."""
    new = signed(archive(tmp_path, "0.3.0"), SIGNER)
    with admitted(new, [SIGNER.public], RUNNING, places.opt) as folder:
        shutil.rmtree(tmp_path / "source 0.3.0")
        new.unlink()
        assert isinstance(folder, Path) and (folder / "pyproject.toml").read_text().count("0.3.0") == 1
    assert not list(places.opt.glob(".making*"))


def test_an_older_one_needs_a_word_more(places: Places, tmp_path: Path) -> None:
    older = signed(archive(tmp_path, "0.1.9"), SIGNER)
    assert refusal(places, older) is Problem.OLDER_VERSION
    for running, number in ((None, "0.1.9"), (RUNNING, "0.2.0"), (RUNNING, "0.10.0")):
        with admitted(signed(archive(tmp_path, number), SIGNER), [SIGNER.public], running, places.opt) as folder:
            assert isinstance(folder, Path), number


def test_the_next_key_is_known_beside_the_one_that_signs(places: Places, tmp_path: Path) -> None:
    trust(places.opt, STRANGER.public)
    for signer in (SIGNER, STRANGER):
        keys = [one.key for one in trusted_keys(places.opt)]
        with admitted(signed(archive(tmp_path, "0.3.0"), signer), keys, RUNNING, places.opt) as folder:
            assert isinstance(folder, Path)


def test_an_owners_key_is_added_knowingly_and_taken_away(command: Command, places: Places, tmp_path: Path) -> None:
    file = tmp_path / "own.pub"
    file.write_text(f"untrusted comment: minisign public key\n{STRANGER.public.line}\n")
    assert command("--trust", file, answer="n\n")[0] == 1
    assert [one["key"] for one in command("--keys")[1]["keys"]] == [SIGNER.public.name]
    assert command("--trust", file, answer="y\n") == (0, {"ok": True, "key": STRANGER.public.name})
    assert command("--trust", STRANGER.public.line, "--yes")[1]["problem"] == "already_so"
    assert command("--trust", "rubbish", "--yes")[1]["problem"] == "not_a_key"
    told = command("--keys")[1]["keys"]
    assert [(one["key"], one["is_owners"]) for one in told] == [(one.public.name, True) for one in (SIGNER, STRANGER)]
    assert command("--distrust", STRANGER.public.name.lower())[0] == 0
    assert command("--distrust", STRANGER.public.name)[1]["problem"] == "no_such_key"
    assert (places.opt / "owners_keys.pub").stat().st_mode & 0o777 == 0o644


def test_it_is_told_in_words_what_is_wrong(command: Command, tmp_path: Path) -> None:
    code, told = command(archive(tmp_path, "0.3.0"))
    assert (code, told["problem"]) == (1, "not_signed")
    assert "is not signed" in told["message"] and "station_kiosk-0.3.0.tar.gz.minisig" in told["message"]
    code, told = command(signed(archive(tmp_path, "0.1.0"), SIGNER))
    assert (code, told["problem"]) == (1, "older_version") and "0.1.0 < 0.2.0" in told["message"]
    code, told = command(signed(archive(tmp_path, "0.3.0"), STRANGER))
    assert (code, told["problem"]) == (1, "unknown_signer") and STRANGER.public.name in told["message"]


def test_what_the_program_brings_along_is_no_test_key() -> None:
    """Keys that came with it are a release's: none is one of those in these tests."""
    released = [one.key for one in trusted_keys(Path("/nowhere"))]
    assert not {SIGNER.public, STRANGER.public} & set(released)
