"""Hostile bytes at everything that takes input, for so many seconds; the fuzzer itself is scripts/fuzzing/run.py."""

import json
import subprocess
import sys
from time import perf_counter

from scripts.faults.result import Result
from scripts.faults.stations import ROOT


def fuzzed(seconds: int, seed: int) -> Result:
    """Cycles are executions; survived are those without a crash."""
    start = perf_counter()
    command = [sys.executable, "-m", "scripts.fuzzing.run", "--seconds", str(seconds), "--seed", str(seed)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60 + 3 * seconds, check=False)
    told = json.loads(ran.stdout.splitlines()[-1])
    executions, crashes = int(told["executions"]), int(told["crashes"])
    notes = tuple(ran.stdout.splitlines()[:-1]) if crashes else ()
    return Result(
        "hostile bytes", executions, executions - crashes, 0, 0, 0, crashes, perf_counter() - start, notes=notes
    )
