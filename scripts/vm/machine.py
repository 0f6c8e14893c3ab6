"""The virtual machine itself, and what its guest says on the serial line."""

import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import monotonic, sleep

PATIENCE_S = 3600.0


class Machine:
    """`word rest` of each line that the guest says; answer() lets it go on where it waits."""

    def __init__(self, root: Path, image: Path, work: Path, display: Sequence[str], append: str = "") -> None:
        self._monitor = work / "monitor"
        self._monitor.unlink(missing_ok=True)
        kernel = max((root / "boot").glob("vmlinuz-*"))
        self._command = [
            "qemu-system-x86_64", "-M", "q35", "-accel", "tcg,thread=multi", "-cpu", "max",
            "-m", "1024", "-smp", "2", "-display", "none", *display,
            "-drive", f"file={image},if=virtio,format=raw,cache=unsafe", "-nic", "none",
            "-kernel", str(kernel), "-initrd", str(kernel.with_name(kernel.name.replace("vmlinuz", "initrd.img"))),
            "-append", f"root=/dev/vda rw console=tty0 quiet loglevel=3 {append}",
            "-serial", "stdio", "-monitor", f"unix:{self._monitor},server=on,wait=off", "-no-reboot",
        ]  # fmt: skip
        self._machine: subprocess.Popen[str] | None = None

    def lines(self) -> Iterator[tuple[str, str]]:
        """Until it has said END; the machine is gone afterwards."""
        deadline = monotonic() + PATIENCE_S
        with subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, errors="replace"
        ) as self._machine:
            assert self._machine.stdout
            try:
                for line in self._machine.stdout:
                    word, _, rest = line.strip().partition(" ")
                    yield word, rest
                    if word == "END" or monotonic() > deadline:
                        return
            finally:
                self._machine.kill()

    def answer(self) -> None:
        assert self._machine and self._machine.stdin
        self._machine.stdin.write("\n")
        self._machine.stdin.flush()

    def screendump(self, picture: Path) -> None:
        """QEMU's own eyes: what its graphics card shows."""
        picture.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self._monitor))
            line.sendall(f"screendump {picture} -f png\n".encode())
            deadline = monotonic() + 20
            while not (picture.exists() and picture.stat().st_size) and monotonic() < deadline:
                sleep(0.1)
            sleep(0.5)


def display(size: str) -> tuple[str, ...]:
    """A screen of so many pixels (1280x800), and a keyboard."""
    width, height = size.split("x")
    return "-vga", "none", "-device", f"virtio-vga,xres={width},yres={height}", "-device", "virtio-keyboard-pci"


def told_checks(machine: Machine, tell: Callable[[str], None], on: Callable[[str, str], None]) -> bool:
    """Pass on what the guest checks; `on` hears all other words. Returns whether all was well."""
    for word, rest in machine.lines():
        if word in ("OK", "FAILED", "TOLD"):
            tell(f"{word} {rest}")
        elif word == "END":
            return rest == "0"
        else:
            on(word, rest)
    return False
