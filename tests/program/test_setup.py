"""The wizard in a terminal, from an empty folder to the customer's screen; and the doctor where nothing is."""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from kiosk.config import read_settings
from kiosk.home import StationHome
from kiosk.store.rescue.phrase import group_of, new_phrase, read_phrase
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
    ("language", "title", "pin", "written", "all_answers", "ready", "ends", "asks"),
    [
        (
            "C.UTF-8", "Language", "Once more", "Type these two groups", "All answers", "The station is made",
            "Ctrl-Q ends this screen", "Scan or type your pickup code",
        ),
        (
            "zh_CN.UTF-8", "语言", "再输一次", "请照着纸", "全部回答", "驿站建好了", "Ctrl-Q", "请扫描或输入取件码",
        ),
    ],
)  # fmt: skip
def test_from_nothing_to_the_customers_screen(
    nowhere: Path, trace: Path, language: str, title: str, pin: str, written: str, all_answers: str, ready: str,
    ends: str, asks: str,
) -> None:  # fmt: skip
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
        phrase = phrase_on(terminal)
        terminal.type(DOWN)
        terminal.shows(written)
        for one in re.finditer(r"(?:Group (\d+))|(?:第 (\d+) 组)", terminal.text):
            terminal.type(group_of(phrase, int(one[1] or one[2])) + "\r")
        terminal.shows(all_answers, "North gate 老王")
        assert not nowhere.exists()
        terminal.type("\r")
        terminal.shows(ready)
        terminal.type("\x1b[D")  # left: the customer screen
        terminal.shows(ends)
        terminal.type("\r")
        terminal.shows(asks)
        terminal.type("\x11")  # Ctrl-Q
        until(lambda: terminal.process.poll() is not None)
    finally:
        code = terminal.end()
    assert code == 0
    settings = read_settings(nowhere / "station.toml")
    assert (settings.name, len(settings.slots)) == ("North gate 老王", 40)
    found = findings(nowhere)
    assert bad(found) == set() and found["recovery"] == "ok"
    assert_it_comes_back(nowhere, phrase)


def phrase_on(terminal: Terminal) -> str:
    """As one copies it off the screen, with the groups' numbers."""
    until(lambda: read_phrase(terminal.text.partition("\n")[2]).phrase)
    phrase = read_phrase(terminal.text.partition("\n")[2]).phrase
    assert phrase is not None
    return phrase


def assert_it_comes_back(home: Path, phrase: str) -> None:
    """On a new machine, from a backup and the phrase; a mistyped one leaves nothing behind."""
    (backup,) = (home / "backups").glob("*.tar")
    new = home.parent / "new machine" / "home"
    for typed, problem in (
        ("", "phrase_needed"), (phrase[:-1] + str((int(phrase[-1]) + 1) % 10), "phrase_mistyped"),
        (phrase[:-3], "phrase_too_short"), (new_phrase(Random(1)), "wrong_phrase"),
    ):  # fmt: skip
        refused = restored(new, backup, typed)
        told = json.loads(refused.stdout)
        assert (refused.returncode, told["problem"]) == (1, problem) and not new.parent.exists()
    done = restored(new, backup, phrase.replace(" ", "\n") + "\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (new / "key").read_bytes() == (home / "key").read_bytes() and findings(new)["recovery"] == "ok"
    assert kiosk(new, "verify").returncode == 0
    shutil.rmtree(StationHome(new).runtime())


def restored(home: Path, backup: Path, typed: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", "--home", str(home), "restore", str(backup), "--json"]
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, timeout=60, check=False, env=environment(**MOCK)
    )


def test_each_command_that_it_ends_with_works_as_it_is_printed(tmp_path: Path) -> None:
    home = tmp_path / "the owner's station"
    terminal = open_setup(home, columns=300, rows=60)
    try:
        terminal.shows("Language")
        terminal.type("\r" + "North gate" + DOWN + DOWN + DOWN + DOWN + "482915\r482915\r" + DOWN)
        phrase_on(terminal)
        terminal.type(DOWN + DOWN)
        terminal.shows("without a phrase")
        terminal.type(DOWN)
        terminal.shows("All answers")
        terminal.type("\r")
        terminal.shows("Enter ends the setting up")
        terminal.type("\r")
        until(lambda: terminal.process.poll() is not None)
    finally:
        assert terminal.end() == 0
    printed = [line.strip() for line in terminal.text.split("\n") if " --home " in line]
    assert [line.rpartition("station")[2].strip("' ") for line in printed] == [
        "run --trial", "run", "desk", "labels --slots", "lights map", "doctor", "help first-run",
    ]  # fmt: skip
    for line in printed:
        seen = environment(**MOCK)
        done = subprocess.run(["/bin/sh", "-c", f"{line} --help"], capture_output=True, check=False, env=seen)
        assert done.returncode == 0, (line, done.stderr)
    assert findings(home)["recovery"] == "warn"
    shutil.rmtree(StationHome(home).runtime())


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL, None])
def test_however_it_ends_before_the_last_page_nothing_is_written(nowhere: Path, how: signal.Signals | None) -> None:
    terminal = open_setup(nowhere)
    terminal.shows("Language")
    terminal.type("\r" + "Half" + DOWN)
    terminal.shows("3 of 11")
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
