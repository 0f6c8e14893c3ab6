"""Every fault, one after the other, and one table of what became of what had been acknowledged."""

import argparse
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from traceback import format_exc

from scripts.faults.bit_flips import KNOWN_GAP, bit_flips
from scripts.faults.clocks import clock_jumps, clock_jumps_under_programs
from scripts.faults.crowd import crowd, same_parcel
from scripts.faults.failing_commands import failing_commands
from scripts.faults.file_systems import small_disk
from scripts.faults.first_start import first_start
from scripts.faults.fuzzed import fuzzed
from scripts.faults.guesses import guesses
from scripts.faults.io_errors import IO_FAULTS, io_errors
from scripts.faults.kill import kill
from scripts.faults.power_cut import CONTROLS, WORKLOADS, power_cut
from scripts.faults.result import Result, heading, lines
from scripts.faults.screens import screens_under_faults
from scripts.faults.shim import NoCompiler, Shim, build_shim
from scripts.faults.stations import a_scratch_folder


@dataclass(frozen=True, slots=True)
class Size:
    """How much of each."""

    kills: int  # cycles
    cuts: int  # points of each workload
    control_cuts: int  # points of each control, and of `kiosk init`
    io_steps: int  # of a worker under each fault
    commands: int  # with a failing call
    screens: int  # rounds through all faults
    flips: int  # bits
    jumps: int  # of the clock
    crowd_steps: int  # of each of eight processes
    same_parcel: int  # rounds of eight commands
    guesses: int  # of each kind
    fuzz_s: int  # seconds of hostile bytes


SHORT = Size(10, 60, 40, 40, 4, 1, 80, 12, 20, 1, 60, 3)
LONG = Size(200, 1000, 500, 1000, 120, 10, 3000, 200, 300, 10, 2000, 120)


@dataclass(frozen=True, slots=True)
class Bench:
    """What every fault needs."""

    shim: Shim
    scratch: Path
    size: Size
    seed: int


FAULTS: dict[str, Callable[[Bench], Iterator[Result]]] = {
    "kill": lambda b: iter([kill(b.shim, b.scratch, b.size.kills, b.seed)]),
    "power cut": lambda b: (power_cut(b.shim, b.scratch, one, b.size.cuts, b.seed) for one in WORKLOADS),
    "control": lambda b: (power_cut(b.shim, b.scratch, one, b.size.control_cuts, b.seed) for one in CONTROLS),
    "init": lambda b: iter([first_start(b.shim, b.scratch, b.size.control_cuts, b.seed)]),
    "io": lambda b: (io_errors(b.shim, b.scratch, one, b.size.io_steps, b.seed) for one in IO_FAULTS),
    "commands": lambda b: iter([failing_commands(b.shim, b.scratch, b.size.commands, b.seed)]),
    "disk": lambda b: small_disk(b.scratch),
    "screens": lambda b: screens_under_faults(b.shim, b.scratch, b.seed, b.size.screens),
    "flips": lambda b: iter([bit_flips(b.scratch, b.size.flips, b.seed)]),
    "clock": lambda b: iter(
        [clock_jumps(b.scratch, b.size.jumps, b.seed), clock_jumps_under_programs(b.shim, b.scratch)]
    ),
    "guesses": lambda b: guesses(b.scratch, b.size.guesses, b.seed),
    "fuzz": lambda b: iter([fuzzed(b.size.fuzz_s, b.seed)]),
    "eight": lambda b: iter([crowd(b.scratch, b.size.crowd_steps, b.seed), same_parcel(b.scratch, b.size.same_parcel)]),
}


def torture(size: Size, seed: int, part: str = "") -> Iterator[Result]:
    """Row by row; a fault that the program's answer broke off is a row that failed. Raises NoCompiler."""
    with a_scratch_folder() as scratch:
        bench = Bench(Shim(build_shim(scratch)), scratch, size, seed)
        for name, fault in FAULTS.items():
            if part in name:
                try:
                    yield from fault(bench)
                except Exception:
                    yield Result(name, 1, 0, 0, 0, 0, 1, 0, notes=tuple(format_exc().splitlines()[-6:]))


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/torture")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6), help="default: another each time")
    parser.add_argument("--short", action="store_true", help="what scripts/test runs, about half a minute")
    parser.add_argument(
        "part", nargs="?", default="", help=f"only faults with this in their names: {', '.join(FAULTS)}"
    )
    asked = parser.parse_args()
    logging.getLogger("kiosk").setLevel(logging.ERROR)  # what is mended is in the table
    sys.stdout.write(f"seed {asked.seed}\n{heading()}\n")
    rows = []
    try:
        for row in torture(SHORT if asked.short else LONG, asked.seed, asked.part):
            rows.append(row)
            sys.stdout.write("".join(f"{line}\n" for line in lines(row)))
            sys.stdout.flush()
    except NoCompiler as missing:
        sys.exit(str(missing))
    cycles, told = sum(row.cycles for row in rows), sum(row.acknowledged for row in rows)
    failed = [row.fault for row in rows if not row.passed]
    sys.stdout.write(f"{cycles:,} faults, {told:,} acknowledged actions. ")
    sys.stdout.write(f"FAILED: {', '.join(failed)}\n" if failed or not rows else "Nothing was lost.\n")
    if any(note.startswith(KNOWN_GAP) for row in rows for note in row.notes):
        sys.stdout.write("But see what was not told of the bit flips.\n")
    sys.exit(bool(failed or not rows))


if __name__ == "__main__":
    main()
