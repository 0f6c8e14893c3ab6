"""What is scanned or typed into this terminal, for a try of a scanner that types. The screens have Textual for that."""

import os
import sys
import termios
import tty
from collections.abc import Callable

from hardware.scanners.framing import Reading
from hardware.scanners.source import CharacterSource, ScannerError
from hardware.scanners.wiring import Frame

_CTRL_C = "\x03"


class TerminalScanner(CharacterSource):
    """`ended` is called when nothing more comes, or for a Ctrl-C that ends no code."""

    def __init__(self, frame: Frame, ended: Callable[[], None]) -> None:
        super().__init__("stdin", sys.stdin.fileno(), frame)
        self._ended = ended
        self._before = termios.tcgetattr(self._fd) if os.isatty(self._fd) else None
        if self._before is not None:
            tty.setraw(self._fd, termios.TCSANOW)
            changed = termios.tcgetattr(self._fd)
            changed[1] |= termios.OPOST  # what is told still has whole lines
            termios.tcsetattr(self._fd, termios.TCSANOW, changed)

    def read(self, t: float) -> list[Reading]:
        try:
            return super().read(t)
        except ScannerError:
            self._ended()
            raise

    def characters(self, data: bytes) -> str:
        text = data.decode("utf-8", "replace")
        if text == _CTRL_C and self.patience_s is None:
            self._ended()
        return text

    def close(self) -> None:
        if self._before is not None:
            termios.tcsetattr(self._fd, termios.TCSANOW, self._before)
