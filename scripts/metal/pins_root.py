"""Debian's arm64 packages and the program's own wheels, unpacked into the root of a machine that is not installed: no
arm64 program runs while it is made."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from scripts.vm.debian import MIRROR, ROOT, Tell, must

PACKAGES = ("python3", "bash", "busybox", "kmod", "util-linux", "linux-image-arm64")
_MODULES = ("spi-gpio", "spi-bitbang")
_GLIBC = (17, 24, 26, 27, 28, 31, 34, 35, 36)  # of wheels that Debian 12 can load
_USELESS = ("usr/share/doc", "usr/share/locale", "usr/share/man", "usr/share/perl", "usr/lib/aarch64-linux-gnu/gconv")
_INIT = """#!/bin/busybox sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 PYTHONPATH=/opt/python:/opt/source
B=/bin/busybox
$B mount -t proc proc /proc; $B mount -t sysfs sys /sys; $B mount -t devtmpfs dev /dev
$B mkdir -p /dev/pts /dev/shm; $B mount -t devpts pts /dev/pts; $B mount -t tmpfs shm /dev/shm
$B mount -t tmpfs run /run; $B mount -t debugfs d /sys/kernel/debug; $B mount -t tracefs t /sys/kernel/tracing
$B ip link set lo up; $B hostname station; $B chmod 1777 /tmp /dev/shm
modprobe spi-gpio
$B chgrp 990 /dev/spidev*; $B chmod 660 /dev/spidev*; $B chgrp 991 /dev/gpiochip*; $B chmod 660 /dev/gpiochip*
$B chown 999:999 /var/lib/kiosk
python3 -P -m scripts.metal.pins_guest > /dev/console 2>&1
$B poweroff -f
"""
_KIOSK = '#!/bin/sh\nexport PYTHONPATH=/opt/python\nexec python3 -P -m kiosk "$@"\n'


def packages(work: Path, tell: Tell) -> Path:
    """The .deb files, by an apt folder of our own for another architecture; downloaded once."""
    folder = work / "arm64"
    archives = folder / "cache/archives"
    if not (folder / "whole").exists():
        tell("Debian's arm64 packages")
        shutil.rmtree(folder, ignore_errors=True)
        for part in ("state/lists/partial", "cache/archives/partial", "etc"):
            (folder / part).mkdir(parents=True)
        (folder / "status").touch()
        keys = "/usr/share/keyrings/debian-archive-keyring.gpg"
        (folder / "etc/sources.list").write_text(f"deb [signed-by={keys}] {MIRROR} bookworm main\n")
        options = {
            "Dir::State": folder / "state", "Dir::State::status": folder / "status", "Dir::Cache": folder / "cache",
            "Dir::Etc::sourcelist": folder / "etc/sources.list", "Dir::Etc::sourceparts": "-",
            "APT::Architecture": "arm64", "APT::Architectures": "arm64", "APT::Sandbox::User": "root",
        }  # fmt: skip
        apt = ["apt-get", "-qq", *(f"-o{name}={value}" for name, value in options.items())]
        must(*apt, "update")
        must(*apt, "install", "-y", "--download-only", "--no-install-recommends", *PACKAGES)
        (folder / "whole").touch()
    return archives


def wheels(work: Path, lock: Path, tell: Tell) -> Path:
    """Of the lock, by its hashes, for Debian 12 on a 64-bit Pi."""
    folder = work / f"arm64-wheels-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"
    if not (folder / "whole").exists():
        tell("wheels for aarch64")
        platforms = [f"--platform=manylinux_2_{glibc}_aarch64" for glibc in _GLIBC] + [
            "--platform=manylinux2014_aarch64"
        ]
        must(
            sys.executable, "-m", "pip", "-q", "download", "--no-deps", "--only-binary=:all:", "--require-hashes",
            "--python-version=3.11", "--implementation=cp", *platforms, "-d", str(folder), "-r", str(lock),
        )  # fmt: skip
        (folder / "whole").touch()
    return folder


def machine_root(work: Path, archives: Path, found: Path, tell: Tell) -> tuple[Path, Path]:
    """The kernel and an initramfs with all of it."""
    tell("root of the machine")
    root, kernel = work / "arm64-root", work / "arm64-kernel"
    for folder in (root, kernel):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    for package in sorted(archives.glob("*.deb")):
        is_kernel = package.name.startswith("linux-image-6")
        must("dpkg-deb", "-x", str(package), str(kernel if is_kernel else root))
    for useless in _USELESS:
        shutil.rmtree(root / useless, ignore_errors=True)
    _program(root, found)
    _kernel_modules(root, kernel)
    _accounts(root)
    image = work / "arm64-root.gz"
    must("sh", "-c", f"cd {root} && find . | cpio -o -H newc --quiet | gzip -1 > {image}")
    return next((kernel / "boot").glob("vmlinuz-*")), image


def _program(root: Path, found: Path) -> None:
    """Our own wheel is made of this tree, and unpacked like the others."""
    python, source = root / "opt/python", root / "opt/source"
    for wheel in found.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(python)
    copy = root.parent / "arm64-source"  # building leaves its traces where it is done
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".*cache", "__pycache__", "*.egg-info"))
    must(sys.executable, "-m", "pip", "-q", "install", "--no-deps", "--no-index", "--no-build-isolation",
         "--target", str(python), "--upgrade", str(copy))  # fmt: skip
    shutil.copytree(ROOT / "scripts", source / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "kiosk/station.toml", source)


def _kernel_modules(root: Path, kernel: Path) -> None:
    (version,) = (path.name for path in (kernel / "lib/modules").iterdir())
    for name in _MODULES:
        for module in (kernel / "lib/modules").rglob(f"{name}.ko"):
            place = root / module.relative_to(kernel)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(module, place)
    for listing in (kernel / "lib/modules" / version).glob("modules.*"):
        shutil.copy(listing, root / "lib/modules" / version)
    subprocess.run(["depmod", "-b", str(root), version], check=True, stderr=subprocess.DEVNULL)


def _accounts(root: Path) -> None:
    for folder in ("proc", "sys", "dev", "run", "tmp", "root", "var/lib/kiosk"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    users = "root:x:0:0:root:/root:/bin/bash\nkiosk:x:999:999::/var/lib/kiosk:/bin/sh\n"
    (root / "etc/passwd").write_text(users)
    (root / "etc/group").write_text("root:x:0:\nkiosk:x:999:\nspi:x:990:kiosk\ngpio:x:991:kiosk\n")
    for name, content in (("init", _INIT), ("usr/bin/kiosk", _KIOSK)):
        (root / name).write_text(content)
        (root / name).chmod(0o755)
    if not os.path.lexists(root / "bin/sh"):
        (root / "bin/sh").symlink_to("busybox")
