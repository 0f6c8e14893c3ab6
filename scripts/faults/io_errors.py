"""Calls that fail under a working process: each step meets a fault at one of its writes or flushes, is told so in words
or done all the same, and can be done when the fault is over."""

import errno
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from scripts.faults.ledger import Finding, done_of, examine
from scripts.faults.result import Result, result
from scripts.faults.shim import Action, Break, Calls, Control, Shim
from scripts.faults.stations import ROOT, a_station
from tests.environment import environment

_EVERY = Calls.WRITE | Calls.FLUSH | Calls.NAME


@dataclass(frozen=True, slots=True)
class IoFault:
    """It strikes at one of the first `within` calls of a step; a check-in makes about 25 writes and one flush."""

    name: str
    kind: Break
    within: int = 30


IO_FAULTS = (
    IoFault("EIO, one write", Break(calls=Calls.WRITE)),
    IoFault("EIO, one flush", Break(calls=Calls.FLUSH), within=3),
    IoFault("EIO, all writes and flushes", Break(times=-1)),
    IoFault("disk full", Break(calls=Calls.WRITE, error=errno.ENOSPC, times=-1)),
    IoFault("disk full in mid-write", Break(Action.SHORT, Calls.WRITE, errno.ENOSPC, times=-1)),
    IoFault("file system turns read-only", Break(calls=_EVERY, error=errno.EROFS, times=-1)),
)


def io_errors(shim: Shim, scratch: Path, fault: IoFault, steps: int, seed: int) -> Result:
    """One process works through it all, as a screen does that stays open."""
    start, kind = perf_counter(), fault.kind
    # Often enough for some faults to strike in a checkpoint.
    setting = ["--setting", "PRAGMA wal_autocheckpoint = 40"]
    told = json.dumps([kind.action, kind.calls, kind.error, kind.times, fault.within])
    with a_station(scratch, "io") as home:
        control = Control(scratch / "control")
        done = subprocess.run(
            [sys.executable, "-m", "scripts.faults.workload", str(home.folder), "1", str(steps), str(seed), *setting,
             "--control", str(control.path), "--fault", told],
            env=environment(**shim.environment(home.folder, control=control.path)),
            capture_output=True, text=True, timeout=300, check=False, cwd=ROOT,
        )  # fmt: skip
        control.close()
        control.path.unlink()
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        acknowledged = {one for answer in answers for one in done_of(answer)}
        findings = [*_findings(answers, steps), examine(home, acknowledged, next_waybill="SF1999999999999")]
    return result(
        fault.name, findings[:-1] + _merged(findings), len(acknowledged), perf_counter() - start,
        notes=[*_notes(answers), *done.stderr.splitlines()[-1:]],
    )  # fmt: skip


def _findings(answers: Sequence[dict[str, object]], steps: int) -> Iterator[Finding]:
    for answer in answers:
        trouble = [str(answer[how]) for how in ("failed", "stuck") if answer[how]]
        defects = tuple(why for why in trouble if why.startswith(("DEFECT", "UNEXPECTED")))
        yield Finding(answer["stuck"] is None, violations=defects)
    for _ in range(steps - len(answers)):
        yield Finding(False, violations=("the process died",))


def _merged(findings: Sequence[Finding]) -> list[Finding]:
    """The file's own finding counts as a cycle only where it is not clean."""
    return [findings[-1]] if not findings[-1].clean else []


def _notes(answers: Sequence[dict[str, object]]) -> Iterator[str]:
    struck = sum(bool(answer["hits"]) for answer in answers)
    failed = sum(bool(answer["failed"]) for answer in answers)
    yield f"the fault struck at {struck} steps, {failed} could not be done meanwhile"
    stuck = Counter(str(answer["stuck"]) for answer in answers if answer["stuck"])
    yield from (f"{times} ×, until the station was opened anew: {why}" for why, times in stuck.most_common(3))
