"""The short form of scripts/torture, with a seed that stays: the real program under every fault."""

from pathlib import Path

import pytest

from scripts.faults.power_cut import WORKLOADS, power_cut
from scripts.faults.recording import Workload
from scripts.faults.result import Result, lines
from scripts.faults.shim import Shim
from scripts.faults.table import FAULTS, SHORT, Bench

SEED = 7
CUT_POINTS = 300


@pytest.fixture
def bench(shim: Shim, scratch: Path) -> Bench:
    return Bench(shim, scratch, SHORT, SEED)


def run(name: str, bench: Bench) -> list[Result]:
    """All rows of a fault."""
    return passed(list(FAULTS[name](bench)))


def passed(rows: list[Result]) -> list[Result]:
    """One that failed is told as the table tells it."""
    assert all(row.passed for row in rows), "\n".join(line for row in rows for line in lines(row))
    return rows


@pytest.mark.parametrize("name", sorted(FAULTS.keys() - {"control", "power cut", "disk", "init", "fuzz"}))
def test_nothing_acknowledged_is_lost(name: str, bench: Bench) -> None:
    assert run(name, bench)


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)
def test_a_power_cut_loses_nothing(workload: Workload, bench: Bench) -> None:
    (row,) = passed([power_cut(bench.shim, bench.scratch, workload, bench.size.cuts, bench.seed)])
    assert row.cycles * len(WORKLOADS) >= CUT_POINTS


def test_the_power_cuts_catch_whoever_does_not_flush(bench: Bench) -> None:
    """The negative controls: the same workload with synchronous=NORMAL and OFF."""
    normal, off = run("control", bench)
    assert normal.control and off.control
    assert 0 < normal.lost < off.lost
    assert normal.violations < off.violations  # NORMAL forgets, or its log is refused; OFF tears the file too


def test_a_station_that_init_made_is_there_after_a_power_cut(bench: Bench) -> None:
    run("init", bench)


def test_a_small_disk_that_runs_full_and_turns_read_only(bench: Bench) -> None:
    if not run("disk", bench):
        pytest.skip("nothing may be mounted here; the shim's ENOSPC and EROFS were tried")
