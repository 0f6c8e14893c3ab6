"""The power goes while, or just after, `kiosk init` makes a station: the same command, given again, makes it whole."""

import shutil
import subprocess
import sys
from pathlib import Path
from random import Random
from time import perf_counter

from kiosk.faults import StationFault
from kiosk.home import StationHome
from kiosk.jobs.upkeep.found_station import found_station
from scripts.faults.disk import Image
from scripts.faults.ledger import Finding, examine
from scripts.faults.power_cut import cut_points
from scripts.faults.recording import Recording
from scripts.faults.result import Result, result
from scripts.faults.shim import Shim
from scripts.faults.stations import ROOT, forget
from scripts.faults.trace import read_trace
from tests.environment import environment


def first_start(shim: Shim, scratch: Path, cuts: int, seed: int) -> Result:
    """Cut points in `kiosk init`. Lost is a station that it said was made and that no second `init` mends."""
    start, trace = perf_counter(), scratch / "first-trace"
    home = StationHome(scratch / "first")
    seen = environment(**shim.environment(home.folder, trace=trace, ack_fd=1))
    command = [sys.executable, "-m", "kiosk", "--home", str(home.folder), "init", "--json"]
    subprocess.run(command, env=seen, stdout=subprocess.DEVNULL, check=True, timeout=60, cwd=ROOT)
    recording = Recording({}, read_trace(trace))
    findings = [
        _after_cut(home, image, said=recording.told(moment))
        for moment, image, _ in cut_points(recording, cuts, Random(seed))
    ]
    forget(home)
    shutil.rmtree(home.folder)
    return result("power cut, kiosk init", findings, 1, perf_counter() - start)


def _after_cut(home: StationHome, image: Image, *, said: bool) -> Finding:
    shutil.rmtree(home.folder)
    home.folder.mkdir()
    for name, data in image.items():
        (home.folder / name).write_bytes(data)
    try:
        found_station(home)
    except (StationFault, OSError) as fault:
        return Finding(False, lost=(("init", home.folder.name),) if said else (), violations=(f"init again: {fault}",))
    found = examine(home, (), next_waybill="SF1999999999999")
    lost = (("init", home.folder.name),) if said and not found.opened else ()
    return Finding(found.opened, lost, found.duplicated, found.violations)
