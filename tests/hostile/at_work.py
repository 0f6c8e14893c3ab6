"""A screen that was attacked, and the next customer who comes to it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from tests.apa102_decoder import last_lit
from tests.hostile.strict_terminal import wrong_in
from tests.program.terminal import Terminal
from tests.waiting import until

PIXELS = 240
AGAIN_S = 0.6  # a customer whose scan came to nothing scans again
IDLE = "Scan or type your pickup code"


@dataclass
class AtWork:
    """The program in its terminal; each customer who comes takes one of the codes."""

    terminal: Terminal
    codes: list[str]
    trace: Path
    log_file: Path

    def opens(self) -> None:
        self.terminal.shows(IDLE)

    def lit(self) -> set[int]:
        return set(last_lit(self.trace, PIXELS) or {})

    def log(self) -> str:
        return self.log_file.read_text("utf-8") if self.log_file.exists() else ""

    def serves(self) -> None:
        """The next customer's code is answered with its place and its light; then they cancel."""
        code = self.codes.pop()
        self.scans_until(code, lambda: f" {code}" in self.terminal.text and self.lit())
        self.scans_until("CANCEL", lambda: IDLE in self.terminal.text and not self.lit())
        wrong = wrong_in(bytes(self.terminal.raw))
        assert not wrong, wrong

    def lights(self) -> None:
        """The next customer's code lights its slot, whatever the screen has room for."""
        self.scans_until(self.codes[0], self.lit)
        self.scans_until("CANCEL", lambda: not self.lit())

    def scans_until(self, text: str, done: Callable[[], object]) -> None:
        """Once more and once more, as people do."""
        next_scan = 0.0

        def is_done() -> bool:
            nonlocal next_scan
            assert self.terminal.process.poll() is None, self.log()
            if monotonic() >= next_scan and not done():
                self.terminal.send(b"\x02" + text.encode() + b"\r")
                next_scan = monotonic() + AGAIN_S
            return bool(done())

        until(is_done)
