"""A workload's processes at work under the shim: what the disk held before, and everything that happened to it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.home import StationHome
from scripts.faults.disk import Image
from scripts.faults.ledger import Done
from scripts.faults.shim import Shim
from scripts.faults.stations import ROOT, shelve_some
from scripts.faults.trace import Op, Record, read_trace, told
from scripts.faults.victims import MOCK, checked_in, handed_over, label, scan
from tests.environment import environment
from tests.program.terminal import Terminal

DATABASE = frozenset({"station.db", "station.db-wal", "station.db-journal"})


@dataclass(frozen=True, slots=True)
class Workload:
    """What is recorded: so many steps of one or several processes. `settings` are run after the program's own."""

    name: str
    steps: int
    by: str = "jobs"
    settings: tuple[str, ...] = ()
    processes: int = 1
    control: bool = False


@dataclass(frozen=True, slots=True)
class Recording:
    """The disk before, and everything that happened to it."""

    base: Mapping[str, bytes]
    records: Sequence[Record]

    def told(self, moment: int) -> bool:
        """Whether anything had been told by then."""
        return any(record.op is Op.TOLD for record in self.records[:moment])


def record(shim: Shim, scratch: Path, home: StationHome, workload: Workload, seed: int) -> Recording:
    """Let the processes work under the shim, what they tell being part of the trace."""
    trace = scratch / "trace"
    trace.unlink(missing_ok=True)
    if workload.by == "screens":
        return _record_screens(shim, trace, home, workload.steps)
    base = content(home)
    settings = [part for setting in workload.settings for part in ("--setting", setting)]
    seen = environment(**shim.environment(home.folder, trace=trace, ack_fd=1))
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "scripts.faults.workload", str(home.folder), str(number), str(workload.steps),
             str(seed + number), "--by", workload.by, *settings],
            env=seen, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
        )
        for number in range(1, workload.processes + 1)
    ]  # fmt: skip
    assert [process.wait(120) for process in processes] == [0] * workload.processes
    return Recording(base, read_trace(trace))


def _record_screens(shim: Shim, trace: Path, home: StationHome, steps: int) -> Recording:
    """The desk takes parcels in while others go out at the customer screen; told is what a screen has shown."""
    shelved = shelve_some(home, steps)
    base = content(home)
    environment = {**MOCK, **shim.environment(home.folder, trace=trace)}
    desk = Terminal("--home", str(home.folder), "desk", environment=environment)
    screen = Terminal("--home", str(home.folder), "run", environment=environment)
    desk.shows("Scan a waybill")
    screen.shows("Scan or type")
    for number, parcel in enumerate(shelved):
        coming, leaving, code = f"SF1901{number:09d}", parcel.waybill, parcel.code
        assert scan(desk, coming, checked_in(coming))
        _tell(trace, ("check_in", coming))
        assert scan(screen, code, label(code)) and scan(screen, leaving, handed_over(code))
        _tell(trace, ("check_out", leaving))
    desk.end()
    screen.end()
    return Recording(base, read_trace(trace))


def _tell(trace: Path, done: Done) -> None:
    """Appended at once, as the shims do."""
    descriptor = os.open(trace, os.O_WRONLY | os.O_APPEND)
    os.write(descriptor, told(json.dumps({"done": [done]}) + "\n"))
    os.close(descriptor)


def content(home: StationHome) -> Image:
    """The database's files; nobody may have them open."""
    return {name: (home.folder / name).read_bytes() for name in DATABASE if (home.folder / name).exists()}


def put(home: StationHome, image: Image) -> None:
    """These are the database's files now; what was only in memory is gone."""
    for name in (*DATABASE, "station.db-shm"):
        (home.folder / name).unlink(missing_ok=True)
    for name in DATABASE & image.keys():
        (home.folder / name).write_bytes(image[name])
