"""A day of guessing without end at one kiosk and one desk: how many tries there were, and how many let somebody in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from kiosk.clock import Clock
from kiosk.counter.search import search
from kiosk.jobs.handing_over.pick_up import Found
from kiosk.jobs.staff.pauses import list_pauses
from kiosk.jobs.staff.register import first_manager
from kiosk.jobs.staff.sign_in import SignedIn, sign_in_by_pin
from kiosk.jobs.station import Station, open_station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import read_phone
from kiosk.parcels.qr_texts import notice_text, pass_text
from kiosk.parcels.scans import recognise
from scripts.faults.result import Result
from scripts.faults.stations import a_station

_DAY_S, _BETWEEN_S = 86_400.0, 1.0


@dataclass
class _Day:
    """Both clocks of a station, moved by hand."""

    seconds: float = 1000.0
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        began = datetime(2026, 11, 22, tzinfo=UTC)
        self.clock = Clock(lambda: began + timedelta(seconds=self.seconds), lambda: self.seconds, lambda: "boot")


def guesses(scratch: Path, most: int, seed: int) -> Iterator[Result]:
    """Wrong phone digits of a known code, wrong PINs of a known number, forged notices and passes, at most so many of
    each: nobody is to be let in. Cycles are the tries that a day leaves."""
    random = Random(seed)
    with a_station(scratch, "guesses") as home:
        day = _Day()
        station = open_station(home, terminal="kiosk", who="staff", clock=day.clock, random=random)
        first = first_manager(station)
        taken_in = check_in(
            station, recognise("SF1000000000001"), Particulars(phone=read_phone("13800001234")), shelve=True
        )
        assert first is not None and isinstance(taken_in, CheckedIn)
        tails = (tail for tail in iter(lambda: f"{random.randrange(10_000):04d}", "") if tail != "1234")
        pins = (pin for pin in iter(lambda: f"{random.randrange(10**6):06d}", "") if pin != first.pin)
        yield _a_day(
            station, day, most, "phone digits of a code", lambda: search(station, recognise(taken_in.code), next(tails))
        )
        yield _a_day(station, day, most, "PIN of a manager", lambda: sign_in_by_pin(station, first.number, next(pins)))
        yield _a_day(
            station,
            day,
            most,
            "forged notices",
            lambda: search(station, recognise(notice_text("S001", _letters(random, 37)))),
        )
        yield _a_day(
            station, day, most, "forged passes", lambda: search(station, recognise(pass_text(_letters(random, 26))))
        )
        station.close()


def _a_day(station: Station, day: _Day, most: int, name: str, guess: Callable[[], object]) -> Result:
    """Whoever guesses waits exactly as long as they must."""
    start, end, tries, let_in = perf_counter(), day.seconds + _DAY_S, 0, 0
    while day.seconds < end and tries < most:
        answer = guess()
        tries += 1
        let_in += isinstance(answer, Found | SignedIn)
        waits = [pause.seconds for pause in list_pauses(station).pauses]
        day.seconds += max([_BETWEEN_S, *waits])
    return Result(f"guesses a day, {name}", tries, tries - let_in, 0, 0, 0, let_in, perf_counter() - start)


def _letters(random: Random, count: int) -> str:
    return "".join(random.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=count))
