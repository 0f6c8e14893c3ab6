"""What systemd hears: a screen lives while its loop turns, and while a broken one comes back; hung it is silent."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.conftest import Open
from tests.waiting import until

PERIOD_S = 0.3


class Systemd:
    """The other end of NOTIFY_SOCKET."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self.environment = {"NOTIFY_SOCKET": line.getsockname(), "WATCHDOG_USEC": str(round(PERIOD_S * 1e6))}

    def hears(self, wanted: bytes) -> None:
        def heard() -> bool:
            with contextlib.suppress(TimeoutError):
                return self._line.recv(100) == wanted
            return False

        until(heard)

    def hears_on(self) -> bool:
        """Whether anything comes within three periods."""
        with contextlib.suppress(TimeoutError):
            return bool(self._line.recv(100))
        return False


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Systemd]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.settimeout(3 * PERIOD_S)
        yield Systemd(line)


def test_a_screen_is_ready_alive_and_stopping(open_screen: Open, systemd: Systemd) -> None:
    screen = open_screen("run", **systemd.environment)
    screen.opens()
    for wanted in (b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"):
        systemd.hears(wanted)
    assert screen.terminal.end() == 0
    systemd.hears(b"STOPPING=1")


def test_a_screen_that_breaks_again_and_again_is_alive(open_screen: Open, systemd: Systemd) -> None:
    screen = open_screen("run", defect="for ever", **systemd.environment)
    screen.terminal.shows("One moment please")
    systemd.hears(b"WATCHDOG=1")
    systemd.hears(b"WATCHDOG=1")


def test_a_screen_whose_loop_hangs_falls_silent(open_screen: Open, systemd: Systemd) -> None:
    screen = open_screen("run", defect="hang", **systemd.environment)
    screen.opens()
    systemd.hears(b"WATCHDOG=1")
    screen.terminal.type("\x1bz")
    until(lambda: not systemd.hears_on())
