"""What the programs inside a virtual machine have in common: they call the installed command, check, and say so.

Runs under the system's Python as root, talks over the serial line: `OK what`, `FAILED what`, `TOLD text`, `END n`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any

KIOSK = "/usr/local/bin/kiosk"
SCREEN, LIGHTS = "kiosk-screen.service", "kiosk-lights.service"
PATIENCE_S = 120.0
AGAIN_S = 20
LOOK_S = 0.2
failures: list[str] = []


def run(main: Callable[[], None]) -> None:
    """`main`, and the end of it: a defect is a failure too."""
    try:
        main()
    except Exception as broken:
        failures.append(str(broken))
        say(f"FAILED {type(broken).__name__}: {broken}")
    say(f"END {len(failures)}")


def check(what: str, holds: Callable[[], object], again: Callable[[], object] = lambda: None,
          patience_s: float = PATIENCE_S) -> bool:  # fmt: skip
    """`again` is what a person does, and does once more when nothing comes of it."""
    start = again_at = monotonic()
    while not holds():
        if monotonic() >= again_at:
            again()
            again_at = monotonic() + AGAIN_S
        if monotonic() - start > patience_s:
            failures.append(what)
            say(f"FAILED {what}")
            for unit in (SCREEN, LIGHTS):
                for line in sh("journalctl", "-b", "--no-pager", "-n", "25", "-u", unit).splitlines():
                    told(line)
            return False
        sleep(LOOK_S)
    say(f"OK {what} ({monotonic() - start:.1f} s)")
    return True


def kiosk(*arguments: str) -> dict[str, Any]:
    """The first object of the answer; empty where nothing was said."""
    found = sh(KIOSK, *arguments, "--json")
    return json.loads(found.splitlines()[0]) if found else {}


def rows(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in sh(KIOSK, *arguments, "--json").splitlines()]


def in_words(language: str, *arguments: str) -> str:
    """As an owner reads it."""
    return sh(KIOSK, *arguments, more={"KIOSK_LANGUAGE": language})


def sh(*command: str, more: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd="/", env={**os.environ, **(more or {})}
    )
    return done.stdout.strip()


def told(text: str) -> None:
    say(f"TOLD {text}")


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the serial line


def wait_for_answer() -> None:
    sys.stdin.readline()
