"""A clerk and a customer at one terminal, who take parcels in, put them away, search them and take them out.

What was done is told only after the job has answered; each thing may be tried again until it is known to be done.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from kiosk.counter.search import search
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.put_away import PutAway, put_away
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.scans import recognise
from kiosk.parcels.states import State
from scripts.faults.ledger import Done


class Unexpected(Exception):
    """A job answered what it should not."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with one parcel: take_in, take_in_and_shelve, shelve, pick_up or counter."""

    kind: str
    waybill: str


@dataclass(slots=True)
class Worker:
    """`number` (below 1000) is part of its waybills and the terminal's name, so that no two workers share a parcel."""

    number: int
    random: Random
    made: int = 0
    waiting: dict[str, str] = field(default_factory=dict)  # checked in: waybill → proposed slot
    shelved: dict[str, str] = field(default_factory=dict)  # waybill → code

    @property
    def terminal(self) -> str:
        return f"worker-{self.number}"

    def plan(self) -> Step:
        """What comes next; a shelf that fills up is emptied."""
        kinds = ["take_in", "take_in_and_shelve"] if len(self.shelved) < 8 else []
        kinds += ["shelve"] * bool(self.waiting) + ["pick_up", "counter"] * bool(self.shelved)
        kind = self.random.choice(kinds)
        if kind == "shelve":
            return Step(kind, next(iter(self.waiting)))
        if kind in ("pick_up", "counter"):
            return Step(kind, next(iter(self.shelved)))
        self.made += 1
        return Step(kind, f"SF1{self.number:03d}{self.made:09d}")

    def do(self, station: Station, step: Step) -> list[Done]:
        """Do it, or find that it was done; returns what is certain now. Raises what the job raises, or Unexpected."""
        if step.kind.startswith("take_in"):
            return list(self._take_in(station, step))
        if step.kind == "shelve":
            return list(self._shelve(station, step))
        return list(self._hand_over(station, step))

    def _take_in(self, station: Station, step: Step) -> Iterator[Done]:
        shelve = step.kind == "take_in_and_shelve"
        answer = check_in(station, recognise(step.waybill), Particulars(courier="SF"), shelve=shelve)
        if isinstance(answer, CheckedIn):
            if answer.state is State.SHELVED:
                self.shelved[step.waybill] = answer.code
            else:
                self.waiting[step.waybill] = answer.slot
            if isinstance(answer.confirmed, PutAway):
                yield from self._is_shelved(answer.confirmed)
        elif answer.problem is not Problem.ALREADY_IN_CUSTODY:
            raise Unexpected(f"{step}: {answer.problem}")
        yield "check_in", step.waybill
        if shelve:
            yield "shelve", step.waybill

    def _is_shelved(self, answer: PutAway) -> Iterator[Done]:
        self.waiting.pop(answer.waybill, None)
        self.shelved[answer.waybill] = answer.code
        yield "shelve", answer.waybill

    def _shelve(self, station: Station, step: Step) -> Iterator[Done]:
        answer = put_away(station, recognise(step.waybill), recognise(self.waiting[step.waybill]))
        if isinstance(answer, Refused):
            raise Unexpected(f"{step}: {answer.problem}")
        yield from self._is_shelved(answer)

    def _hand_over(self, station: Station, step: Step) -> Iterator[Done]:
        at_counter = step.kind == "counter" or not self._search(station, self.shelved[step.waybill])
        customer = replace(station, who="customer", role=Role.CUSTOMER)
        answer = check_out(station if at_counter else customer, recognise(step.waybill), at_counter=at_counter)
        if not isinstance(answer, HandedOver) and answer.problem is not Problem.ALREADY_COLLECTED:
            raise Unexpected(f"{step}: {answer.problem}")
        del self.shelved[step.waybill]
        yield "check_out", step.waybill

    def _search(self, station: Station, code: str) -> bool:
        """Whether it is lit now: not where every look is taken, or where it was handed over after all."""
        return not isinstance(search(replace(station, who="customer", role=Role.CUSTOMER), recognise(code)), Refused)
