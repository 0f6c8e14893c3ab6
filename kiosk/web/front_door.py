"""Asking the station about whoever stands at the page. Each question opens the station anew: they are seldom, and a
restored database or a changed setting is seen at once."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from kiosk.clock import Clock
from kiosk.home import StationHome
from kiosk.jobs.staff.register import list_staff
from kiosk.jobs.staff.sign_in import NOBODY, SignedIn, choose_pin, sign_in_by_pin, sign_out
from kiosk.jobs.station import Station, open_station
from kiosk.parcels.problems import Refused
from kiosk.parcels.roles import Role

T = TypeVar("T")
_DIGITS = 4  # of a browser's mark: enough to tell browsers apart, and the table of tries stays small


def terminal_of(person: SignedIn) -> str:
    """In the log, and for what waits at a desk: a browser's desk is a person's."""
    return f"web-{person.number}"


class FrontDoor:
    """One thread, one question after another: a flood of guesses must not take the whole machine."""

    def __init__(self, home: StationHome, clock: Clock) -> None:
        self._home, self._clock = home, clock
        self._thread = ThreadPoolExecutor(1, "front-door")

    async def sign_in(self, address: str, number: str, pin: str) -> SignedIn | Refused:
        """Who guesses waits as at a terminal: `address` is the browser's. It is not kept, only a keyed mark of it."""
        return await self._ask(lambda: self._sign_in(address, number, pin))

    async def choose_pin(self, person: SignedIn, pin: str, again: str) -> SignedIn | Refused:
        """Their own, typed twice."""
        typed = f"{pin} {again}"
        return await self._at(terminal_of(person), lambda station: choose_pin(station, person, typed))

    async def sign_out(self, person: SignedIn) -> None:
        await self._at(terminal_of(person), sign_out, person.who, person.role)

    async def is_staffed(self) -> bool:
        """Without staff nobody can show who they are."""
        return await self._at("web", lambda station: bool(list_staff(station)))

    def close(self) -> None:
        self._thread.shutdown()

    def _sign_in(self, address: str, number: str, pin: str) -> SignedIn | Refused:
        with self._opened("web", NOBODY, Role.CUSTOMER) as station:
            mark = station.key.secret_hash("browser", address).hex()[:_DIGITS]
            return sign_in_by_pin(replace(station, terminal=f"web-from-{mark}"), number, pin)

    async def _at(self, terminal: str, job: Callable[[Station], T], who: str = NOBODY, role: Role = Role.CUSTOMER) -> T:
        def work() -> T:
            with self._opened(terminal, who, role) as station:
                return job(station)

        return await self._ask(work)

    @contextmanager
    def _opened(self, terminal: str, who: str, role: Role) -> Iterator[Station]:
        station = open_station(self._home, terminal=terminal, who=who, role=role, clock=self._clock)
        try:
            yield station
        finally:
            station.close()

    async def _ask(self, question: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)
