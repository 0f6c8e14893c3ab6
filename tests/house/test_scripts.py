"""scripts/ at a glance: what one runs, and rooms; each file says in its first line what it is for."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = ROOT / "scripts"
RUN = set("run test test-all-pythons bench torture pictures hardware-test vm-test install-pi release lock".split())
_COMMENTS = ("# ", "// ", "/* ")
_NO_WORDS_YET = ("#!", "// SPDX-", "[Unit]")


def files() -> list[Path]:
    return [path for path in SCRIPTS.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def first_words(path: Path) -> str:
    """What a file says of itself: a docstring, a comment, a unit's description."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        return ast.get_docstring(ast.parse(text)) or ""
    line = next(line for line in text.splitlines() if not line.startswith(_NO_WORDS_YET))
    return line.split(maxsplit=1)[-1] if line.startswith(_COMMENTS) else line.partition("Description=")[2]


def test_nothing_lies_there_but_what_one_runs_and_rooms() -> None:
    assert {path.name for path in SCRIPTS.iterdir() if not path.is_dir()} == RUN
    assert all(os.access(SCRIPTS / name, os.X_OK) for name in RUN)


def test_each_says_in_its_first_line_what_it_is_for() -> None:
    silent = [path for path in files() if path.suffix != ".lock" and path.stat().st_size and not first_words(path)]
    assert silent == []


def test_the_readme_names_all_that_one_runs() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in sorted(RUN) if f"scripts/{name}" not in text] == []


def test_every_python_that_is_promised_is_tried_or_named_as_missing(tmp_path: Path) -> None:
    """One that is here runs, in an environment of its own; one that is not is said not to be here."""
    tree, programs = tmp_path / "tree", tmp_path / "bin"
    (tree / "scripts").mkdir(parents=True)
    programs.mkdir()
    script = tree / "scripts" / "test-all-pythons"
    script.write_bytes((SCRIPTS / "test-all-pythons").read_bytes())
    (tree / "scripts" / "test").write_text('#!/bin/sh\necho "$PYTHON $KIOSK_VENV $*"\nexit "$1"\n')
    for path in (script, tree / "scripts" / "test"):
        path.chmod(0o755)
    here, nowhere = "{}.{}".format(*sys.version_info[:2]), "3.999"
    lines = [f'"Programming Language :: Python :: {version}",\n' for version in (here, nowhere)]
    (tree / "pyproject.toml").write_text("".join(lines))
    (programs / f"python{here}").symlink_to(sys.executable)
    alone = {"PATH": f"{programs}:/bin", "HOME": str(tmp_path)}
    for code, outcome in ((0, "passed"), (1, "FAILED")):
        asked = [str(script), str(code), "-k", "code"]
        ran = subprocess.run(asked, env=alone, capture_output=True, text=True, check=False)
        assert ran.returncode == code
        assert f"python{here} {tree}/.venv/{here} {code} -k code\n" in ran.stdout
        assert ran.stdout.endswith(f"  Python {here}: {outcome}\n  Python {nowhere}: not installed here\n")


def test_pyproject_promises_three_pythons_in_that_form() -> None:
    promised = re.findall(r'Programming Language :: Python :: (.*)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert promised == ["3.11", "3.12", "3.13"]
