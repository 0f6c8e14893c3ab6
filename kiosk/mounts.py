"""Which file system a file lies on, as Linux tells it (proc(5), mountinfo)."""

from pathlib import Path
from typing import NamedTuple

MOUNTS = Path("/proc/self/mountinfo")


class Mount(NamedTuple):
    """`place`: where it is mounted; `kind`: such as ext4; `source`: such as /dev/mmcblk0p2."""

    place: Path
    kind: str
    source: str
    is_read_only: bool


def mount_of(path: Path, mounts: Path = MOUNTS) -> Mount | None:
    """The mount that holds the path, or its nearest folder that is there; None where nobody tells."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
        real = path.resolve()
    except OSError:
        return None
    found = [mount for line in lines if (mount := _read(line)) and real.is_relative_to(mount.place)]
    # What was mounted last lies on top of what has the same place.
    return max(enumerate(found), key=lambda one: (len(one[1].place.parts), one[0]))[1] if found else None


def _read(line: str) -> Mount | None:
    """`36 35 98:0 / /mnt rw,noatime master:1 - ext4 /dev/root rw,errors=continue`"""
    ours, _, theirs = line.partition(" - ")
    fields, about = ours.split(), theirs.split()
    if len(fields) < 6 or len(about) < 2:
        return None
    options = {*fields[5].split(","), *(about[2].split(",") if len(about) > 2 else ())}
    return Mount(Path(_plain(fields[4])), about[0], _plain(about[1]), "ro" in options)


def _plain(text: str) -> str:
    """Blanks and backslashes are written in octal."""
    for coded, plain in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(coded, plain)
    return text


# In memory, or a layer over a disk that is thrown away: Linux's own, and those of live systems and containers.
_FORGETFUL = frozenset("tmpfs ramfs rootfs devtmpfs overlay overlayfs aufs unionfs squashfs".split())
_IN_MEMORY = ("/dev/ram", "/dev/zram")


def forgetful(path: Path, mounts: Path = MOUNTS) -> str | None:
    """The name of the file system that holds the path, where what is written there is gone at the next start."""
    mount = mount_of(path, mounts)
    if mount is None:
        return None
    if mount.source.startswith(_IN_MEMORY):
        return f"{mount.kind} on {mount.source}"
    kind = mount.kind.removeprefix("fuse.").removesuffix("-fuse").removeprefix("fuse-")
    return mount.kind if kind in _FORGETFUL else None
