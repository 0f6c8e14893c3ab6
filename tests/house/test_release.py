"""What is refused as a release, in words."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk import __version__
from scripts.releasing.release import ROOT, main, why_not
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
