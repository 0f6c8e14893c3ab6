"""Eight processes at once: at work on one database, some of them killed; and all with the same parcel."""

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from time import perf_counter

from scripts.faults.ledger import Finding, Ledger, examine
from scripts.faults.result import Result, result
from scripts.faults.stations import ROOT, a_station
from tests.environment import environment
from tests.program.warm import start

PROCESSES, KILLED = 8, 2


def crowd(scratch: Path, steps: int, seed: int) -> Result:
    """So many steps of each of eight; two of them die halfway, the others do not notice."""
    began, random, ledger = perf_counter(), Random(seed), Ledger()
    with a_station(scratch, "crowd", parcels=5000) as home:
        processes = [
            subprocess.Popen(
                [sys.executable, "-m", "scripts.faults.workload", str(home.folder), str(number), str(steps),
                 str(seed + number)],
                stdout=subprocess.PIPE, text=True, env=environment(), cwd=ROOT,
            )
            for number in range(1, PROCESSES + 1)
        ]  # fmt: skip
        for process in processes[:KILLED]:
            assert process.stdout is not None
            for _ in range(random.randint(1, steps - 1)):
                ledger.take(process.stdout.readline())
            process.kill()
        for process in processes:
            ledger.take(process.communicate(timeout=200)[0])
        died = sum(process.returncode != 0 for process in processes[KILLED:])
        findings = [Finding(True)] * (PROCESSES - died - 1) + [Finding(False)] * died
        findings.append(examine(home, ledger.done, next_waybill="SF1999999999999"))
    return result("eight processes at once", findings, len(ledger.done), perf_counter() - began)


def same_parcel(scratch: Path, rounds: int) -> Result:
    """`kiosk check-in` of one waybill by eight terminals at once: one takes it in, seven hear that it is here."""
    began, ledger, findings = perf_counter(), Ledger(), list[Finding]()
    with a_station(scratch, "crowd") as home:
        for number in range(rounds):
            waybill = f"SF1900{number:09d}"
            words = ("check-in", waybill, "--courier", "SF", "--shelve", "--json")
            terminals = (
                ["--home", str(home.folder), "--terminal", f"t{number}", *words] for number in range(PROCESSES)
            )
            started = [start("kiosk", arguments, environment()) for arguments in terminals]  # closer together than cold
            answers = [json.loads(process.finish(60).stdout) for process in started if process]
            ledger.take("".join(f"{json.dumps(answer)}\n" for answer in answers))
            said = sorted(str(answer.get("problem", "ok")) for answer in answers)
            odd = () if said == ["already_in_custody"] * (PROCESSES - 1) + ["ok"] else (f"they said {said}",)
            found = examine(home, ledger.done)
            findings.append(Finding(found.opened, found.lost, found.duplicated, (*found.violations, *odd)))
    return result("one parcel, eight terminals at once", findings, len(ledger.done), perf_counter() - began)
