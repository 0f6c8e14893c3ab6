"""The wizard in a terminal, from an empty folder to the customer's screen; and the doctor where nothing is."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.config import read_settings
from kiosk.home import StationHome
from tests.apa102_decoder import last_lit
from tests.environment import environment
from tests.program.terminal import Terminal, kiosk
from tests.waiting import until

MOCK = {"GPIOZERO_PIN_FACTORY": "lightmock"}
DOWN = "\x1b[6~"  # page down


@pytest.fixture
def nowhere(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "home"
    yield folder
    if folder.exists():
        shutil.rmtree(StationHome(folder).runtime())


def open_setup(
    folder: Path, language: str = "C.UTF-8", columns: int = 80, rows: int = 24, trace: Path | None = None
) -> Terminal:
    environment = {**MOCK, "LC_ALL": language, **({"KIOSK_LIGHT_TRACE": str(trace)} if trace else {})}
    return Terminal("--home", str(folder), "setup", environment=environment, columns=columns, rows=rows)


@pytest.mark.parametrize(
    ("language", "title", "pin", "all_answers", "ready", "asks"),
    [
        ("C.UTF-8", "Language", "Once more", "All answers", "The station is made", "Scan or type your pickup code"),
        ("zh_CN.UTF-8", "语言", "再输一次", "全部回答", "驿站建好了", "请扫描或输入取件码"),
    ],
)
def test_from_nothing_to_the_customers_screen(
    nowhere: Path, trace: Path, language: str, title: str, pin: str, all_answers: str, ready: str, asks: str
) -> None:
    terminal = open_setup(nowhere, language, 48, 14, trace)
    try:
        terminal.shows(title)
        terminal.type("\r")
        terminal.type("North gate 老王" + DOWN)
        terminal.type("2" + DOWN)
        terminal.shows("< APA102")
        terminal.type("\x1b[15~")  # F5: the strip is lit
        until(lambda: last_lit(trace, 80))
        terminal.type(DOWN)  # and goes dark when one does not wait for its end
        until(lambda: not last_lit(trace, 80))
        terminal.type("SF1234567890123\r")
        terminal.shows("SF1234567890123: ")
        terminal.type(DOWN)
        terminal.shows(pin)
        terminal.type("482915\r482915\r" + DOWN)
        terminal.shows(all_answers, "North gate 老王")
        assert not nowhere.exists()
        terminal.type("\r")
        terminal.shows(ready)
        terminal.type("\r")
        terminal.shows(asks)
    finally:
        code = terminal.end()
    assert code == 0
    settings = read_settings(nowhere / "station.toml")
    assert (settings.name, len(settings.slots)) == ("North gate 老王", 40)
    assert bad(findings(nowhere)) == set()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL, None])
def test_however_it_ends_before_the_last_page_nothing_is_written(nowhere: Path, how: signal.Signals | None) -> None:
    terminal = open_setup(nowhere)
    terminal.shows("Language")
    terminal.type("\r" + "Half" + DOWN)
    terminal.shows("3 of 9")
    if how is None:
        terminal.type("\x03")
        terminal.shows("Nothing is written yet")
        terminal.type("\x03")
        until(lambda: terminal.process.poll() is not None)
        assert "Nothing was written." in terminal.text
    code = terminal.end(how or signal.SIGTERM)
    assert code == (-9 if how is signal.SIGKILL else 0) and not nowhere.exists()


def test_without_a_terminal_it_says_so(nowhere: Path) -> None:
    done = kiosk(nowhere, "setup")
    assert done.returncode == 3 and "needs a terminal" in done.stderr and not nowhere.exists()


def findings(folder: Path, *, as_user: int = 0) -> dict[str, str]:
    """Levels by line; no traceback. Another user cannot read what is loaded late here, so it looks once before."""
    program = (
        "import os, sys, pathlib; from kiosk.cli import doctor, main; from kiosk.home import StationHome;"
        f" doctor.say(); {as_user} and doctor.all_findings(StationHome(pathlib.Path(sys.argv[2])));"
        f" os.setuid({as_user} or os.getuid()); main(sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "--home", str(folder), "doctor", "--json"],
        capture_output=True, text=True, timeout=60, check=False,
        env=environment(**MOCK),
    )  # fmt: skip
    assert done.stderr == ""
    (told,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == (0 if told["ok"] else 1)
    assert [one["what"] for one in told["findings"] if "defect" in one["what"]] == []
    return {one["line"]: one["level"] for one in told["findings"]}


def bad(levels: dict[str, str]) -> set[str]:
    """But that the tests' folders may lie in memory."""
    return {line for line, level in levels.items() if level == "bad" and line != "file_system"}


def test_the_doctor_where_nothing_is(nowhere: Path) -> None:
    found = findings(nowhere)
    assert found["settings"] == "bad" and "key" not in found and not nowhere.exists()


def test_the_doctor_at_a_station_that_is_broken_all_over(folder: Path) -> None:
    (folder / "station.toml").write_text("[station\nname = 'Zhang'")
    (folder / "station.db").write_bytes(b"SQLite format 3\0" + bytes(5000))
    (folder / "key").unlink()
    assert bad(findings(folder)) == {"settings", "key", "database"}
    done = kiosk(folder, "support", str(folder / "bundle.tgz"))
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_the_doctor_asked_by_somebody_else(folder: Path) -> None:
    found = findings(folder, as_user=65534)  # who may not even look into the folder above it
    assert found["settings"] == "bad" and found["python"] == "ok"
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.geteuid() and not parent.stat().st_mode & stat.S_ISVTX:
            parent.chmod(parent.stat().st_mode | 0o055)
    found = findings(folder, as_user=65534)
    assert found["user"] == "warn" and found["key"] == found["settings"] == "bad"  # which may hold passwords
    assert not StationHome(folder).runtime_place().exists()
    StationHome(folder).runtime()  # the owner's, as before
