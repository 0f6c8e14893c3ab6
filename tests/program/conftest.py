"""A station made by the command, and terminals at it."""

import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.home import StationHome
from tests.program.terminal import Terminal, kiosk

Open = Callable[..., Terminal]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A station with the demo's parcels, made by the command."""
    folder = tmp_path_factory.mktemp("sample") / "home"
    made = kiosk(folder, "init", "--sample")
    assert made.returncode == 0, made.stderr
    yield folder
    shutil.rmtree(StationHome(folder).runtime())


@pytest.fixture
def folder(sample: Path, tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "home"
    shutil.copytree(sample, folder)
    yield folder
    shutil.rmtree(StationHome(folder).runtime())


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    return tmp_path / "trace"


@pytest.fixture
def open_terminal(folder: Path, trace: Path) -> Iterator[Open]:
    opened: list[Terminal] = []
    environment = {"GPIOZERO_PIN_FACTORY": "lightmock", "KIOSK_LIGHT_TRACE": str(trace)}

    def open_one(*arguments: str, columns: int = 80, rows: int = 24, is_warm: bool = True, **more: str) -> Terminal:
        """`more` of the environment."""
        seen = environment | more
        given = ["--home", str(folder), *arguments]
        terminal = Terminal(*given, environment=seen, columns=columns, rows=rows, is_warm=is_warm)
        opened.append(terminal)
        return terminal

    yield open_one
    for terminal in opened:
        if terminal.process.poll() is None:
            terminal.end(signal.SIGKILL)
