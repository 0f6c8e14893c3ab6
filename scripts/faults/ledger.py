"""What the program said it had done, and what of it stands in the station's own log: each thing once, none missing."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from kiosk.faults import StationFault
from kiosk.home import StationHome
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.scans import recognise
from kiosk.safety.verify import verify
from kiosk.store.file.sqlite import sqlite3

Done = tuple[str, str]  # event, waybill
COUNTED = frozenset({"check_in", "shelve", "check_out"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A station held against what was acknowledged. `opened`: it works again, to the next check-in."""

    opened: bool
    lost: tuple[Done, ...] = ()
    duplicated: tuple[Done, ...] = ()
    violations: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        return self.opened and not (self.lost or self.duplicated or self.violations)


@dataclass(slots=True)
class Ledger:
    """Everything that was acknowledged so far."""

    done: set[Done] = field(default_factory=set)

    def take(self, said: str) -> None:
        """What a program printed: whole lines of JSON, of `kiosk … --json` or of our own workers."""
        for line in said.splitlines(keepends=True):
            if line.endswith("}\n"):
                self.done.update(done_of(json.loads(line)))


def done_of(answer: Mapping[str, object]) -> Iterator[Done]:
    """The events that an answer of the command line (or of a worker: `done`) acknowledges."""
    told = answer.get("done", [])
    assert isinstance(told, list)
    yield from ((str(event), str(waybill)) for event, waybill in told)
    waybill = str(answer.get("waybill", ""))
    if not answer.get("ok") or not waybill:
        return
    if "candidates" in answer:
        yield "check_in", waybill
        if answer.get("confirmed"):
            yield "shelve", str(answer["confirmed"])
    if answer.get("state") == "SHELVED":
        yield "shelve", waybill
    if answer.get("state") == "PICKED_UP":
        yield "check_out", waybill


def recorded(conn: sqlite3.Connection) -> Counter[Done]:
    """How often each thing stands in the raw log."""
    waybills: dict[int, str] = {}
    counted: Counter[Done] = Counter()
    for event, number, changes in conn.execute(
        "SELECT event, subject_id, changes FROM events WHERE subject = 'parcel' ORDER BY seq"
    ):
        waybills.setdefault(number, json.loads(changes).get("waybill", ""))
        if event in COUNTED:
            counted[event, waybills[number]] += 1
    return counted


def examine(home: StationHome, acknowledged: Collection[Done], *, next_waybill: str | None = None) -> Finding:
    """Open the station as any program does, verify it, compare, and go on: `next_waybill` is checked in."""
    try:
        station = open_station(home, terminal="examiner", who="staff", random=Random(1))
    except StationFault as fault:
        return Finding(False, lost=tuple(acknowledged), violations=(f"cannot be opened: {fault}",))
    try:
        return _examine(station, acknowledged, next_waybill)
    except Exception as broken:  # the file may hold anything; what the program itself did not foresee is named so
        foreseen = isinstance(broken, StationFault | sqlite3.Error)
        why = "cannot be read" if foreseen else f"DEFECT {type(broken).__name__}"
        return Finding(False, lost=tuple(acknowledged), violations=(f"{why}: {broken}",))
    finally:
        station.close()


def _examine(station: Station, acknowledged: Collection[Done], next_waybill: str | None) -> Finding:
    verdict = verify(station)
    counted = recorded(station.conn)
    lost = tuple(done for done in acknowledged if not counted[done])
    duplicated = tuple(done for done, times in counted.items() if times > 1)
    violations = tuple(f"{violation.rule}: {violation.detail}" for violation in verdict.violations)
    goes_on = next_waybill is None or isinstance(
        check_in(station, recognise(next_waybill), Particulars(courier="SF"), shelve=True), CheckedIn
    )
    return Finding(goes_on, lost, duplicated, violations)
