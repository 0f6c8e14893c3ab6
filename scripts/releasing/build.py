"""The sdist of a tree and the wheel of that sdist, made with the setuptools that is here: no network is asked."""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.environment import environment

# The sdist is the whole tree, so that `kiosk update` and scripts/install-pi take it as well.
_WHOLE_TREE = "graft kiosk\ngraft hardware\ngraft scripts\ngraft tests\ninclude *.md\nglobal-exclude *.py[co]\n"
_UMASK = 0o022  # whatever the builder's is


class Built(NamedTuple):
    """Two files in one folder."""

    sdist: Path
    wheel: Path


def build(tree: Path, folder: Path, *, made_at: int) -> Built:
    """Of a tree that is the caller's to write in; `made_at`, Unix seconds, is the date of every file in them: the
    same tree gives the same bytes. Raises CalledProcessError with what setuptools said."""
    folder.mkdir(parents=True, exist_ok=True)
    (tree / "MANIFEST.in").write_text(_WHOLE_TREE)
    with TemporaryDirectory(prefix="kiosk-sdist-") as work:
        packed = Path(work) / _made("build_sdist", tree, Path(work), made_at)
        _tar("-xzf", packed, "-C", work)
        packed.unlink()
        (unpacked,) = Path(work).iterdir()
        # Packed anew, for setuptools leaves the hour and the builder in it.
        sdist = folder / packed.name
        _tar("--sort=name", f"--mtime=@{made_at}", "--owner=0", "--group=0", "--numeric-owner", "--mode=go=u,go-w",
             "--use-compress-program=gzip -n", "-cf", sdist, "-C", work, unpacked.name)  # fmt: skip
        shutil.rmtree(unpacked)
        _tar("-xzf", sdist, "-C", work)
        return Built(sdist, folder / _made("build_wheel", unpacked, folder, made_at))


def _tar(*arguments: str | Path) -> None:
    subprocess.run(["tar", *arguments], check=True, umask=_UMASK)


def _made(what: str, tree: Path, folder: Path, made_at: int) -> str:
    """The name of the file."""
    ask = f"import sys; from setuptools import build_meta; print(build_meta.{what}(sys.argv[1]), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-P", "-W", "ignore", "-c", ask, str(folder)],
        cwd=tree, env=environment(SOURCE_DATE_EPOCH=str(made_at)), capture_output=True, text=True, check=True,
        umask=_UMASK,
    )  # fmt: skip
    return done.stderr.splitlines()[-1]
