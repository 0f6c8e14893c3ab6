"""The house itself: what loads what, what is translated, what is pinned."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from kiosk.config import screen
from kiosk.counter.answers import StaffAnswer
from kiosk.counter.words import DESK_WORDS
from kiosk.faults import Fault
from kiosk.jobs.records.report import COUNTED
from kiosk.parcels.couriers import read_courier
from kiosk.parcels.looks import Colour, Pattern
from kiosk.parcels.meanings import CodeScan, PhoneScan, WaybillScan
from kiosk.parcels.problems import Problem
from kiosk.parcels.rejected_lines import Reason
from kiosk.parcels.scans import recognise
from kiosk.parcels.sheets import StationEvent
from kiosk.parcels.states import Event, State
from kiosk.text import Language, desk_help, refusals, sentences
from kiosk.text.answers import any_answer as answers
from kiosk.text.answers import report as report_answers
from kiosk.text.desk_words import CHINESE
from kiosk.text.files import rejections
from scripts.picturing.drawings import way_of_a_scan
from scripts.translating import catalogue

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        # What --version, --help and a mistyped command load.
        ("kiosk.cli", ["kiosk.store", "kiosk.jobs", "kiosk.counter", "textual", "asyncio", "sqlite3", "difflib"]),
        ("kiosk.parcels.scans", ["textual", "gpiozero", "sqlite_utils", "click"]),
        ("kiosk.store.lease_book.book", ["textual", "gpiozero", "sqlite_utils", "click"]),
        ("kiosk.counter.clerk", ["textual", "gpiozero", "sqlite_utils", "click", "nacl", "reportlab", "PIL"]),
        ("kiosk.screens.desk.app", ["gpiozero", "sqlite_utils", "qrcode", "nacl", "reportlab", "PIL"]),
        ("kiosk.screens.desk.app", ["hardware.strips.drivers", "hardware.scanners.watch", "tomlkit"]),
        ("kiosk.cli.browser_desk", ["gpiozero", "textual", "sqlite_utils", "qrcode", "nacl", "PIL"]),
        ("kiosk.counter.customer", ["textual", "gpiozero", "sqlite_utils", "click"]),
        ("kiosk.cli.counter", ["textual", "gpiozero", "sqlite_utils", "nacl", "asyncio", "logging.handlers"]),
        ("kiosk.cli.counter", ["kiosk.lights", "kiosk.labels", "kiosk.text.answers.any_answer"]),
        # Small ones, together 3 % of every command: for a mistake, a crash, a word of the desk, an operation's id.
        ("kiosk.cli.counter", ["kiosk.config.lines", "kiosk.store.file.wal_damage", "kiosk.jobs.kept_answers"]),
        ("kiosk.cli.counter", ["kiosk.text.desk_words", "kiosk.text.hold_names", "kiosk.text.qr_lines"]),
        ("kiosk.cli.taking_in", ["textual", "gpiozero", "sqlite_utils", "asyncio", "kiosk.lights", "kiosk.labels"]),
        ("kiosk.cli.screens", ["textual", "gpiozero", "asyncio", "kiosk.counter", "kiosk.lights", "kiosk.labels"]),
        ("kiosk.screens.customer.app", ["gpiozero", "sqlite_utils", "qrcode", "tomlkit", "hardware.strips.drivers"]),
        ("kiosk.screens.customer.app", ["nacl", "PIL", "kiosk.jobs.taking_in", "kiosk.jobs.handing_over.passes"]),
        # Only where station.toml has one.
        ("kiosk.screens.customer.app", ["hardware.scanners.wiring", "kiosk.screens.push_buttons"]),
        ("kiosk.cli.lights", ["gpiozero", "textual", "tomlkit", "reportlab"]),
        ("kiosk.cli.backups", ["gpiozero", "textual", "nacl", "sqlite_utils"]),
        ("kiosk.cli.web", ["gpiozero", "textual", "aiohttp", "jinja2", "textual_serve"]),
        ("kiosk.cli.labels", ["gpiozero", "textual", "reportlab", "PIL"]),
        ("kiosk.cli.agent", ["gpiozero", "textual", "apprise", "PIL", "sqlite_utils"]),
        ("kiosk.agent.agent", ["gpiozero", "textual", "apprise", "PIL", "sqlite_utils", "nacl"]),
        ("kiosk.cli.notify", ["gpiozero", "textual", "apprise", "PIL", "sqlite_utils"]),
        ("hardware.strips.light_strip", ["kiosk"]),
    ],
)
def test_nothing_heavy_is_loaded_before_its_time(module: str, absent: list[str]) -> None:
    script = f"import sys, {module}; print([m for m in {absent!r} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert loaded.stdout.strip() == "[]"


def test_no_test_takes_the_developers_environment_or_the_real_date_along() -> None:
    """Children get environment(); a clock is passed in."""
    taken = re.compile(
        r"\*\*os\.environ|dict\(os\.environ|os\.environ \||env=os\.environ|datetime\.now\(|date\.today\(|time\.time\("
    )
    # A system that is built and its inside, a measure of the real clock, two children that are asked for their date.
    apart = ("tests/house/test_house.py", "tests/faults/test_shim.py", "scripts/vm/", "scripts/bench", "scripts/day",
             "scripts/faults/far_date.py")  # fmt: skip
    files = [path for room in ("tests", "scripts") for path in (ROOT / room).rglob("*.py")]
    assert [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in files
        for line in path.read_text("utf-8").splitlines()
        if taken.search(line) and not str(path.relative_to(ROOT)).startswith(apart)
    ] == []


def test_rooms_of_the_drawing_are_there_and_it_is_drawn_as_it_is_told() -> None:
    drawn = (ROOT / "kiosk/help/pictures/way-of-a-scan.svg").read_text("utf-8")
    assert drawn == way_of_a_scan()
    rooms = re.findall(r">((?:kiosk|hardware)/[a-z_/]+)<", drawn)
    assert len(rooms) == 8 and all((ROOT / room).is_dir() for room in rooms)


def test_files_and_rooms_that_pages_name_are_there() -> None:
    """Of the README, and of the pages for engineers in both languages."""
    pages = [
        ROOT / "README.md",
        *(ROOT / "kiosk/help").glob("*/architecture.md"),
        *(ROOT / "kiosk/help").glob("*/drivers.md"),
    ]
    for page in pages:
        named = re.findall(r"`((?:kiosk|hardware|scripts|[a-z_]+)/[a-z_/]*(?:\.py)?)`", page.read_text("utf-8"))
        missing = [name for name in named if not ((ROOT / name).exists() or (ROOT / "kiosk" / name).exists())]
        assert named and not missing, (page.name, missing)


@pytest.mark.parametrize("domain", catalogue.TEXTS)
@pytest.mark.parametrize("language", catalogue.TRANSLATED)
def test_every_text_is_translated_and_the_compiled_catalogue_is_fresh(language: Language, domain: str) -> None:
    """A newer Click that says something new is noticed here, too."""
    messages = catalogue.read_catalogue(language, domain)
    translated = {message.id for message in messages if message.id and catalogue.is_translated(message)}
    assert translated == catalogue.TEXTS[domain]()
    assert catalogue.mo_file(language, domain).read_bytes() == catalogue.compiled(messages)


def test_settings_know_every_language() -> None:
    assert set(screen._LANGUAGES) == set(Language)


@pytest.mark.parametrize("domain", catalogue.TEXTS)
@pytest.mark.parametrize("language", catalogue.TRANSLATED)
def test_translations_keep_their_places(language: Language, domain: str) -> None:
    for message in catalogue.read_catalogue(language, domain):
        places = [set(re.findall(r"{(\w+)}", str(text))) for text in (message.id, message.string)]
        assert places[0] == places[1], message.id


def test_every_answer_has_words() -> None:
    assert set(refusals.PROBLEMS) == set(Problem)
    assert set(sentences._FAULTS) == set(Fault)
    assert set(rejections._REASONS) == set(Reason)
    assert set(sentences._COLOURS) == set(Colour)
    assert set(sentences._PATTERNS) == set(Pattern)
    assert set(sentences._EVENTS) == set(Event) and set(sentences._STATION_EVENTS) == set(StationEvent)
    assert set(sentences._STATES) == set(State)
    assert set(answers._WORDS) == set(get_args(StaffAnswer))
    assert set(report_answers._FIGURES) == set(COUNTED.values())


def test_every_word_of_the_desk_is_in_the_help_and_has_a_chinese_name_of_its_own() -> None:
    explained = [name for words in desk_help.HELP.values() for name in words]
    assert sorted(explained) == sorted([*DESK_WORDS, *desk_help.SCREEN_WORDS])
    assert set(explained) == set(CHINESE)
    names = [*CHINESE, *CHINESE.values()]
    assert len(set(names)) == len(names)
    for name in names:  # none is taken for a code, a courier or a phone before it is read as a word
        assert read_courier(name) is None and not isinstance(recognise(name).means, CodeScan | WaybillScan | PhoneScan)


def test_locks_pin_by_hash_and_name_no_index() -> None:
    for lock in ("run.lock", "test.lock"):
        text = (ROOT / "scripts/environment" / lock).read_text()
        assert "://" not in text and "index-url" not in text
        for requirement in re.split(r"\n(?=\S)", text):
            if "==" in requirement:
                assert "--hash=sha256:" in requirement


def test_no_test_sleeps_for_a_fixed_time() -> None:
    for path in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
                assert called != "sleep", path
                assert called != "pause" or not node.args or ast.literal_eval(node.args[0]) <= 0.01, path


def test_every_dataclass_says_what_it_is() -> None:
    """Without a docstring dataclass() writes one from the signature, which takes most of a millisecond at start."""
    for path in [*(ROOT / "kiosk").rglob("*.py"), *(ROOT / "hardware").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and any("dataclass" in ast.unparse(d) for d in node.decorator_list):
                assert ast.get_docstring(node), f"{path}: {node.name}"
