"""The shim, built once; without a compiler these tests are skipped, but never in CI."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.faults.shim import NoCompiler, Shim, build_shim
from scripts.faults.stations import a_scratch_folder


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    with a_scratch_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def shim(scratch: Path) -> Shim:
    try:
        return Shim(build_shim(scratch))
    except NoCompiler as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))
