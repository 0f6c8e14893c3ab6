"""`kiosk scanner`: what arrives is shown, and what it is taken for."""

import json
import os
import pty
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from hardware.scanners.devices import FoundDevice
from hardware.scanners.source import ScannerError
from hardware.trouble import Trouble
from kiosk.cli import main
from kiosk.cli import scanner as scanner_command
from kiosk.config import read_settings
from kiosk.home import StationHome
from kiosk.parcels.qr_texts import badge_text
from kiosk.parcels.scans import recognise
from kiosk.text import Language, words
from kiosk.text.answers.scans import KINDS, end_of, scan_name, trouble_sentence, visible
from tests.children import PIPE, child
from tests.cli.conftest import Kiosk
from tests.waiting import Lines

SERIAL = '\n[[scanners]]\nname = "exit"\ndriver = "serial"\nrole = "exit"\ndevice = "{device}"\n'


def _start(home: StationHome, *arguments: str) -> "AbstractContextManager[subprocess.Popen[str]]":
    command = [sys.executable, "-m", "kiosk", "--home", str(home.folder), "scanner", "test", *arguments]
    return child(command, stdin=PIPE, stdout=PIPE, stderr=PIPE)


def test_a_serial_scanner_is_echoed(home: StationHome, tmp_path: Path) -> None:
    master, slave = pty.openpty()
    home.settings.write_text(home.settings.read_text("utf-8") + SERIAL.format(device=os.ttyname(slave)), "utf-8")
    with _start(home, "--name", "exit", "--count", "4", "--json") as trial:
        assert trial.stdout is not None
        told = Lines(trial.stdout)
        assert json.loads(told.next()) == {"ok": True, "scanner": "exit", "ready": True}
        badge = badge_text("A" * 26)
        os.write(master, f"]C1SF1000000000001\r\x023-2-0147\x03{badge}\nCANCEL\t".encode())
        lines = [json.loads(told.next()) for _ in range(4)]
        assert trial.wait(20) == 0
    os.close(slave)
    os.close(master)
    assert [(one["raw"], one["symbology"], one["ended_by"], one["recognised"]) for one in lines] == [
        ("]C1SF1000000000001<CR>", "GS1-128", "CR", "waybill"),
        ("<STX>3-2-0147<ETX>", None, "ETX", "pickup_code"),
        ("PKB1:…<LF>", None, "LF", "badge"),
        ("CANCEL<TAB>", None, "TAB", "command_card"),
    ]
    assert lines[0]["message"] == "waybill SF1000000000001 of SF"
    assert "A" * 26 not in home.log_file.read_text()


def test_what_is_typed_is_echoed_and_the_end_ends(home: StationHome) -> None:
    with _start(home) as trial:
        out, err = trial.communicate("3-2-0147\n13812345678\n", timeout=20)
        assert (trial.returncode, err) == (0, "")
    assert "Set the scanner" in out
    assert "keyboard: 3-2-0147<LF>\n  pickup code 3-2-0147\n  ended by LF" in out
    assert "phone number" in out


def test_a_wrong_keyboard_layout_is_seen(home: StationHome) -> None:
    with _start(home) as trial:
        out, _ = trial.communicate("JDVA12345678901ß1ß1ß\nZT0579123456789\nSF1000000000001\n", timeout=20)
    first, second, last = out.split("keyboard: ")[2:]
    assert "JDVA12345678901ß1ß1ß" in first and "layout is wrong" in first and "to US" in first
    assert "waybill ZT0579123456789" in second and "YT0579123456789 ?" in second and "to US" in second
    assert "layout" not in last


def test_a_scanner_nobody_knows_is_named(kiosk: Kiosk) -> None:
    code, _, err = kiosk("scanner", "test", "--name", "exit")
    assert code == 2 and "keyboard" in err


def test_the_list_says_what_to_write(
    kiosk: Kiosk, home: StationHome, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [FoundDevice("evdev", "name:BT", "BT", None), FoundDevice("serial", "/dev/x", "ACME", "dialout")]
    monkeypatch.setattr(scanner_command, "found_devices", lambda: found)
    code, lines, _ = kiosk("scanner", "list")
    assert code == 0
    assert lines[1] == {"ok": True, "driver": "serial", "device": "/dev/x", "name": "ACME", "group": "dialout"}
    with pytest.raises(SystemExit):
        main(["scanner", "list"])
    shown = capsys.readouterr().out
    assert "by the group dialout only" in shown
    home.settings.write_text(home.settings.read_text("utf-8") + shown, "utf-8")  # as it stands
    assert [one.name for one in read_settings(home.settings).scanners] == ["scanner-1", "scanner-2"]


def test_a_signal_ends_it(home: StationHome) -> None:
    with _start(home) as trial:
        assert trial.stdout is not None
        Lines(trial.stdout).until("ready")
        trial.terminate()
        assert trial.wait(20) == 0


@pytest.mark.parametrize("language", Language)
def test_every_kind_and_every_trouble_has_words(language: Language) -> None:
    say = words(language)
    scans = [
        "3-2-0147", "PK1:S001:3-2-0147", "SF1000000000001", "ZZ99887766554433", "SLOT:3-2-4", "CANCEL",
        badge_text("A" * 26), "PKP1:" + "A" * 26, "PKN1:S001:" + "A" * 37, "PKM1:S001:1:1/1:SF=SF1000000000001",
        "13812345678", "https://example.com",
    ]  # fmt: skip
    kinds = {type(recognise(text).means) for text in scans}
    assert kinds == set(KINDS)
    for text in scans:
        assert scan_name(say, recognise(text))
    for trouble in Trouble:
        sentence = trouble_sentence(say, ScannerError(trouble, "/dev/x", "input"))
        assert "/dev/x" in sentence or "input" in sentence


def test_control_characters_are_seen_and_secrets_not() -> None:
    assert visible("\x02]C13\x1d\x7f\r\n") == "<STX>]C13<GS><U+007F><CR><LF>"
    assert visible("pkb1:ABCDEF\r") == "pkb1:…<CR>"
    assert (end_of("3-2-0147"), end_of("3\x04"), end_of("")) == (None, "EOT", None)
