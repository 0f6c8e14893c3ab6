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
from kiosk.jobs.staff.sign_in import (
    NOBODY,
    SignedIn,
    choose_pin,
    must_browser_wait,
    sign_in_in_browser,
    sign_out,
    signed_in_as,
)
from kiosk.jobs.station import Station, open_station
from kiosk.parcels.pauses import PIN
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.web.queue_of_tries import Full, QueueOfTries

T = TypeVar("T")
_DIGITS = 4  # of a browser's mark: enough to tell browsers apart, and the table of tries stays small
_MOST_TRIES = 64  # that wait at once, of all browsers together: a second or two of work
_LOOK_AGAIN_S = 1.0  # a pause that staff have lifted is over so much later
_MOST_PAUSED = 4096  # browsers that are remembered to have to wait


def terminal_of(person: SignedIn) -> str:
    """In the log, and for what waits at a desk: a browser's desk is a person's."""
    return f"web-{person.number}"


class FrontDoor:
    """Whoever guesses waits as at a terminal, and costs next to nothing while he does. Tries have a thread of their
    own: those who are in are not held up by who wants to get in."""

    def __init__(self, home: StationHome, clock: Clock) -> None:
        self._home, self._clock = home, clock
        self._thread = ThreadPoolExecutor(1, "those-within")
        self._papers = ThreadPoolExecutor(1, "papers")  # begun with the first; a long list holds nobody else up
        self._tries = QueueOfTries(round(PIN.tries), _MOST_TRIES)
        self._paused: dict[str, float] = {}  # by address: until when nobody looks again whether it still has to wait
        self._is_staffed: asyncio.Future[bool] | None = None

    def has_to_wait(self, address: str) -> bool:
        """As was seen a moment ago: this costs nothing."""
        return self._clock.monotonic() < self._paused.get(address, 0.0)

    async def sign_in(self, address: str, number: str, pin: str) -> SignedIn | Refused:
        """`address` is the browser's. It is not kept, only a keyed mark of it. TOO_MANY_AT_ONCE where newer tries of
        other browsers came before."""
        if self.has_to_wait(address):
            return Refused(Problem.WRONG_PIN)
        try:
            answer, is_paused = await self._tries.ask(address, lambda: self._sign_in(address, number, pin))
        except Full as full:
            return Refused(Problem.WRONG_PIN if full.is_own else Problem.TOO_MANY_AT_ONCE)
        if is_paused:
            self._remember(address)
        return answer

    async def choose_pin(self, person: SignedIn, pin: str, again: str) -> SignedIn | Refused:
        """Their own, typed twice."""
        typed = f"{pin} {again}"
        return await self._at(terminal_of(person), lambda station: choose_pin(station, person, typed))

    async def sign_out(self, person: SignedIn) -> None:
        await self._at(terminal_of(person), sign_out, person.who, person.role)

    async def within(self, person: SignedIn, job: Callable[[Station], T]) -> T | None:
        """A job of somebody who has signed in, with their rights. None: what they have shown opens nothing any more."""

        def work() -> T | None:
            with self._opened(terminal_of(person), person.who, person.role) as station:
                known = signed_in_as(station, person.number, person.standing)
                return job(replace(station, role=known.role, standing=known.standing)) if known else None

        return await asyncio.get_running_loop().run_in_executor(self._papers, work)

    async def is_staffed(self) -> bool:
        """Without staff nobody can show who they are. Whoever asks while it is being looked up gets that answer."""
        if self._is_staffed is None or self._is_staffed.done():
            self._is_staffed = asyncio.ensure_future(self._at("web", lambda station: bool(list_staff(station))))
        return await asyncio.shield(self._is_staffed)

    def close(self) -> None:
        self._thread.shutdown()
        self._papers.shutdown()
        self._tries.close()

    def _sign_in(self, address: str, number: str, pin: str) -> tuple[SignedIn | Refused, bool]:
        """And whether that browser has to wait from now on."""
        with self._opened("web", NOBODY, Role.CUSTOMER) as station:
            mark = station.key.secret_hash("browser", address).hex()[:_DIGITS]
            browser = replace(station, terminal=f"web-from-{mark}")
            answer = sign_in_in_browser(browser, number, pin)
            return answer, isinstance(answer, Refused) and must_browser_wait(browser)

    def _remember(self, address: str) -> None:
        now = self._clock.monotonic()
        if len(self._paused) >= _MOST_PAUSED:
            self._paused = {one: until for one, until in self._paused.items() if until > now}
        self._paused[address] = now + _LOOK_AGAIN_S

    async def _at(self, terminal: str, job: Callable[[Station], T], who: str = NOBODY, role: Role = Role.CUSTOMER) -> T:
        def work() -> T:
            with self._opened(terminal, who, role) as station:
                return job(station)

        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    @contextmanager
    def _opened(self, terminal: str, who: str, role: Role) -> Iterator[Station]:
        station = open_station(self._home, terminal=terminal, who=who, role=role, clock=self._clock)
        try:
            yield station
        finally:
            station.close()
