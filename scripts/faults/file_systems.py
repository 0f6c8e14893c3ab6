"""A real small file system (tmpfs) that runs full and turns read-only under real commands. Mounting needs root."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from kiosk.home import StationHome
from scripts.faults.failing_commands import EXIT_BROKEN, try_check_in
from scripts.faults.ledger import Finding, Ledger, examine
from scripts.faults.result import Result, result
from scripts.faults.stations import a_station
from tests.program.terminal import kiosk

_SIZE = "2m"
_LEFT = (0, 8192, 40_000, 131_072)  # bytes left on the disk; a check-in needs about 60,000


@contextmanager
def a_small_disk(folder: Path) -> Iterator[bool]:
    """False where nothing may be mounted."""
    folder.mkdir()
    mounted = _mount("-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder))
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


def _mount(*arguments: str) -> bool:
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def small_disk(scratch: Path) -> Iterator[Result]:
    """Two rows, or none where nothing may be mounted: there the shim's ENOSPC and EROFS stand alone."""
    folder = scratch / "small"
    with a_small_disk(folder) as mounted:
        if mounted:
            with a_station(folder, "full") as home:
                yield _full(folder, home)
            with a_station(folder, "read-only") as home:
                yield _read_only(folder, home)


def _full(folder: Path, home: StationHome) -> Result:
    """Less and less room is left; afterwards there is room again."""
    start, ledger, findings, refused = perf_counter(), Ledger(), list[Finding](), 0
    ballast = folder / "ballast"
    for number, left in enumerate(_LEFT):
        waybill = f"SF1900{number:09d}"
        _fill(folder, ballast, left)
        code, odd = try_check_in(home, waybill, ledger)
        refused += code == EXIT_BROKEN
        ballast.unlink()
        again, odd_again = try_check_in(home, waybill, ledger)
        findings.append(_with(examine(home, ledger.done), *odd, *odd_again, *_unless(again == 0, "not after it")))
    return result(
        "full disk, real (tmpfs)", findings, len(ledger.done), perf_counter() - start,
        notes=[f"{refused} of {len(_LEFT)} commands had too little room and said so"],
    )  # fmt: skip


def _read_only(folder: Path, home: StationHome) -> Result:
    start, ledger, findings = perf_counter(), Ledger(), list[Finding]()
    try_check_in(home, "SF1900000000000", ledger)
    assert _mount("-o", "remount,ro", str(folder))
    code, odd = try_check_in(home, "SF1900000000001", ledger)
    looked_up = json.loads(kiosk(home.folder, "parcel", "SF1900000000000", "--json").stdout)
    assert _mount("-o", "remount,rw", str(folder))
    again, odd_again = try_check_in(home, "SF1900000000001", ledger)
    odd = [*odd, *odd_again, *_unless(code == EXIT_BROKEN, "done all the same?"), *_unless(again == 0, "not after it")]
    findings.append(_with(examine(home, ledger.done), *odd))
    said = "a look-up works" if looked_up["ok"] else f"a look-up says: {looked_up['problem']}"
    return result(
        "read-only file system, real", findings, len(ledger.done), perf_counter() - start, notes=[said]
    )  # fmt: skip


def _fill(folder: Path, ballast: Path, left: int) -> None:
    disk = os.statvfs(folder)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(disk.f_bavail * disk.f_bsize - left, 1))


def _unless(well: object, what: str) -> list[str]:
    return [] if well else [what]


def _with(found: Finding, *odd: str) -> Finding:
    return Finding(found.opened, found.lost, found.duplicated, (*found.violations, *odd))
