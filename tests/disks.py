"""A small disk of its own for a test, really full or really read-only. Only root may mount one; else it is skipped."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Disk:
    """A mounted tmpfs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, left: int) -> None:
        """Until so many bytes are free."""
        disk = os.statvfs(self.folder)
        with (self.folder / "ballast").open("ab") as file:
            size = max(disk.f_bavail * disk.f_bsize - left, 1)
            os.posix_fallocate(file.fileno(), file.tell(), size)

    def make_room(self) -> None:
        (self.folder / "ballast").unlink(missing_ok=True)

    def remount(self, how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.folder)], check=True)


@contextmanager
def small_disk(folder: Path, size: str = "4m") -> Iterator[Disk]:
    """Skips the test where nothing may be mounted."""
    folder.mkdir()
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("no mount here")
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
