"""Commands whose writes or flushes fail: each ends with a sentence, and given again it is done once, not twice.

A commit that failed may be on record all the same: the next start reads it out of the write-ahead log.
"""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from time import perf_counter

from kiosk.faults import Fault
from kiosk.home import StationHome
from scripts.faults.io_errors import IO_FAULTS
from scripts.faults.ledger import Finding, Ledger, done_of, examine
from scripts.faults.result import Result, result
from scripts.faults.shim import Control, Shim
from scripts.faults.stations import a_station
from tests.program.terminal import kiosk

EXIT_BROKEN = 3
_DONE_BEFORE = "already_in_custody"


def try_check_in(
    home: StationHome, waybill: str, ledger: Ledger, environment: dict[str, str] | None = None
) -> tuple[int, list[str]]:
    """Check it in; the exit code (0 also where it was in already), and what was odd: exit 3 must come with a sentence
    that names what is wrong, and with nothing else."""
    words = ("check-in", waybill, "--courier", "SF", "--shelve", "--json")
    done = kiosk(home.folder, *words, environment=environment)
    answer = json.loads(done.stdout) if done.stdout else {}
    ledger.done.update(done_of(answer))
    if answer.get("problem") == _DONE_BEFORE:
        ledger.done |= {("check_in", waybill), ("shelve", waybill)}
        return 0, []
    in_words = answer.get("problem") == Fault.UNWRITABLE_HOME and answer.get("message")
    if done.returncode == 0 or (done.returncode == EXIT_BROKEN and in_words):
        return done.returncode, []
    return done.returncode, [f"{done.stdout}{done.stderr}".strip()[:200]]


def failing_commands(shim: Shim, scratch: Path, cycles: int, seed: int) -> Result:
    """Real processes, one fault each; the same command again when it is over."""
    start, random, ledger, findings = perf_counter(), Random(seed), Ledger(), list[Finding]()
    failed = there = 0
    with a_station(scratch, "commands") as home:
        control = Control(scratch / "commands-control")
        environment = shim.environment(home.folder, control=control.path)
        for cycle in range(cycles):
            fault, waybill = IO_FAULTS[cycle % len(IO_FAULTS)], f"SF1900{cycle:09d}"
            control.arm(replace(fault.kind, let_through=random.randrange(fault.within), times=-1))
            code, odd = try_check_in(home, waybill, ledger, environment)
            control.disarm()
            failed += code == EXIT_BROKEN
            there += code == EXIT_BROKEN and not examine(home, {("check_in", waybill)}).lost
            again, odd_again = try_check_in(home, waybill, ledger)
            odd += odd_again if again == 0 else [*odd_again, "it could not be done afterwards"]
            found = examine(home, ledger.done)
            findings.append(replace(found, violations=(*found.violations, *odd)))
        control.close()
    notes = [f"{failed} said that it failed, {there} of these were on record all the same"]
    return result("failing writes, kiosk commands", findings, len(ledger.done), perf_counter() - start, notes=notes)
