"""Throws hostile bytes at all that takes input from outside:  python -m scripts.fuzzing.run --seconds 60 --seed 1

With atheris installed (`pip install atheris`) inputs follow what code they reach, target by target; without it they are
bent at random, which is said. The last line is JSON: {"executions": …, "crashes": …}.
"""

import argparse
import json
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from random import Random
from time import monotonic

from scripts.fuzzing.inputs import hostile
from scripts.fuzzing.targets import targets

SLOW_S = 2.0  # an input that takes so long keeps everybody waiting: as bad as a crash
_SHOWN = 10


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def at_random(
    seconds: float, seed: int, now: Callable[[], float] = monotonic, only: str | None = None
) -> tuple[int, int]:
    """(executions, crashes); each kind of crash is told once, with its input."""
    random = Random(seed)
    crashes: Counter[str] = Counter()
    executions: Counter[str] = Counter()
    until = now() + seconds
    with targets(random) as known:
        names = [only] if only else [*known]
        while now() < until:
            name = random.choice(names)
            target, seeds = known[name]
            data = hostile(random, seeds)
            began = now()
            try:
                target(data)
                where = f"{name}: slow" if now() - began > SLOW_S else None
            except Exception as defect:
                frame = traceback.extract_tb(defect.__traceback__)[-1]
                where = f"{name}: {type(defect).__name__} at {frame.filename}:{frame.lineno}"
            executions[name] += 1
            if where is not None:
                crashes[where] += 1
                if crashes[where] == 1 and len(crashes) <= _SHOWN:
                    say(f"{where}\n  {data[:300]!r}")
    for name, count in sorted(executions.items()):
        say(f"{name}: {count} executions")
    return executions.total(), crashes.total()


def by_coverage(seconds: float, seed: int) -> tuple[int, int]:
    """Each target in a process of its own: libFuzzer ends the one that it runs in."""
    with targets(Random(seed)) as known:
        names = [*known]
    executions = crashes = 0
    for name in names:
        share = str(max(int(seconds / len(names)), 1))
        command = [sys.executable, "-m", "scripts.fuzzing.by_coverage", name, share, str(seed)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        lines = done.stdout.splitlines()
        told = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {"executions": 0, "crashes": 1}
        executions, crashes = executions + told["executions"], crashes + told["crashes"]
        say(f"{name}: {told['executions']} executions, {told['crashes']} crashes")
        if told["crashes"]:
            say("\n".join([*lines[-20:], done.stderr[-2000:]]))
    return executions, crashes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", help="only this one, at random")
    parser.add_argument("--plain", action="store_true", help="without atheris")
    chosen = parser.parse_args()
    if find_spec("atheris") is None or chosen.plain or chosen.target:
        say("inputs are bent at random, without regard to coverage")
        executions, crashes = at_random(chosen.seconds, chosen.seed, only=chosen.target)
    else:
        executions, crashes = by_coverage(chosen.seconds, chosen.seed)
    say(json.dumps({"executions": executions, "crashes": crashes}))
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main())
