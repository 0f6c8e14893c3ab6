"""Open screens while the disk fails: they say so in words, do what needs no writing, and go on when it is over."""

import errno
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import perf_counter

from kiosk.home import StationHome
from scripts.faults.ledger import Finding, Ledger, examine
from scripts.faults.result import Result, result
from scripts.faults.shim import Action, Break, Calls, Control, Shim
from scripts.faults.stations import a_station, shelve_some
from scripts.faults.victims import MOCK, checked_in, handed_over, label, scan
from tests.program.terminal import Terminal

_ALL = Calls.WRITE | Calls.FLUSH | Calls.NAME
FAULTS = {
    "EIO at the commit": Break(calls=Calls.FLUSH, times=-1),
    "EIO at every write": Break(times=-1),
    "disk full": Break(Action.SHORT, Calls.WRITE, errno.ENOSPC, times=-1),
    "read-only": Break(calls=_ALL, error=errno.EROFS, times=-1),
}
_CANNOT_DESK = re.compile("NOT DONE|NOT CERTAIN")
_CANNOT = re.compile("The kiosk cannot do this now")


@dataclass(slots=True)
class _Watched:
    """A screen, and what it failed to say so far."""

    terminal: Terminal
    missing: list[str] = field(default_factory=list)

    def expect(self, text: str, shown: re.Pattern[str]) -> bool:
        """Scan it, and wait for the answer."""
        try:
            if scan(self.terminal, text, shown):
                return True
            self.missing.append(f"after {text}: the screen died")
        except AssertionError:
            words = " | ".join(line.strip() for line in self.terminal.text.splitlines() if line.strip())
            self.missing.append(f"after {text}: no {shown.pattern!r} but {words[:160]}")
        return False


def screens_under_faults(shim: Shim, scratch: Path, seed: int, rounds: int = 1) -> Iterator[Result]:
    """The desk and the customer screen, each open through all faults."""
    with a_station(scratch, "screens") as home:
        control, ledger = Control(scratch / "screens-control"), Ledger()
        environment = {**MOCK, **shim.environment(home.folder, control=control.path)}
        shelved = shelve_some(home, 2 * rounds * len(FAULTS))
        ledger.done |= {(event, parcel.waybill) for parcel in shelved for event in ("check_in", "shelve")}
        parcels = iter(shelved)
        numbers = iter(range(10**6))
        random = Random(seed)

        def desk_round(desk: _Watched, fault: Break) -> None:
            before, hit = (f"SF1901{next(numbers):09d}" for _ in range(2))
            for waybill in (before, hit):
                if waybill == hit:
                    control.arm(fault)
                    desk.expect(hit, _CANNOT_DESK)
                    control.disarm()
                if desk.expect(waybill, checked_in(waybill)):
                    ledger.done.add(("check_in", waybill))

        def customer_round(screen: _Watched, fault: Break) -> None:
            one, other = next(parcels), next(parcels)
            screen.expect(one.code, label(one.code))
            control.arm(fault)
            screen.expect(one.waybill, _CANNOT)
            screen.expect(other.code, label(other.code))  # looking up writes nothing
            control.disarm()
            for parcel in (other, one):
                screen.expect(parcel.code, label(parcel.code))
                if screen.expect(parcel.waybill, handed_over(parcel.code)):
                    ledger.done.add(("check_out", parcel.waybill))

        for command, work in (("desk", desk_round), ("run", customer_round)):
            yield _through_all(home, command, work, environment, ledger, random, rounds)
        control.close()


def _through_all(
    home: StationHome,
    command: str,
    work: Callable[[_Watched, Break], None],
    environment: dict[str, str],
    ledger: Ledger,
    random: Random,
    rounds: int,
) -> Result:
    start, findings = perf_counter(), list[Finding]()
    watched = _Watched(Terminal("--home", str(home.folder), command, environment=environment))
    watched.terminal.shows("Scan")
    faults = list(FAULTS.items()) * rounds
    random.shuffle(faults)
    for name, fault in faults:
        watched.missing.clear()
        work(watched, fault)
        alive = watched.terminal.process.poll() is None
        findings.append(Finding(alive, violations=tuple(f"{name}: {what}" for what in watched.missing)))
        if not alive:
            break
    watched.terminal.end()
    if b"Logging error" in watched.terminal.raw or b"Traceback" in watched.terminal.raw:
        findings.append(Finding(True, violations=("the log's own trouble was written across the screen",)))
    findings.append(examine(home, ledger.done, next_waybill=f"SF19999999{len(ledger.done):05d}"))
    return result(f"kiosk {command} under faults", findings, len(ledger.done), perf_counter() - start)
