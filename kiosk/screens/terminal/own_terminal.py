"""The terminal as a screen's own for as long as the program runs, between two screens too: no key of it is a signal,
nothing but the screen is written to it, and no signal but SIGTERM ends the program."""

import contextlib
import gc
import os
import signal
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

from kiosk.screens.terminal.neutral_screen import AS_IT_WAS, neutral_screen
from kiosk.watchdog import Watchdog

# A child is heard of, the size is followed, and a crash must stay one.
_KEPT = {
    signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD, signal.SIGWINCH, signal.SIGCONT,
    signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT, signal.SIGTRAP, signal.SIGSYS,
}  # fmt: skip
_LOOK_S = 0.05


class OwnTerminal:
    """What is to be known and done between two screens."""

    def __init__(self, watchdog: Watchdog) -> None:
        self._watchdog = watchdog
        self._is_to_end = False

    def is_to_end(self) -> bool:
        """Whether SIGTERM came while no screen heard it."""
        return self._is_to_end

    def hear_of_the_end(self) -> None:
        """A screen hears of it by itself; before it opens and when it has closed nobody would."""
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def _end(self, *_: object) -> None:
        self._is_to_end = True

    def wait_in_sight(self, seconds: float) -> bool:
        """The neutral screen for so many seconds; true when the program is to end, or its terminal has gone."""
        gc.unfreeze()
        gc.collect()  # the broken screen, before the next one declares all there is to be there for good
        try:
            os.write(1, neutral_screen(*os.get_terminal_size(1)).encode())
            until = monotonic() + seconds
            while not self._is_to_end and monotonic() < until:
                self._watchdog.alive(monotonic())  # a screen that comes back is no program that hangs
                sleep(_LOOK_S)
            termios.tcflush(0, termios.TCIFLUSH)  # what was pressed meanwhile meant nothing
            if self._is_to_end:
                os.write(1, AS_IT_WAS.encode())
        except (OSError, termios.error):
            return True
        return self._is_to_end


@contextlib.contextmanager
def own_terminal(log_file: Path, watchdog: Watchdog) -> Iterator[OwnTerminal]:
    """The terminal on stdin and stdout; stderr goes to `log_file` meanwhile."""
    own = OwnTerminal(watchdog)
    before = {number: signal.getsignal(number) for number in signal.valid_signals() if number not in _KEPT}
    attributes = termios.tcgetattr(0)
    stderr = os.dup(2)
    try:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        own.hear_of_the_end()
        raw = list(attributes)
        raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        termios.tcsetattr(0, termios.TCSANOW, raw)
        _send_stderr_to(log_file)
        yield own
    finally:
        sys.stderr.flush()
        os.dup2(stderr, 2)
        os.close(stderr)
        with contextlib.suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, attributes)
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)


def _send_stderr_to(log_file: Path) -> None:
    try:
        log = os.open(log_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:  # a read-only disk stops no pick-up
        log = os.open(os.devnull, os.O_WRONLY)
    os.dup2(log, 2)
    os.close(log)
