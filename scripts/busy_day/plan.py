"""A day at a busy station, planned: who does what at which terminal in which hour, and what the report must say.

Every hour's actions run at all terminals at once; within an hour a parcel is touched by one terminal only. What is
expected is counted here, while planning, by nothing but the plan: the station's own report is held against it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from scripts.busy_day.day import DWELL_ENDS, MIDNIGHT, Action, Day, Expected, Parcel

COURIERS = {
    "SF": ("SF1", 12), "ZTO": ("73", 12), "YTO": ("YT", 13), "STO": ("77", 13), "Yunda": ("43", 13),
    "J&T": ("JT", 13), "JD": ("JDX0", 11), "EMS": ("98", 11), "Deppon": ("DPK", 12), "Cainiao": ("621", 12),
}  # fmt: skip
FIRST_HOUR, LAST_HOUR, COUNTING, RETURNING = 8, 19, 20, 21
_BURSTS = {8: 3.0, 9: 2.0, 14: 3.0, 15: 2.0}  # trucks come
_AFTER_WORK = {12: 1.5, 17: 2.0, 18: 4.0, 19: 3.0}  # people come


def plan_day(parcels: int, terminals: int, seed: int = 1) -> Day:
    return _Planner(parcels, terminals, Random(seed)).plan()


class _Planner:
    def __init__(self, parcels: int, terminals: int, random: Random) -> None:
        self._count, self._terminals, self._random = parcels, terminals, random
        self._expected = Expected()
        self._here: list[Parcel] = []
        self._numbers: set[str] = set()
        self._arrived: dict[str, datetime] = {}
        self._out: dict[str, datetime] = {}  # last time over the counter or through the exit
        self._picked_up: set[str] = set()

    def plan(self) -> Day:
        before = sorted(self._earlier_days(), key=lambda action: action.at)
        hours = {hour: self._hour(hour) for hour in range(FIRST_HOUR, LAST_HOUR + 1)}
        stolen = self._random.sample(self._here, max(len(self._here) // 200, 2))
        for parcel in stolen:
            self._expected.count("missing", parcel.courier)
        hours[COUNTING] = [
            [Action("count_levels", self._at(COUNTING, 0), detail=f"{one} {self._terminals}")]
            for one in range(self._terminals)
        ]
        left = [parcel for parcel in self._here if parcel not in stolen]
        hours[RETURNING] = self._returns(left)
        self._expected.counts["in_custody"] = len(self._here)
        for parcel in self._here:
            self._expected.couriers.setdefault(parcel.courier, Counter())["in_custody"] += 1
        for waybill in self._picked_up:
            dwelt = (self._out[waybill] - self._arrived[waybill]) / timedelta(hours=1)
            self._expected.dwell[sum(dwelt >= end for end in DWELL_ENDS)] += 1
        return Day(before, hours, frozenset(p.waybill for p in stolen), self._expected, cut_in=14)

    # What lies here already

    def _earlier_days(self) -> Iterator[Action]:
        """A tenth of a day's parcels from yesterday and before; some of them overdue, a few due back."""
        for number in range(self._count // 10):
            days = (1, 1, 1, 2, 4, 8, 16)[number % 7]
            parcel = self._new_parcel(MIDNIGHT - timedelta(days=days) + timedelta(hours=10, seconds=number))
            self._here.append(parcel)
            self._arrived[parcel.waybill] = parcel.came
            yield Action("check_in_now", parcel.came, parcel.waybill, parcel.courier, parcel.form)

    # An hour of the day

    def _hour(self, hour: int) -> list[list[Action]]:
        """Parcels that came in this hour are not touched again before the next."""
        arrivals = self._arrivals(hour)
        waiting = [parcel for parcel in self._here if not _is_due_back(parcel)]
        self._here = [parcel for parcel in self._here if _is_due_back(parcel)]
        self._random.shuffle(waiting)
        leaving = min(self._leaving(hour), len(waiting))
        picked, staying = waiting[:leaving], waiting[leaving:]
        lists: list[list[Action]] = [[] for _ in range(self._terminals)]
        for terminal in range(self._terminals):
            mine = arrivals[terminal :: self._terminals]
            lists[terminal] += self._batch(hour, mine)
        for number, parcel in enumerate(picked):
            lists[number % self._terminals] += self._pick_up(hour, parcel)
        self._here += staying
        for number, parcel in enumerate(staying[: len(staying) // 8]):
            lists[number % self._terminals] += self._disturb(parcel)
        return [self._timed(hour, actions) for actions in lists]

    def _arrivals(self, hour: int) -> list[Parcel]:
        weight = _BURSTS.get(hour, 0.5)
        total = sum(_BURSTS.get(h, 0.5) for h in range(FIRST_HOUR, LAST_HOUR + 1))
        return [self._new_parcel(self._at(hour, 0)) for _ in range(round(self._count * weight / total))]

    def _leaving(self, hour: int) -> int:
        weight = _AFTER_WORK.get(hour, 0.7)
        total = sum(_AFTER_WORK.get(h, 0.7) for h in range(FIRST_HOUR, LAST_HOUR + 1))
        return round(self._count * 0.85 * weight / total)

    def _batch(self, hour: int, parcels: list[Parcel]) -> list[Action]:
        """A driver's hand-over: mistakes are made and taken back, some numbers are scanned twice, one is rubbish."""
        if not parcels:
            return []
        kept = [parcel for parcel in parcels if self._random.random() >= 0.02]
        voided = [parcel for parcel in parcels if parcel not in kept]
        actions = [Action("open_batch", self._at(hour, 0), detail=str(len(kept)))]
        for parcel in parcels:
            actions.append(Action("check_in", parcel.came, parcel.waybill, parcel.courier, parcel.form))
            if parcel in voided:
                actions.append(Action("undo", parcel.came, parcel.waybill))
                continue
            self._came(hour, parcel)
            if self._random.random() < 0.03:
                actions.append(Action("amend_phone", parcel.came, parcel.waybill, detail="13900001111"))
            if self._random.random() < 0.02:
                actions.append(Action("rubbish", parcel.came, detail=f"\x1b[31m{parcel.waybill}%%"))
        actions.append(Action("confirm", self._at(hour, 0)))
        if kept:
            actions.append(Action("scan_twice", self._at(hour, 0), kept[0].waybill))
        actions.append(Action("close_batch", self._at(hour, 0)))
        self._here += kept
        return actions

    def _pick_up(self, hour: int, parcel: Parcel) -> list[Action]:
        """By the customer, mostly; sometimes a wrong code first, at the counter, or a mistake that is taken back."""
        actions = []
        chance = self._random.random()
        if chance < 0.06:
            actions.append(Action("wrong_code", parcel.came, detail="9-9-0000"))
            self._expected.wrong_codes += 1
        if parcel.due_fen:
            actions.append(Action("due_at_exit", parcel.came, parcel.waybill))
            actions.append(Action("pay", parcel.came, parcel.waybill))
        if chance > 0.97:
            actions.append(Action("counter", parcel.came, parcel.waybill))
            actions.append(Action("undo_check_out", parcel.came, parcel.waybill))
            self._here.append(replace(parcel, due_fen=0))  # what was paid stays paid
            return actions
        actions.append(Action("counter" if chance > 0.85 else "pick_up", parcel.came, parcel.waybill))
        self._left(hour, parcel)
        return actions

    def _disturb(self, parcel: Parcel) -> list[Action]:
        """What happens to a parcel that stays, or is brought home."""
        kind = self._random.choice(("hold_and_release", "relocate", "look", "ask_home", "deliver"))
        if kind == "deliver" and not parcel.due_fen:
            self._here.remove(parcel)
            self._expected.count("delivered", parcel.courier)
        return [Action("look" if kind == "deliver" and parcel.due_fen else kind, parcel.came, parcel.waybill)]

    def _returns(self, left: list[Parcel]) -> list[list[Action]]:
        """Everything that is due back leaves on its courier's manifest, each manifest at one terminal."""
        lists: list[list[Action]] = [[] for _ in range(self._terminals)]
        for number, courier in enumerate(COURIERS):
            due = [parcel for parcel in left if parcel.courier == courier and _is_due_back(parcel)]
            if not due:
                continue
            actions = lists[number % self._terminals]
            at = self._at(RETURNING, 0)
            actions.append(Action("open_return", at, courier=courier))
            for parcel in due:
                actions.append(Action("return", at, parcel.waybill))
                self._here.remove(parcel)
                self._expected.count("returned", courier)
            actions.append(Action("accept_return", at, courier=courier))
        return [self._timed(RETURNING, actions) for actions in lists]

    # What is expected of it

    def _came(self, hour: int, parcel: Parcel) -> None:
        self._expected.count("checked_in", parcel.courier)
        self._expected.hours_in[hour] += 1

    def _left(self, hour: int, parcel: Parcel) -> None:
        self._expected.count("picked_up", parcel.courier)
        self._expected.hours_out[hour] += 1
        self._picked_up.add(parcel.waybill)

    def _timed(self, hour: int, actions: list[Action]) -> list[Action]:
        """Spread over the hour; a parcel's dwell follows from when it really came and went."""
        step = timedelta(seconds=3500) / max(len(actions), 1)
        timed = []
        for number, action in enumerate(actions):
            at = self._at(hour, 0) + number * step
            timed.append(replace(action, at=at))
            if action.kind == "check_in":
                self._arrived[action.waybill] = at
            if action.kind in ("pick_up", "counter"):
                self._out[action.waybill] = at
        return timed

    def _at(self, hour: int, second: int) -> datetime:
        return MIDNIGHT + timedelta(hours=hour, seconds=second)

    def _new_parcel(self, came: datetime) -> Parcel:
        courier = self._random.choice(list(COURIERS))
        prefix, digits = COURIERS[courier]
        while (waybill := f"{prefix}{self._random.randrange(10**digits):0{digits}d}") in self._numbers:
            pass
        self._numbers.add(waybill)
        size = self._random.choices(("S", "M", "L"), (6, 3, 1))[0]
        return Parcel(waybill, courier, came, size, 1250 if self._random.random() < 0.03 else 0)


def _is_due_back(parcel: Parcel) -> bool:
    """Nobody asks for these any more."""
    return parcel.came < MIDNIGHT - timedelta(days=15)
