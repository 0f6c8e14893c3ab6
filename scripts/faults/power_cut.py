"""Power cuts: the disk is rebuilt as it may be found at thousands of moments of a recorded workload."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from time import perf_counter

from kiosk.home import StationHome
from scripts.faults.disk import Disk, Image
from scripts.faults.ledger import Done, Finding, Ledger, examine
from scripts.faults.recording import Recording, Workload, put, record
from scripts.faults.result import Result, result
from scripts.faults.shim import Shim
from scripts.faults.stations import a_station
from scripts.faults.trace import Op, Record

_OFTEN = "PRAGMA wal_autocheckpoint = 40"  # pages; at the program's 1,000 a short workload would see no checkpoint
WORKLOADS = (
    Workload("one connection", 60, settings=(_OFTEN,)),
    Workload("one connection, as shipped", 130),
    Workload("kiosk commands", 40, by="commands"),
    Workload("desk and customer screen", 12, by="screens"),
    Workload("two processes at once", 30, processes=2, settings=(_OFTEN,)),
)
CONTROLS = (
    Workload("synchronous=NORMAL", 40, settings=(_OFTEN, "PRAGMA synchronous = NORMAL"), control=True),
    Workload("synchronous=OFF", 40, settings=(_OFTEN, "PRAGMA synchronous = OFF"), control=True),
)


def power_cut(shim: Shim, scratch: Path, workload: Workload, cuts: int, seed: int) -> Result:
    """Record the workload once and cut the power at so many moments of it."""
    start, random = perf_counter(), Random(seed)
    with a_station(scratch, "cut") as home:
        recording = record(shim, scratch, home, workload, seed)
        findings = [examine_cut(home, image, ledger) for _, image, ledger in cut_points(recording, cuts, random)]
    acknowledged = len(acknowledged_in(recording.records))
    losing = sum(bool(finding.lost) for finding in findings)
    notes = [f"acknowledged actions were gone at {losing} of {cuts} cut points"] if workload.control else []
    return result(
        f"power cut, {workload.name}",
        findings,
        acknowledged,
        perf_counter() - start,
        control=workload.control,
        notes=notes,
    )


def cut_points(recording: Recording, cuts: int, random: Random) -> Iterator[tuple[int, Image, Ledger]]:
    """The moment (a place in the trace), the disk as it may be found then, and what had been told. Half of the moments
    come just after something was told: that is when a missing flush shows."""
    records = recording.records
    told = [at + 1 for at, one in enumerate(records) if one.op is Op.TOLD]
    moments = sorted(random.choice(told) if n % 2 else random.randint(0, len(records)) for n in range(cuts))
    disk, ledger, followed = Disk(recording.base), Ledger(), 0
    for moment in moments:
        for at in range(followed, moment):
            disk.follow(at, records[at])
            if records[at].op is Op.TOLD:
                ledger.take(records[at].data.decode())
        followed = max(followed, moment)
        yield moment, disk.after_cut(random), ledger


def acknowledged_in(records: Sequence[Record]) -> set[Done]:
    """Everything that was told in a trace."""
    ledger = Ledger()
    for one in records:
        if one.op is Op.TOLD:
            ledger.take(one.data.decode())
    return ledger.done


def examine_cut(home: StationHome, image: Image, ledger: Ledger) -> Finding:
    """Put the files there as the disk has them, and start again."""
    put(home, image)
    return examine(home, ledger.done, next_waybill="SF1999999999999")
