"""What is refused as a release, in words."""

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk import __version__
from kiosk.appliance.minisign import is_right, read_signature
from scripts.releasing.release import ROOT, TRUSTED, main, why_not
from scripts.releasing.signing import make_secret_key, read_secret_key
from tests.environment import environment

Git = Callable[..., None]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Of version 0.1.0, and ready for it."""
    (tmp_path / "kiosk").mkdir()
    (tmp_path / "kiosk/__init__.py").write_text('__version__ = "0.1.0"\n')
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "0.1.0"\n')
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 0.1.0 – 2026-11-30\n")
    return tmp_path


@pytest.fixture
def git(tree: Path) -> Git:
    if shutil.which("git") is None:
        pytest.skip("needs git")
    who = ("-c", "user.name=x", "-c", "user.email=x@x", "-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false")

    def run(*arguments: str) -> None:
        subprocess.run(["git", *who, *arguments], cwd=tree, env=environment(), check=True, capture_output=True)

    run("init")
    run("add", "-A")
    run("commit", "-m", "x")
    return run


def refused(tree: Path, version: str = "0.1.0") -> str:
    return "\n".join(why_not(tree, version))


def test_a_clean_commit_is_a_release_before_and_after_its_tag(tree: Path, git: Git) -> None:
    assert refused(tree) == ""
    git("tag", "-a", "v0.1.0", "-m", "x")
    assert refused(tree) == ""
    git("commit", "--allow-empty", "-m", "x")
    assert "the tag v0.1.0 is on another commit" in refused(tree)


def test_what_is_not_committed_is_named(tree: Path, git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "CHANGELOG.md").write_text("## 0.1.0 – unreleased\n")
    (tree / "new.py").touch()
    assert main(tree) == 1
    told = capsys.readouterr().err
    assert "No release: the tree is not clean" in told and "?? new.py" in told
    assert "the changelog's first heading has to be: ## 0.1.0 – and the date" in told
    assert not (tree / "dist").exists()


def test_it_is_signed_with_a_key_that_lies_elsewhere_and_that_it_trusts(
    tree: Path, git: Git, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    key = make_secret_key(elsewhere / "key", "")
    make_secret_key(tree / "key", "")
    git("add", "-A")
    git("commit", "-m", "x")
    for arguments, told in (
        ([], "nobody signs it"),
        (["--key", str(tree / "key")], "lies in this tree"),
        (["--key", str(elsewhere / "no")], "cannot be signed with"),
        (["--key", str(elsewhere / "key")], f"lacks its signer's line\n{key.public.line}"),
    ):
        assert main(tree, arguments) == 1 and told in capsys.readouterr().err
    (tree / TRUSTED).parent.mkdir()
    (tree / TRUSTED).write_text(f"# whoever signs\n{key.public.line}\n")
    git("add", "-A")
    git("commit", "-m", "x")
    assert main(tree, ["--key", str(elsewhere / "key")]) == 0
    assert f"minisign -Vm x-0.1.0.tar.gz -P {key.public.line}" in capsys.readouterr().out
    for name in ("x-0.1.0.tar.gz", "x-0.1.0-py3-none-any.whl", "SHA256SUMS"):
        signature = read_signature((tree / f"dist/{name}.minisig").read_bytes())
        assert is_right(signature, key.public, tree / "dist" / name) and b"version:0.1.0" in signature.comment


def test_a_new_key_is_made_elsewhere(
    tree: Path, git: Git, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert main(tree, ["--new-key", str(tree / "key")]) == 1 and not (tree / "key").exists()
    place = tmp_path_factory.mktemp("elsewhere") / "key"
    assert main(tree, ["--new-key", str(place)]) == 0
    made = read_secret_key(place, lambda: "")
    assert made.public.line in (told := capsys.readouterr().out) and "NOT sealed" in told
    assert main(tree, ["--new-key", str(place)]) == 1


def test_a_version_has_one_number(tree: Path, git: Git) -> None:
    assert "pyproject.toml says 0.2.0, kiosk/__init__.py does not" in refused(tree, "0.2.0")


def test_a_folder_without_history_is_no_release(tree: Path) -> None:
    assert "this is no checkout" in refused(tree)


def test_this_tree_has_one_number() -> None:
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert f"\n## {__version__} – " in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_changelog_is_grouped_by_who_reads_it() -> None:
    """Of every version each group once at most, in this order; and no line of it stands outside of a list."""
    for version in (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1:]:
        _, *groups = version.split("\n### ")
        titles = [group.splitlines()[0] for group in groups]
        assert titles == [reader for reader in ("Customers", "Clerks", "Owners", "Engineers") if reader in titles]
        assert groups and all(line[:2] in ("", "- ", "  ") for group in groups for line in group.splitlines()[1:])
