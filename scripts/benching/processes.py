"""Whole programs in a pseudo-terminal: when they paint, how much memory and processor time they take."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from pathlib import Path
from time import monotonic, perf_counter

from tests.environment import environment as child_environment

HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("Hello, World!")
Hello().run(mouse=False)
"""


class Program:
    """A child in a terminal of 80 × 24 cells; `python` arguments as for the interpreter."""

    def __init__(self, *python: str, environment: dict[str, str] | None = None) -> None:
        self.started_at = perf_counter()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, *python], stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            env=child_environment(**(environment or {})),
        )  # fmt: skip
        os.close(slave)

    def wait_for(self, text: bytes, seconds: float = 30) -> float:
        """Seconds from the start until the terminal has been sent `text`."""
        seen = b""
        while text not in seen:
            assert select.select([self._master], [], [], seconds)[0], f"no {text!r} in {seen[-2000:]!r}"
            seen += os.read(self._master, 65536)
        return perf_counter() - self.started_at

    def drain(self, quiet: float) -> float:
        """Read until nothing comes for `quiet` seconds; returns when the last byte came (monotonic)."""
        last = monotonic()
        while select.select([self._master], [], [], quiet)[0]:
            os.read(self._master, 65536)
            last = monotonic()
        return last

    def type_and_drain(self, keys: str, quiet: float) -> float:
        """Seconds from the last key to the last byte of the paint that follows."""
        start = monotonic()
        os.write(self._master, keys.encode())
        return self.drain(quiet) - start

    def rss_mib(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def cpu_nanoseconds(self) -> int:
        """Of all its threads."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks)

    def read_for(self, seconds: float) -> None:
        """Keep the terminal empty meanwhile."""
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0:
            if select.select([self._master], [], [], left)[0]:
                os.read(self._master, 65536)

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        os.close(self._master)


def kiosk(folder: Path, command: str, environment: dict[str, str] | None = None) -> Program:
    lights = {"GPIOZERO_PIN_FACTORY": "lightmock", **(environment or {})}
    return Program("-m", "kiosk", "--home", str(folder), command, environment=lights)
