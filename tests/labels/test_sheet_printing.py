"""A sheet of plain text: on the receipt printer, or by the machine's own printer."""

from pathlib import Path
from random import Random

import pytest

from kiosk.config.printer import PrinterSettings
from kiosk.labels.receipt import text_escpos
from kiosk.labels.sheet_printing import print_sheet
from kiosk.store.rescue.phrase import new_phrase, read_phrase
from kiosk.text import Language, words
from kiosk.text.answers.backups import phrase_made
from tests.labels.receipt import COLUMNS, read_receipt

NONE = PrinterSettings("none", "labels", "/dev/usb/lp0", "command", False)


@pytest.mark.parametrize("language", Language)
def test_a_phrase_is_read_back_off_the_narrowest_paper(language: Language, tmp_path: Path) -> None:
    phrase, device = new_phrase(Random(1)), tmp_path / "lp0"
    device.touch()
    sheet = phrase_made(words(language), phrase, "S001", "2026-12-01")
    assert print_sheet(NONE._replace(output="escpos", device=str(device)), sheet)
    receipt = read_receipt(device.read_bytes())
    lines = [line.text for line in receipt.lines]
    assert receipt.cut and "\n".join(lines).rstrip() == sheet and read_phrase("\n".join(lines)).phrase == phrase
    assert sum(group in line for line in lines for group in phrase.split(" ")) == 10
    assert all(len(line) <= COLUMNS for line in lines if any(group in line for group in phrase.split(" ")))
    assert text_escpos("驿站")[4:].startswith("驿站".encode("gb18030"))


def test_a_printer_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not print_sheet(NONE._replace(output="escpos", device=str(tmp_path / "nowhere")), "text")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not print_sheet(NONE, "text")


@pytest.mark.parametrize("code", [0, 1])
def test_the_machines_own_printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """`lp` reads what it prints from its standard input, where no file is named."""
    paper, lp = tmp_path / "paper", tmp_path / "lp"
    lp.write_text(f"#!/bin/sh\n[ $# -eq 0 ] && cat > '{paper}'\nexit {code}\n")
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert print_sheet(NONE, "恢复短语 1 12345\n") is (code == 0)
    assert paper.read_text("utf-8") == "恢复短语 1 12345\n"
