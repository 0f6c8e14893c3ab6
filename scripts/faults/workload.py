"""A process that works at a station and says what is done, one JSON line each. Run it under the shim.

`python -m scripts.faults.workload HOME NUMBER STEPS SEED --by jobs|commands [--setting PRAGMA]… [--control FILE]`

By jobs it holds one connection, as a screen does; by commands it calls `kiosk …` for each step, in this process, which
opens and closes the database as often. `--setting` is run on each connection after the program's own. With a control
file a fault strikes at each step: the step is tried again when the fault is over, and the line says how it went.
"""

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

from kiosk.faults import StationFault
from kiosk.home import StationHome
from kiosk.jobs.station import Station, open_station
from kiosk.store.file import database
from scripts.faults.ledger import Done
from scripts.faults.shim import Action, Break, Calls, Control
from scripts.faults.worker import Step, Unexpected, Worker


def tell(**said: object) -> None:
    """One line in one write, so that the shim sees it as told before anybody reads it."""
    os.write(1, json.dumps(said).encode() + b"\n")


def work_by_jobs(station: Station, worker: Worker, steps: int) -> None:
    for _ in range(steps):
        tell(done=worker.do(station, worker.plan()))


def work_by_commands(home: StationHome, worker: Worker, steps: int) -> None:
    """Parcels come in, are put away, and every third goes out again at the counter."""
    for number in range(steps):
        waybill = f"SF1{worker.number:03d}{number:09d}"
        kiosk(home, worker, "check-in", waybill, "--courier", "SF", *["--shelve"] * (number % 2))
        if number % 3 == 0:
            kiosk(home, worker, "check-out", waybill, "--at-counter")


def kiosk(home: StationHome, worker: Worker, *arguments: str) -> None:
    from kiosk.cli import main as kiosk_main

    try:
        kiosk_main(["--home", str(home.folder), "--terminal", worker.terminal, *arguments, "--json"])
    except SystemExit as ended:
        assert not ended.code, arguments


def work_under_faults(
    home: StationHome, worker: Worker, steps: int, control: Control, kind: Break, within: int
) -> None:
    """Each step meets the fault at one of its calls, chosen by chance. `stuck`: it could not be done afterwards with
    the same connection; then the station is opened anew, as a restarted program would."""
    station = _open(home, worker)
    for _ in range(steps):
        step = worker.plan()
        control.arm(replace(kind, let_through=worker.random.randrange(within)))
        said = _try(worker, station, step)
        hits = control.disarm()
        failed, stuck = said if isinstance(said, str) else None, None
        if isinstance(said, str):
            said = _try(worker, station, step)
        if isinstance(said, str):
            stuck = said
            station.close()
            station = _open(home, worker)
            said = worker.do(station, step)
        tell(done=said, step=step.kind, hits=hits, failed=failed, stuck=stuck)
    station.close()


def _try(worker: Worker, station: Station, step: Step) -> list[Done] | str:
    """What was done, or what a screen would have been told instead. Anything but a fault in words is a defect."""
    try:
        return worker.do(station, step)
    except StationFault as fault:
        return str(fault)
    except Unexpected as odd:
        return f"UNEXPECTED {odd}"
    except Exception as defect:
        return f"DEFECT {type(defect).__name__}: {defect}"


def _open(home: StationHome, worker: Worker) -> Station:
    return open_station(home, terminal=worker.terminal, who="staff", random=worker.random)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("number", type=int)
    parser.add_argument("steps", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("--by", choices=("jobs", "commands"), default="jobs")
    parser.add_argument("--setting", action="append", default=[])
    parser.add_argument("--control", type=Path)
    parser.add_argument("--fault", type=json.loads, help="action, calls, error, times, and within how many calls")
    told = parser.parse_args()
    database._SETTINGS = (*database._SETTINGS, *told.setting)
    home, worker = StationHome(told.home), Worker(told.number, Random(told.seed))
    if told.control:
        action, calls, error, times, within = told.fault
        kind = Break(Action(action), Calls(calls), error, times=times)
        work_under_faults(home, worker, told.steps, Control(told.control), kind, within)
    elif told.by == "commands":
        work_by_commands(home, worker, told.steps)
    else:
        station = _open(home, worker)
        work_by_jobs(station, worker, told.steps)
        station.close()
    sys.exit(0)


if __name__ == "__main__":
    main()
