"""A day at a busy station as data: the parcels, what each terminal does with them, and what the report must say."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime

MIDNIGHT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)  # in Shanghai it is the 22nd
DWELL_ENDS = (1, 4, 12, 24, 48, 72, 168)  # hours


@dataclass(frozen=True, slots=True)
class Action:
    """`kind` names what a terminal does, at `at`; `waybill` and `detail` are its arguments."""

    kind: str
    at: datetime
    waybill: str = ""
    courier: str = ""
    detail: str = ""


@dataclass(slots=True)
class Expected:
    """What an honest report says at the end of the day."""

    counts: Counter[str] = field(default_factory=Counter)
    couriers: dict[str, Counter[str]] = field(default_factory=dict)
    hours_in: Counter[int] = field(default_factory=Counter)
    hours_out: Counter[int] = field(default_factory=Counter)
    dwell: list[int] = field(default_factory=lambda: [0] * (len(DWELL_ENDS) + 1))
    wrong_codes: int = 0

    def count(self, name: str, courier: str, times: int = 1) -> None:
        self.counts[name] += times
        self.couriers.setdefault(courier, Counter())[name] += times


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel of the plan; `due_fen` is to be paid before it leaves."""

    waybill: str
    courier: str
    came: datetime
    size: str
    due_fen: int

    @property
    def form(self) -> str:
        return f"{self.size} {self.due_fen}"


@dataclass(slots=True)
class Day:
    """`before`: parcels that lie here from earlier days; `hours`: hour → terminal → actions; `stolen`: waybills that
    nobody finds when the levels are counted."""

    before: list[Action]
    hours: dict[int, list[list[Action]]]
    stolen: frozenset[str]
    expected: Expected
    cut_in: int  # the hour in whose middle the power goes
