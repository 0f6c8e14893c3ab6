"""A plain Debian 12 in a folder, the station installed in a copy by scripts/install-pi, and a disk made of that."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
MIRROR = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
PACKAGES = (
    "systemd-sysv", "udev", "dbus", "linux-image-amd64", "python3", "python3-venv", "kbd", "initramfs-tools", "zstd",
    "procps", "python3-evdev", "kmod",
)  # fmt: skip
_GUEST = """[Unit]
After=kiosk-lights.service
[Service]
WorkingDirectory=/src
ExecStart=/usr/bin/python3 -m {module}
StandardInput=tty
TTYPath=/dev/ttyS0
StandardOutput=tty
StandardError=tty
[Install]
WantedBy=multi-user.target
"""
Tell = Callable[[str], None]


def plain_debian(work: Path, tell: Tell) -> Path:
    """Downloaded once into `work`."""
    base = work / "base"
    if not (base / "whole").exists():
        tell("debootstrap")
        shutil.rmtree(base, ignore_errors=True)
        must("debootstrap", "--variant=minbase", f"--include={','.join(PACKAGES)}", "bookworm", str(base), MIRROR)
        (base / "whole").touch()
    return base


def installed(base: Path, work: Path, wheels: Path, language: str, tell: Tell) -> Path:
    """A fresh copy of the base with the station in it, installed twice: the second time changes nothing."""
    tell("scripts/install-pi in the new system")
    root = work / "root"
    subprocess.run(["umount", "-q", str(root / "proc")], check=False)  # of a run that was cut short
    shutil.rmtree(root, ignore_errors=True)
    must("cp", "-a", "-T", str(base), str(root))
    shutil.copytree(ROOT, root / "src", ignore=shutil.ignore_patterns(".git", ".venv", ".*cache", "__pycache__"))
    shutil.copytree(wheels, root / "wheels")
    with inside(root):
        installer = ("chroot", str(root), "/src/scripts/install-pi", "--wheels", "/wheels", "--language", language)
        must(*installer)
        again = subprocess.run(installer, capture_output=True, text=True, check=True).stdout
        if "  " in again:
            sys.exit(f"installed again, something changed:\n{again}")
        tell("OK installed again, nothing changes")
        # Packages are kept for the next run of this test.
        must("cp", "-a", "-n", f"{root}/var/cache/apt/archives/.", f"{base}/var/cache/apt/archives/")
    return root


@contextmanager
def inside(root: Path) -> Iterator[None]:
    """For chroot: the network's names, and /proc."""
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    must("mount", "-t", "proc", "proc", str(root / "proc"))
    try:
        yield
    finally:
        must("umount", str(root / "proc"))


def add_guest(root: Path, module: str) -> None:
    """A program that starts with the system and talks over the serial line; see guest.py."""
    enable(root, "vm-guest.service", _GUEST.format(module=module))


def enable(root: Path, unit: str, content: str) -> None:
    (root / "etc/systemd/system" / unit).write_text(content)
    (root / "etc/systemd/system/multi-user.target.wants" / unit).symlink_to(f"../{unit}")


def disk(root: Path, work: Path) -> Path:
    (root / "etc/fstab").write_text("/dev/vda / ext4 defaults 0 1\n")
    (root / "etc/hostname").write_text("station\n")
    image = work / "disk.img"
    image.unlink(missing_ok=True)
    shutil.rmtree(root / "var/cache/apt/archives")
    must("mkfs.ext4", "-q", "-d", str(root), str(image), "4G")
    return image


def must(*command: str) -> None:
    subprocess.run(command, check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
