"""A station with parcels on its shelves, and the real program at it in a terminal."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.home import StationHome
from kiosk.jobs.taking_in.checked_in import CheckedIn
from tests.hostile.at_work import AtWork
from tests.program.terminal import Terminal

Open = Callable[..., AtWork]


@pytest.fixture
def codes(shelved: Callable[..., CheckedIn]) -> list[str]:
    """Pickup codes of parcels on the shelf, each of a person of its own."""
    return [str(shelved(f"SF20000000{number:05d}").code) for number in range(12)]


@pytest.fixture
def open_screen(home: StationHome, codes: list[str], tmp_path: Path) -> Iterator[Open]:
    """open_screen("run"): the program at that station; `defect` builds one in (tests.hostile.faulty)."""
    opened: list[Terminal] = []

    def open_one(command: str, *, defect: str | None = None, columns: int = 80, **environment: str) -> AtWork:
        lights = {"GPIOZERO_PIN_FACTORY": "lightmock", "KIOSK_LIGHT_TRACE": str(tmp_path / "trace")}
        program = ("-m", "tests.hostile.faulty", defect) if defect else ("-m", "kiosk")
        terminal = Terminal(
            "--home",
            str(home.folder),
            *command.split(),
            environment=lights | environment,
            columns=columns,
            program=program,
            is_warm=True,
        )
        opened.append(terminal)
        return AtWork(terminal, codes, tmp_path / "trace", home.folder / "kiosk.log")

    yield open_one
    for terminal in opened:
        if terminal.process.poll() is None:
            terminal.end(signal.SIGKILL)
