"""The command line called in this process."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kiosk.cli import main
from kiosk.home import StationHome

Kiosk = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def kiosk(home: StationHome, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Kiosk]:
    """kiosk("pick-up", "3-2-0147") → exit code, JSON lines, stderr."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def call(*arguments: str) -> tuple[int, list[dict[str, Any]], str]:
        with pytest.raises(SystemExit) as ended:
            main(["--home", str(home.folder), *arguments, "--json"])
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), [json.loads(line) for line in out.splitlines()], err

    yield call
