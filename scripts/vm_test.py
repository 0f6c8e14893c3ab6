"""Builds the virtual machine of scripts/vm-test, installs the station by scripts/install-pi, boots it, and looks on.

What happens inside is scripts/vm_guest.py; it tells each check on the serial line and asks for pictures.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

ROOT = Path(__file__).parent.parent
MIRROR = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
BASE = "systemd-sysv,udev,dbus,linux-image-amd64,python3,python3-venv,kbd,initramfs-tools,zstd,procps,python3-evdev"
GUEST = """[Unit]
[Service]
ExecStart=/usr/bin/python3 /src/scripts/vm_guest.py
StandardInput=tty
TTYPath=/dev/ttyS0
StandardOutput=tty
StandardError=tty
[Install]
WantedBy=multi-user.target
"""
MOCKED = """[Service]
Environment=GPIOZERO_PIN_FACTORY=lightmock KIOSK_LIGHT_TRACE=/var/lib/kiosk/trace
"""
SCANNER = """
[[scanners]]
name = "vm"
driver = "evdev"
device = "name:Vm Scanner"
role = "any"
"""
PATIENCE_S = 3600.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/vm-test")
    parser.add_argument("--work", type=Path, default=Path("/var/tmp/station-kiosk-vm"))
    parser.add_argument("--pictures", type=Path, default=None, help="where the screen's pictures go (default: --work)")
    parser.add_argument("--wheels", type=Path, required=True)
    parser.add_argument("--screen", default="1280x800")
    parser.add_argument("--language", default="zh", choices=("en", "zh"))
    options = parser.parse_args()
    work: Path = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    base = work / "base"
    if not (base / "whole").exists():
        tell("debootstrap")
        shutil.rmtree(base, ignore_errors=True)
        must("debootstrap", "--variant=minbase", f"--include={BASE}", "bookworm", str(base), MIRROR)
        (base / "whole").touch()
    image = install(base, work, options.wheels, options.language)
    return boot(work, image, options.pictures or work, options.screen)


def install(base: Path, work: Path, wheels: Path, language: str) -> Path:
    """A fresh copy of the base with the station in it; returns the disk's image."""
    tell("scripts/install-pi in the new system")
    root = work / "root"
    shutil.rmtree(root, ignore_errors=True)
    must("cp", "-a", str(base), str(root))
    shutil.copytree(ROOT, root / "src", ignore=shutil.ignore_patterns(".git", ".venv", ".*cache", "__pycache__"))
    shutil.copytree(wheels, root / "wheels")
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    must("mount", "-t", "proc", "proc", str(root / "proc"))
    try:
        installer = ("chroot", str(root), "/src/scripts/install-pi", "--wheels", "/wheels", "--language", language)
        must(*installer)
        again = subprocess.run(installer, capture_output=True, text=True, check=True).stdout
        check("installed again, nothing changes", "  " not in again, again)
        # Packages are kept for the next run of this test.
        must("cp", "-a", "-n", f"{root}/var/cache/apt/archives/.", f"{base}/var/cache/apt/archives/")
    finally:
        must("umount", str(root / "proc"))
    (root / "etc/systemd/system/vm-guest.service").write_text(GUEST)
    (root / "etc/systemd/system/multi-user.target.wants/vm-guest.service").symlink_to("../vm-guest.service")
    for unit in ("kiosk-lights", "kiosk-screen"):
        drop_in = root / f"etc/systemd/system/{unit}.service.d"
        drop_in.mkdir()
        (drop_in / "mock.conf").write_text(MOCKED)
    settings = root / "etc/kiosk/station.toml"
    settings.write_text(settings.read_text() + SCANNER)
    (root / "etc/fstab").write_text("/dev/vda / ext4 defaults 0 1\n")
    (root / "etc/hostname").write_text("station\n")
    image = work / "disk.img"
    image.unlink(missing_ok=True)
    shutil.rmtree(root / "var/cache/apt/archives")
    must("mkfs.ext4", "-q", "-d", str(root), str(image), "4G")
    return image


def boot(work: Path, image: Path, pictures: Path, screen: str) -> int:
    tell("boot")
    width, height = screen.split("x")
    kernel = max((work / "root/boot").glob("vmlinuz-*"))
    monitor = work / "monitor"
    monitor.unlink(missing_ok=True)
    pictures.mkdir(parents=True, exist_ok=True)
    command = [
        "qemu-system-x86_64", "-M", "q35", "-accel", "tcg,thread=multi", "-cpu", "max",
        "-m", "1024", "-smp", "2", "-display", "none", "-vga", "none",
        "-device", f"virtio-vga,xres={width},yres={height}", "-device", "virtio-keyboard-pci",
        "-drive", f"file={image},if=virtio,format=raw,cache=unsafe", "-nic", "none",
        "-kernel", str(kernel), "-initrd", str(kernel.with_name(kernel.name.replace("vmlinuz", "initrd.img"))),
        "-append", "root=/dev/vda rw console=tty0 quiet loglevel=3",
        "-serial", "stdio", "-monitor", f"unix:{monitor},server=on,wait=off",
    ]  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, errors="replace"
    ) as machine:
        assert machine.stdin and machine.stdout
        deadline, failed, seen = monotonic() + PATIENCE_S, True, []
        try:
            for line in machine.stdout:
                word, _, rest = line.strip().partition(" ")
                if word == "PICTURE":
                    screendump(monitor, pictures / f"{rest}.png")
                    seen.append((pictures / f"{rest}.png").read_bytes())
                    machine.stdin.write("\n")
                    machine.stdin.flush()
                elif word in ("OK", "FAILED", "TOLD"):
                    tell(line.strip())
                elif word == "END":
                    failed = rest != "0"
                    break
                if monotonic() > deadline:
                    break
        finally:
            machine.kill()
    frozen = len(set(seen)) < len(seen)  # lights may go on and off under a picture that stands still
    tell("FAILED the screen stands still" if frozen else "OK no two pictures are alike")
    failed = failed or frozen
    tell("failed" if failed else "all is well")
    return int(failed)


def screendump(monitor: Path, picture: Path) -> None:
    """QEMU's own eyes: what its graphics card shows."""
    picture.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(monitor))
        line.sendall(f"screendump {picture} -f png\n".encode())
        deadline = monotonic() + 20
        while not (picture.exists() and picture.stat().st_size) and monotonic() < deadline:
            sleep(0.1)
        sleep(0.5)
    tell(f"picture: {picture}")


def must(*command: str) -> None:
    subprocess.run(command, check=True, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def check(what: str, holds: bool, told: str = "") -> None:
    tell(f"{'OK' if holds else 'FAILED'} {what}")
    if not holds:
        sys.exit(told)


def tell(what: str) -> None:
    print(f"vm-test: {what}", flush=True)  # noqa: T201 - the script's voice


if __name__ == "__main__":
    sys.exit(main())
