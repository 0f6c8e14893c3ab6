"""A wall clock that jumps forward and back by a year: under a station at work, under commands and an open screen."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from kiosk.clock import Clock
from kiosk.home import StationHome
from kiosk.jobs.station import open_station
from scripts.faults.ledger import Finding, Ledger, done_of, examine
from scripts.faults.result import Result, result
from scripts.faults.shim import Control, Shim
from scripts.faults.stations import a_station
from scripts.faults.victims import MOCK, handed_over, label, scan, see
from scripts.faults.worker import Worker
from tests.program.terminal import Terminal, kiosk

YEAR = timedelta(days=365)
_JUMPS = (YEAR, -YEAR, YEAR, -YEAR, timedelta(days=30), timedelta(days=-30), timedelta(hours=1), timedelta(hours=-1))
_STEPS = 8  # between two jumps
_JUMPS_A_STATION = 20
_FEW = 40  # numbers for codes, so that the same ones are wanted again all the time


class FewNumbers(Random):
    """Chance that is short of pickup codes: cooling and uniqueness are put to the test at once."""

    def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
        if stop is None and step == 1 and start >= 10_000:
            return super().randrange(_FEW)
        return super().randrange(start, stop, step)


@dataclass(slots=True)
class _Wall:
    """A clock in our hands."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 8, 0, tzinfo=UTC))

    def read(self) -> datetime:
        self.now += timedelta(milliseconds=700)
        return self.now


def clock_jumps(scratch: Path, jumps: int, seed: int) -> Result:
    """One worker's terminal through so many jumps, the file examined after each; a new station now and then, for the
    few codes that there are do not cool while the clock goes back."""
    start, findings, done = perf_counter(), list[Finding](), 0
    for first in range(0, jumps, _JUMPS_A_STATION):
        found, ledger = _jump(scratch, min(_JUMPS_A_STATION, jumps - first), seed + first)
        findings += found
        done += len(ledger.done)
    return result("clock jumps at work", findings, done, perf_counter() - start)


def _jump(scratch: Path, jumps: int, seed: int) -> tuple[list[Finding], Ledger]:
    random, wall = Random(seed), _Wall()
    ledger, findings, worker = Ledger(), list[Finding](), Worker(1, Random(seed))
    with a_station(scratch, "clock") as home:
        clock = Clock(now=wall.read)
        station = open_station(home, terminal=worker.terminal, who="staff", clock=clock, random=FewNumbers(seed))
        for jump in range(jumps):
            wall.now += _JUMPS[jump % 2] if jump < 4 else random.choice(_JUMPS)
            for _ in range(_STEPS):
                ledger.done.update(worker.do(station, worker.plan()))
            findings.append(examine(home, ledger.done))
        station.close()
    return findings, ledger


def clock_jumps_under_programs(shim: Shim, scratch: Path) -> Result:
    """Real commands a year apart, and a screen whose customer searches while the year changes under it."""
    start, ledger, findings = perf_counter(), Ledger(), list[Finding]()
    with a_station(scratch, "clock") as home:
        control = Control(scratch / "clock-control")
        environment = {**MOCK, **shim.environment(home.folder, control=control.path)}
        codes = {}
        for number, offset in enumerate((YEAR, -YEAR, timedelta())):
            control.shift_clock(int(offset.total_seconds()))
            waybill = f"SF190000000000{number}"
            words = ("check-in", waybill, "--courier", "SF", "--shelve", "--json")
            answer = json.loads(kiosk(home.folder, *words, environment=environment).stdout)
            ledger.done.update(done_of(answer))
            codes[waybill] = str(answer["code"])
            findings.append(examine(home, ledger.done))
        findings += _screen(home, environment, control, codes, ledger)
        control.close()
        return result("clock jumps under programs", findings, len(ledger.done), perf_counter() - start)


def _screen(
    home: StationHome, environment: dict[str, str], control: Control, codes: dict[str, str], ledger: Ledger
) -> list[Finding]:
    """Search, the clock jumps, exit scan: the light's time and the session do not hang on the wall clock."""
    screen, findings = Terminal("--home", str(home.folder), "run", environment=environment), []
    see(screen, re.compile("Scan or type"))
    for (waybill, code), offset in zip(codes.items(), (YEAR, -YEAR, 2 * YEAR), strict=True):
        found = scan(screen, code, label(code))
        control.shift_clock(int(offset.total_seconds()))
        if found and scan(screen, waybill, handed_over(code)):
            ledger.done.add(("check_out", waybill))
        elif screen.process.poll() is not None:
            findings.append(Finding(False, violations=("the screen died",)))
        findings.append(examine(home, ledger.done))
    screen.end()
    return findings
