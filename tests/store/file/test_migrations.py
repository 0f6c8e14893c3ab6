"""Databases in the field were made by the migrations as they were: none changes any more, and none can by itself."""

import ast
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.store.file import migrations
from kiosk.store.file.database import SCHEMA_VERSION

FOLDER = Path(migrations.__file__).parent
DIGESTS = {
    "m001_parcels_and_events": "77bd1b012f974a26",
    "m002_the_staff_desk": "eb57fd839b8e0757",
    "m003_nobody_in": "00188c3ec3f43c0c",
    "m004_messages": "7ef481cec7cb9ac9",
    "m005_after_0_1_0": "3a6738b1df8edd3d",
}


def test_there_is_one_for_every_version_of_the_schema_in_its_order() -> None:
    files = sorted(path.stem for path in FOLDER.glob("m*.py"))
    assert files == [one.name for one in migrations.migrations._migrations]
    assert [int(name[1:4]) for name in files] == list(range(1, SCHEMA_VERSION + 1))
    assert files == list(DIGESTS), "a new migration: add its digest here when it is finished"


@pytest.mark.parametrize("name", DIGESTS)
def test_none_is_edited_again(name: str) -> None:
    digest = sha256((FOLDER / f"{name}.py").read_bytes()).hexdigest()[:16]
    assert digest == DIGESTS[name], f"{name} has made databases that are in use: leave it, write a new migration"


@pytest.mark.parametrize("name", DIGESTS)
def test_none_takes_words_from_the_program_that_may_change(name: str) -> None:
    tree = ast.parse((FOLDER / f"{name}.py").read_text("utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
