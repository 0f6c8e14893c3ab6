"""The machine that is installed to: everything that is done there is told, and in a dry run only told."""

import errno
import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.appliance.places import Ran, run_command
from kiosk.durable import write_in_place
from kiosk.faults import Fault, StationFault, expected

NO_LINK = expected("a link, which whoever has the folder may lay, and none is followed: put the file itself there")


@dataclass
class Target:
    """`root`: its file system, "/" for this machine itself. `changes` counts what was (or would be) done."""

    root: Path
    is_dry: bool
    tell: Callable[[str], None]
    changes: int = 0

    @property
    def is_here(self) -> bool:
        """Whether it is the machine that we run on, with systemd at work."""
        return self.root == Path("/") and Path("/run/systemd/system").is_dir()

    def at(self, path: str | Path) -> Path:
        return self.root / str(path).lstrip("/")

    def read(self, path: str) -> str:
        try:
            return self.at(path).read_text("utf-8")
        except OSError:
            return ""

    def read_of_user(self, path: str) -> str:
        """The same in a folder of the station's user, who may have laid a link there to what only root may read.

        Raises StationFault(UNREADABLE_FILE) for anything but a plain file of one name.
        """
        try:
            descriptor = os.open(self.at(path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            return ""
        except OSError as broken:
            if broken.errno == errno.ELOOP:
                raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=NO_LINK) from broken
            raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=broken.strerror or "") from broken
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
                raise StationFault(Fault.UNREADABLE_FILE, path=path, detail=NO_LINK)
            return file.read().decode("utf-8", "replace")

    def command(self, *command: str, shown: bool = False) -> None:
        """Raises StationFault(COMMAND_FAILED). `shown`: what it writes is for the installer's eyes."""
        self._note("$ " + " ".join(command))
        if self.is_dry:
            return
        ran = Ran(subprocess.run(self._there(command), check=False).returncode, "") if shown else self.run(command)
        if ran.code:
            raise StationFault(Fault.COMMAND_FAILED, path=" ".join(command), detail=ran.last_words)

    def run(self, command: Sequence[str]) -> Ran:
        """Without a word; paths below the root are as seen from there."""
        return run_command(self._there(command))

    def _there(self, command: Sequence[str]) -> list[str]:
        if self.root == Path("/"):
            return list(command)
        return ["chroot", str(self.root), *(part.replace(f"{self.root}/", "/") for part in command)]

    def folder(self, path: str, mode: int = 0o755) -> None:
        """With these permissions or fewer."""
        place = self.at(path)
        if place.is_dir():
            wide = stat.S_IMODE(place.stat().st_mode)
            if wide & ~mode:
                self._note(f"chmod {wide & mode:o} {path} ({wide:o})")
                if not self.is_dry:
                    place.chmod(wide & mode)
            return
        self._note(f"mkdir {path} ({mode:o})")
        if not self.is_dry:
            place.mkdir(parents=True)
            place.chmod(mode)

    def file(self, path: str, content: str, mode: int = 0o644) -> None:
        """With this content, whatever it had before."""
        if self.read(path) == content:
            return
        self._note(f"write {path}")
        if not self.is_dry:
            place = self.at(path)
            place.parent.mkdir(parents=True, exist_ok=True)
            write_in_place(content.encode(), place, mode)

    def is_link(self, path: str, target: str) -> bool:
        place = self.at(path)
        return place.is_symlink() and str(place.readlink()) == target

    def link(self, path: str, target: str) -> None:
        place = self.at(path)
        if self.is_link(path, target):
            return
        self._note(f"link {path} -> {target}")
        if not self.is_dry:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.unlink(missing_ok=True)
            place.symlink_to(target)

    def remove(self, path: str) -> None:
        place = self.at(path)
        if not (place.exists() or place.is_symlink()):
            return
        self._note(f"remove {path}")
        if not self.is_dry:
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)
            else:
                place.unlink()

    def making(self, what: str) -> None:
        """Something of its own kind."""
        self._note(what)

    def _note(self, what: str) -> None:
        self.changes += 1
        self.tell(f"  {what}")
