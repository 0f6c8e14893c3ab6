import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.mocks.lightmock import LightMockFactory
from kiosk.config import read_settings
from kiosk.home import StationHome
from kiosk.lights.owner import LightOwner
from kiosk.watchdog import Watchdog
from tests.children import working
from tests.waiting import until


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(tmp_path / "notify"))
        line.setblocking(False)
        yield line


def heard(line: socket.socket) -> list[str]:
    messages = []
    while True:
        try:
            messages.append(line.recv(100).decode())
        except BlockingIOError:
            return messages


def test_it_says_ready_alive_in_good_time_and_stopping(systemd: socket.socket) -> None:
    watchdog = Watchdog({"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "3000000"})
    watchdog.ready()
    for tenth in range(30):
        watchdog.alive(100 + tenth / 10)
    watchdog.stopping()
    assert heard(systemd) == ["READY=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1"]


def test_without_systemd_or_for_another_process_it_is_silent(systemd: socket.socket) -> None:
    nobody = Watchdog({})
    nobody.ready()
    nobody.alive(1)
    other = {"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "1000", "WATCHDOG_PID": str(os.getpid() + 1)}
    Watchdog(other).alive(1)
    assert heard(systemd) == []


def test_an_abstract_socket_and_a_dead_one() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(f"\0kiosk-test-{os.getpid()}")
        Watchdog({"NOTIFY_SOCKET": f"@kiosk-test-{os.getpid()}"}).ready()
        assert line.recv(100) == b"READY=1"
    Watchdog({"NOTIFY_SOCKET": f"@kiosk-test-{os.getpid()}"}).ready()


def test_the_owner_within_a_screen_leaves_the_talking_to_the_screen(
    systemd: socket.socket, home: StationHome, bus: LightMockFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its thread lives on when the screen hangs."""
    monkeypatch.setenv("NOTIFY_SOCKET", systemd.getsockname())
    owner = LightOwner(read_settings(home.settings), home.runtime(), "screen")
    with working(owner.run, owner.stop):
        until((home.runtime() / "strips.json").exists)
    assert heard(systemd) == []
