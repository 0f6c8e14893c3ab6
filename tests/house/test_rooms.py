"""The rooms of the house: which imports which, how many files lie in one, how long a file is."""

import re
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent.parent
FILES = sorted(path for room in ("kiosk", "hardware", "scripts") for path in (ROOT / room).rglob("*.py"))
MOST_FILES, MOST_LINES = 16, 250
ONE_FILE_A_THING = {"kiosk/parcels", "kiosk/cli", "scripts/faults"}  # a word of the trade, a group of commands, a fault
TABLES_OF_WORDS = {"kiosk/text/refusals.py"}
# The program in a terminal, hostile input, the fault shim, this house; what is one file in kiosk/ itself.
WHOLE = {Path(name) for name in ("program", "hostile", "faults", "house", ".")}

Imports = dict[str, set[str]]


def room_of(module: str) -> str:
    """Its folder; a module that lies in none but `kiosk` or `hardware` is a room of its own."""
    path = ROOT / module.replace(".", "/")
    room = module if path.is_dir() else module.rpartition(".")[0]
    return module if room in ("kiosk", "hardware") else room


@pytest.fixture(scope="module")
def imports() -> Imports:
    """By module, those inside functions and for types alone too."""
    graph = grimp.build_graph("kiosk", "hardware", cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


def test_no_module_is_imported_by_what_it_imports(imports: Imports) -> None:
    TopologicalSorter(imports).prepare()  # a circle is named by the CycleError


def test_no_room_is_imported_by_what_it_imports(imports: Imports) -> None:
    rooms: Imports = {}
    for module, others in imports.items():
        room = room_of(module)
        rooms.setdefault(room, set()).update(there for there in map(room_of, others) if there != room)
    TopologicalSorter(rooms).prepare()


def test_a_folder_is_seen_at_a_glance() -> None:
    counted = Counter(str(path.parent.relative_to(ROOT)) for path in FILES if path.name != "__init__.py")
    assert {folder for folder, files in counted.items() if files > MOST_FILES} <= ONE_FILE_A_THING


def test_a_file_is_read_in_one_sitting() -> None:
    long = {str(path.relative_to(ROOT)) for path in FILES if len(path.read_text("utf-8").splitlines()) > MOST_LINES}
    assert long <= TABLES_OF_WORDS


def test_tests_lie_in_rooms_of_the_same_names() -> None:
    """`tests/jobs/sheets` tests `kiosk/jobs/sheets`; what tests the whole has a room of its own name."""
    rooms = {path.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    folders = {room.parent for room in rooms} - WHOLE
    strange = {str(one) for one in folders if not any((ROOT / under / one).is_dir() for under in ("kiosk", "."))}
    assert strange == set()


def test_what_lies_below_the_words_says_nothing() -> None:
    """In Chinese, which shows it; what is read off papers and people in both languages is the trade's."""
    below = ("labels", "counter", "lights", "jobs", "safety", "store", "config")
    rooms = ("hardware/", *(f"kiosk/{room}/" for room in below))
    files = [path for path in FILES if str(path.relative_to(ROOT)).startswith(rooms)]
    assert files and [path for path in files if re.search("[\u4e00-\u9fff]", path.read_text("utf-8"))] == []
