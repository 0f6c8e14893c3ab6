"""Where an installed station lies on disk, and how commands of the system are called."""

import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kiosk.durable import sync

UNITS = ("kiosk-lights.service", "kiosk-agent.service", "kiosk-screen.service")
WEB = "kiosk-web.service"  # only where it is wanted
_LAST_WORDS = 600  # characters


class Ran(NamedTuple):
    """What a command did: its exit code, and what it wrote to stdout and stderr."""

    code: int
    output: str

    @property
    def last_words(self) -> str:
        """Where a command that failed says why."""
        return self.output.strip()[-_LAST_WORDS:]

    @property
    def failure(self) -> str:
        """Why, or nothing where all is well."""
        return self.last_words or "?" if self.code else ""


Run = Callable[[Sequence[str]], Ran]


def run_command(command: Sequence[str]) -> Ran:
    """For real; a command that is not there counts as 127, as in a shell."""
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
            errors="replace", check=False,
        )  # fmt: skip
    except OSError as broken:
        return Ran(127, f"{command[0]}: {broken.strerror}")
    return Ran(done.returncode, done.stdout)


@dataclass(frozen=True, slots=True)
class Places:
    """`opt` holds the versions and two links to them, `home` is the station's, and belongs to `user`."""

    opt: Path = Path("/opt/kiosk")
    home: Path = Path("/var/lib/kiosk")
    user: str = "kiosk"

    @property
    def versions(self) -> Path:
        return self.opt / "versions"

    @property
    def current(self) -> Path:
        """A link to the version that runs."""
        return self.opt / "current"

    @property
    def previous(self) -> Path:
        """A link to the version that ran before; while one takes the other's place, to the one that is known to run."""
        return self.opt / "previous"

    def program(self, version: str) -> Path:
        return self.versions / version / "venv" / "bin" / "kiosk"

    def as_user(self, version: str, *arguments: str) -> list[str]:
        """This version's command at the station, as the user whom its files belong to."""
        program = [str(self.program(version)), "--home", str(self.home), *arguments]
        return ["runuser", "-u", self.user, "--", *program]


def version_at(link: Path) -> str | None:
    """The version that a link names; None where there is no link."""
    try:
        return link.readlink().name
    except OSError:
        return None


def point(link: Path, target: Path) -> None:
    """From one moment to the next, and on the disk; after a pulled plug it is the old target or the new one."""
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(target, link.parent))
    fresh.replace(link)
    sync(link.parent)
