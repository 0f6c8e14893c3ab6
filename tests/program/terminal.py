"""The program itself in a terminal: keys in at scanner speed, the screen out as text."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock, Thread

import pyte

from tests.environment import environment as child_environment
from tests.program import warm
from tests.waiting import until


class Terminal:
    """A pseudo-terminal of the given size with `kiosk …` running in it, or another `program`. `is_warm`: where it may
    be, it is forked from a process that has imported all; not where the start itself is tried."""

    def __init__(
        self,
        *arguments: str | bytes,
        environment: Mapping[str, str],
        columns: int = 80,
        rows: int = 24,
        program: Sequence[str] = ("-m", "kiosk"),
        is_warm: bool = False,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._drawing = Lock()
        self._master, slave = pty.openpty()
        self.resize(columns, rows)
        seen, forked = child_environment(**environment), None
        if is_warm:
            module, *first = program[1:]
            forked = warm.start_in_terminal(module, [*first, *map(str, arguments)], seen, slave)
        self.process = forked or subprocess.Popen(
            [sys.executable, *program, *arguments],
            stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - so that its keys are signals
            env=seen,
        )  # fmt: skip
        os.close(slave)
        self.raw = bytearray()
        self._text, self._text_of = "", -1  # and how many bytes of `raw` it is made of
        self._reading = Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            with self._drawing:
                self.raw += data
                self._stream.feed(data)

    @property
    def text(self) -> str:
        with self._drawing:
            if self._text_of != len(self.raw):
                self._text, self._text_of = self._drawn(), len(self.raw)
            return self._text

    def _drawn(self) -> str:
        rows = [self._screen.buffer[y] for y in range(self._screen.lines)]
        cells = range(self._screen.columns)  # half of a wide character is empty; pyte's own display trips over it
        return "\n".join("".join(row[x].data for x in cells).rstrip() for row in rows)

    def type(self, keys: str) -> None:
        self.send(keys.encode())

    def send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._master, data) :]

    def resize(self, columns: int, rows: int) -> None:
        """What the terminal says of its size; pyte's picture keeps its own."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def shows(self, *wanted: str) -> None:
        """Wait until the screen shows each of these texts."""
        until(lambda: all(text in self.text for text in wanted) or self.process.poll() is not None)
        missing = [text for text in wanted if text not in self.text]
        assert not missing, f"{missing} not on:\n{self.text}"

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(20)
        self._reading.join(5)
        os.close(self._master)
        return code


def kiosk(
    home: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command line beside the screen."""
    seen, given = child_environment(**(environment or {})), ["--home", str(home), *arguments]
    running = warm.start("kiosk", given, seen)
    if running is not None:
        return running.finish()
    command = [sys.executable, "-m", "kiosk", *given]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, env=seen)
