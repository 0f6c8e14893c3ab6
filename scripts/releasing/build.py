"""The sdist of a tree and the wheel of that sdist, made with the setuptools that is here: no network is asked."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.environment import environment

# The sdist is the whole tree, so that `kiosk update` and scripts/install-pi take it as well.
_WHOLE_TREE = "graft kiosk\ngraft hardware\ngraft scripts\ngraft tests\ninclude *.md\nglobal-exclude *.py[co]\n"


class Built(NamedTuple):
    """Two files in one folder."""

    sdist: Path
    wheel: Path


def build(tree: Path, folder: Path, *, made_at: int) -> Built:
    """Of a tree that is the caller's to write in; `made_at`, Unix seconds, is the date of the wheel's files.
    Raises CalledProcessError with what setuptools said."""
    folder.mkdir(parents=True, exist_ok=True)
    (tree / "MANIFEST.in").write_text(_WHOLE_TREE)
    sdist = folder / _made("build_sdist", tree, folder, made_at)
    with TemporaryDirectory(prefix="kiosk-sdist-") as work:
        subprocess.run(["tar", "-xzf", str(sdist), "-C", work], check=True)
        (unpacked,) = Path(work).iterdir()
        return Built(sdist, folder / _made("build_wheel", unpacked, folder, made_at))


def _made(what: str, tree: Path, folder: Path, made_at: int) -> str:
    """The name of the file."""
    ask = f"import sys; from setuptools import build_meta; print(build_meta.{what}(sys.argv[1]), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-P", "-W", "ignore", "-c", ask, str(folder)],
        cwd=tree, env=environment(SOURCE_DATE_EPOCH=str(made_at)), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stderr.splitlines()[-1]
