import contextlib
import logging
import os
from pathlib import Path

import pytest

from kiosk.log_file import LogFile


def line(text: str) -> logging.LogRecord:
    return logging.LogRecord("test", logging.ERROR, "", 0, text, None, None)


def test_a_full_log_goes_aside_and_all_who_write_into_it_write_on(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.log"
    one, another = LogFile(path, largest=1000), LogFile(path, largest=1000)
    stderr = os.open(path, os.O_WRONLY | os.O_APPEND)
    for number in range(100):
        one.emit(line(f"one {number:03} {'x' * 40}"))
        another.emit(line(f"another {number:03} {'x' * 40}"))
    os.write(stderr, b"from below\n")
    for handler in (one, another):
        handler.close()
    os.close(stderr)
    now, before = path.read_text(), (tmp_path / "kiosk.log.1").read_text()
    assert now.endswith("from below\n") and "another 099" in now
    told = (before + now).splitlines()
    assert len(told) >= 20 and all(len(one) < 60 for one in told)  # whole lines, none twice
    assert len(set(told)) == len(told)
    assert path.stat().st_size < 1200 and (tmp_path / "kiosk.log.1").stat().st_size < 1200
    assert (tmp_path / "kiosk.log.1").stat().st_mode & 0o077 == 0


def test_a_disk_that_takes_no_more_loses_a_line_and_says_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", True)
    full = LogFile(Path("/dev/full"))
    full.emit(line("lost"))
    with contextlib.suppress(OSError):  # what was not written is tried once more
        full.close()
    assert capsys.readouterr() == ("", "")
