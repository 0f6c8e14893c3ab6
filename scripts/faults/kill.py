"""kill -9: commands, the desk, the customer screen and the light owner die at random moments, and others go on."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from time import perf_counter

from kiosk.counter.search import search
from kiosk.home import StationHome
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from scripts.faults.ledger import Done, Finding, Ledger, examine
from scripts.faults.result import Result, result
from scripts.faults.shim import Break, Calls, Control, Shim
from scripts.faults.stations import a_station
from scripts.faults.victims import Gallows, Moment, a_moment, checked_in, handed_over, label, put_away_on, scan, see
from tests.apa102_decoder import last_lit
from tests.waiting import until

PIXELS = 240  # of the strip that a new station has
START_S = 0.9  # until a screen has painted and answered a first scan, about
SCANS = 4


@dataclass(slots=True)
class _Killing:
    """One station through all cycles. `tried` may be on record or not until it was done again."""

    gallows: Gallows
    random: Random
    ledger: Ledger = field(default_factory=Ledger)
    tried: set[Done] = field(default_factory=set)
    made: int = 0
    came_back: int = 0  # parcels on record though their commit had failed
    dimmed: set[int] = field(default_factory=set)  # pixels that came back in another colour

    @property
    def home(self) -> StationHome:
        return self.gallows.home

    def open(self) -> Station:
        return open_station(self.home, terminal="survivor", who="staff", random=self.random)

    def new_waybill(self) -> str:
        self.made += 1
        return f"SF1900{self.made:09d}"

    def shelve(self, station: Station) -> CheckedIn:
        """One more parcel on the shelf."""
        waybill = self.new_waybill()
        answer = check_in(station, recognise(waybill), Particulars(courier="SF"), shelve=True)
        assert isinstance(answer, CheckedIn), answer
        self.ledger.done |= {("check_in", waybill), ("shelve", waybill)}
        return answer

    # One cycle each

    def commands(self) -> None:
        """`kiosk check-in` and `kiosk check-out` at once, each killed at its own moment."""
        station = self.open()
        leaving = self.shelve(station)
        searched(station, leaving.code)
        station.close()
        coming = self.new_waybill()
        self.tried |= {("check_in", coming), ("check_out", leaving.waybill)}
        started = [
            self.gallows.command(a_moment(self.random, 0.5, 50), *arguments)
            for arguments in (("check-in", coming, "--courier", "SF", "--shelve"), ("check-out", leaving.waybill))
        ]
        for command in started:
            command.die(self.ledger)

    def desk(self) -> None:
        waybills = [self.new_waybill() for _ in range(SCANS)]
        with self.gallows.screen(a_moment(self.random, 2 * START_S, 110), "desk") as desk:
            alive = see(desk, re.compile("Scan a waybill"))
            for waybill in waybills:
                if alive:
                    self.tried.add(("check_in", waybill))
                    alive = scan(desk, waybill, checked_in(waybill))
                    self.ledger.done |= {("check_in", waybill)} if alive else set()
        self.ledger.done.update(put_away_on(desk.text))

    def failing_desk(self) -> None:
        """A commit fails, the desk says so and is killed: whether the parcel is on record only the next start knows."""
        first, waybill = self.new_waybill(), self.new_waybill()
        self.tried |= {("check_in", first), ("check_in", waybill)}
        with self.gallows.screen(Moment(60), "desk") as desk:
            see(desk, re.compile("Scan a waybill"))
            assert scan(desk, first, checked_in(first)), desk.text  # else the log's header fails, before any commit
            self.ledger.done.add(("check_in", first))
            control = Control(self.gallows.control("desk"))
            control.arm(Break(calls=Calls.FLUSH, times=-1))
            control.close()
            assert scan(desk, waybill, re.compile("NOT DONE|NOT CERTAIN")), desk.text
        self.came_back += not examine(self.home, {("check_in", waybill)}).lost

    def customer(self) -> None:
        station = self.open()
        parcels = [self.shelve(station) for _ in range(SCANS)]
        station.close()
        with self.gallows.screen(a_moment(self.random, 2 * START_S, 110), "run") as screen:
            alive = see(screen, re.compile("Scan or type"))
            for parcel in parcels:
                alive = alive and scan(screen, parcel.code, label(parcel.code))
                if alive:
                    self.tried.add(("check_out", parcel.waybill))
                    alive = scan(screen, parcel.waybill, handed_over(parcel.code))
                    self.ledger.done |= {("check_out", parcel.waybill)} if alive else set()

    def lights(self) -> None:
        """The owner dies; the next one shows the same pixels in the same colours."""
        station = self.open()
        trace = self.gallows.scratch / "light-trace"
        trace.unlink(missing_ok=True)
        for _ in range(2):
            searched(station, self.shelve(station).code)
        first = Moment(self.random.uniform(0, START_S))
        with self.gallows.screen(first, "lights", trace=trace) as owner:
            until(lambda: owner.process.poll() is not None)
        before = last_lit(trace, PIXELS) or {}
        with self.gallows.screen(Moment(60), "lights", trace=trace):
            until(lambda: set(last_lit(trace, PIXELS) or {}) == leased(station))
            after = last_lit(trace, PIXELS) or {}
        same = leased(station) & before.keys()
        self.dimmed |= {pixel for pixel in same if after.get(pixel) != before[pixel]}
        station.close()

    # After each

    def again(self) -> None:
        """What nobody knows to be done is done again: harmless where it was done."""
        station = self.open()
        for event, waybill in sorted(self.tried - self.ledger.done):
            if event == "check_in":
                answer: object = check_in(station, recognise(waybill), Particulars(courier="SF"), shelve=True)
            else:
                answer = check_out(station, recognise(waybill), at_counter=True)
            done_before = isinstance(answer, Refused) and answer.problem in _DONE_BEFORE
            assert isinstance(answer, CheckedIn | HandedOver) or done_before, answer
        for session in station.leases.live_sessions():  # searches of the dead, else every look is taken soon
            station.leases.end(session.id)
        station.close()
        self.ledger.done |= self.tried


_DONE_BEFORE = (Problem.ALREADY_IN_CUSTODY, Problem.ALREADY_COLLECTED)


def leased(station: Station) -> set[int]:
    """The pixels that are to be lit now, be it for searches of dead terminals: these go on until they end."""
    slots = {lease.slot for session in station.leases.live_sessions() for lease in session.left}
    places = [station.settings.slots_by_name[slot] for slot in slots]
    return {pixel for place in places for pixel in range(place.first_pixel, place.first_pixel + place.pixels)}


def searched(station: Station, code: str) -> Found:
    """A customer's search, which lights the slot."""
    found = search(replace(station, who="customer", role=Role.CUSTOMER), recognise(code))
    assert isinstance(found, Found), found
    return found


def kill(shim: Shim, scratch: Path, cycles: int, seed: int) -> Result:
    """So many cycles over the five kinds in turn, the file examined after each."""
    start, findings, unknown = perf_counter(), list[Finding](), Counter[str]()
    with a_station(scratch, "kill", parcels=20 * cycles + 500) as home:
        killing = _Killing(Gallows(shim, scratch, home), Random(seed))
        kinds: Mapping[str, Callable[[], None]] = {
            "commands": killing.commands, "desk": killing.desk, "screen": killing.customer, "lights": killing.lights,
            "failing desk": killing.failing_desk,
        }  # fmt: skip
        for cycle in range(cycles):
            kind = list(kinds)[cycle % len(kinds)]
            kinds[kind]()
            findings.append(examine(home, killing.ledger.done))
            unknown[kind] += len(killing.tried - killing.ledger.done)
            killing.again()
        findings[-1] = examine(home, killing.ledger.done, next_waybill="SF1999999999999")
        done = len(killing.ledger.done)
        if killing.dimmed:
            findings[-1] = replace(findings[-1], violations=(f"other colours at pixels {sorted(killing.dimmed)}",))
    told = ", ".join(f"{name} {count}" for name, count in unknown.items())
    notes = [f"without an answer when killed: {told}", f"failed commits on record all the same: {killing.came_back}"]
    return result("kill -9", findings, done, perf_counter() - start, notes=notes)
