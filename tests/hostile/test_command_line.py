"""Rubbish as arguments, in variables, in files: a sentence, an exit code that says which, and nothing but text."""

import os
from pathlib import Path
from random import Random

import pytest

from kiosk.cli import kiosk as kiosk_group
from kiosk.cli import main
from kiosk.cli.plain_output import plain
from kiosk.counter.words import DESK_WORDS
from kiosk.home import StationHome
from scripts.fuzzing.inputs import MANIFESTS, SPICE, WORDS, hostile
from tests.hostile.strict_terminal import wrong_in
from tests.program.terminal import Terminal
from tests.waiting import until

INVOCATIONS = 150
# They take the terminal, the strips or the folder that they are called in; "demo" opens the demo's own station.
_APART = {"demo", "run", "desk", "lights", "labels", "init", "slip"}
COMMANDS = sorted({*kiosk_group.list_commands(None), *DESK_WORDS} - _APART)  # type: ignore[arg-type]
OPTIONS = [
    "--json",
    "--phone",
    "--courier",
    "--size",
    "--reason",
    "--shelve",
    "--note",
    "--last",
    "--by",
    "--proxy",
    "-h",
]
ESC = "\x1b[31m\x1b[2J\u202e\u2066\u009b1m"


def as_argument(data: bytes) -> str:
    """As the system hands it over: no NUL, and a surrogate for each byte that is no UTF-8."""
    return os.fsdecode(data.replace(b"\0", b""))


def test_any_arguments(
    home: StationHome, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIOSK_PIN", "271828")
    random = Random(21)
    codes = set()
    for _ in range(INVOCATIONS):
        rubbish = [as_argument(hostile(random, [*WORDS, *SPICE])[:200]) for _ in range(random.randrange(4))]
        options = random.sample(OPTIONS, random.randrange(3))
        arguments = [random.choice(COMMANDS), *random.sample(rubbish + options, len(rubbish + options))]
        with pytest.raises(SystemExit) as ended:
            main(["--home", str(home.folder), *arguments])
        out, err = capfdbinary.readouterr()
        assert ended.value.code in (0, 1, 2, 3, None), arguments
        assert wrong_in(out + b"\x1b") == wrong_in(err + b"\x1b") == [], arguments
        assert b"Traceback" not in err and b"defect" not in err + out, (arguments, err)
        codes.add(ended.value.code)
    assert {0, 1, 2} <= codes


def test_any_manifest(home: StationHome, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    random = Random(22)
    for number in range(60):
        file = tmp_path / f"m{number}\x1b[31m\u202e.csv"
        file.write_bytes(hostile(random, MANIFESTS))
        with pytest.raises(SystemExit) as ended:
            main(["--home", str(home.folder), "announce", str(file), *random.choice(([], ["--json"]))])
        out, err = capfdbinary.readouterr()
        assert ended.value.code in (0, 1, 3, None)
        assert wrong_in(out + b"\x1b") == wrong_in(err + b"\x1b") == []


@pytest.mark.parametrize(("arguments", "variables", "code"), [
    ([f"x{ESC}"], {}, 2),
    (["--home", f"/nowhere/{ESC}\udcff", "run"], {}, 3),
    (["--home", "{home}", "--terminal", ESC, "run"], {}, 2),
    (["run"], {"KIOSK_HOME": f"/nowhere/{ESC}"}, 3),
    (["pick-up", f"3-2-{ESC}\udcff"], {"KIOSK_HOME": "{home}", "LC_ALL": ESC, "LANG": "zh\udcff"}, 1),
    (["parcel", f"{ESC}", "--json"], {"KIOSK_HOME": "{home}", "KIOSK_STAFF": ESC}, 1),
    (["desk"], {"KIOSK_HOME": "{home}", "KIOSK_TERMINAL": f"a{ESC}"}, 2),
    (["announce", f"/nowhere/{ESC}"], {"KIOSK_HOME": "{home}", "COLUMNS": "²", "TERM": "dumb"}, 3),
])  # fmt: skip
def test_nothing_but_text_goes_to_a_terminal(
    home: StationHome, arguments: list[str], variables: dict[str, str], code: int
) -> None:
    def at_home(text: str) -> str:
        return text.replace("{home}", str(home.folder))

    terminal = Terminal(*map(at_home, arguments), environment={name: at_home(text) for name, text in variables.items()})
    until(lambda: terminal.process.poll() is not None)
    assert terminal.end() == code, terminal.text
    sent = bytes(terminal.raw)
    assert sent.strip() and wrong_in(sent + b"\x1b") == [] and b"\x1b" not in sent and b"Traceback" not in sent


def test_settings_with_orders_in_them_are_refused_in_text(home: StationHome) -> None:
    home.settings.write_text('[station]\n"\\u001b[2J\\u202e" = 1\n')
    terminal = Terminal("--home", str(home.folder), "run", environment={})
    until(lambda: terminal.process.poll() is not None)
    assert terminal.end() == 3
    assert b"station.toml" in terminal.raw and wrong_in(bytes(terminal.raw) + b"\x1b") == []


def test_an_escape_stands_for_what_is_no_text() -> None:
    assert plain("a\x1b[31m\u202eb\x9b\tc\r\nd\re\n张") == "a\\u001b[31m\\u202eb\\u009b\\u0009c\r\nd\\u000de\n张"
