"""Many at the door at once: who floods it waits, who comes after is in."""

import asyncio
import threading

import pytest

from kiosk.jobs.staff.pauses import lift_pauses, list_pauses
from kiosk.jobs.staff.sign_in import SignedIn, sign_in_by_pin
from kiosk.jobs.station import Station
from kiosk.web.queue_of_tries import Full, QueueOfTries
from tests.conftest import Hands
from tests.loop import in_a_loop
from tests.waiting import PATIENCE_S
from tests.web.conftest import PIN, WRONG, Opened

BY = {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "desk.example", "Origin": "https://desk.example"}


def rows(station: Station) -> tuple[int, int]:
    (attempts,) = station.conn.execute("SELECT count(*) FROM attempts").fetchone()
    (events,) = station.conn.execute("SELECT count(*) FROM events").fetchone()
    return attempts, events


@in_a_loop
async def test_a_browser_that_has_to_wait_costs_no_hash_and_no_write(
    opened: Opened, staffed: Station, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(behind_proxy=True) as place:
        guesser = place.browser(**BY, X_Forwarded_For="203.0.113.9")
        for _ in range(5):
            await guesser.sign_in("7", WRONG)
        known = rows(staffed)
        monkeypatch.setattr("kiosk.jobs.staff.sign_in.pin_fits", None)
        for _ in range(3):
            status, page, _ = await guesser.sign_in("7", PIN)
            assert status == 403 and "too many tries" in page
            hands.pass_time(2)  # it looks again whether staff have lifted the pause
        assert rows(staffed) == known


@in_a_loop
async def test_wrong_pins_in_a_browser_pause_it_and_no_colleague_anywhere_else(
    opened: Opened, staffed: Station, second_desk: Station
) -> None:
    async with opened(behind_proxy=True) as place:
        guesser = place.browser(**BY, X_Forwarded_For="203.0.113.9")
        for _ in range(20):
            await guesser.sign_in("7", WRONG)
        assert isinstance(sign_in_by_pin(second_desk, "7", PIN), SignedIn)
        assert (await place.browser(**BY, X_Forwarded_For="203.0.113.10").sign_in("7"))[0] == 303
        assert (await guesser.sign_in("7"))[0] == 403
        (paused,) = list_pauses(staffed).pauses
        assert paused.scope.startswith("pin-at web-from-")
        lift_pauses(staffed)


@in_a_loop
async def test_of_many_browsers_together_a_pin_is_not_guessed(opened: Opened, staffed: Station) -> None:
    async with opened(behind_proxy=True) as place:
        for browser in range(8):
            guesser = place.browser(**BY, X_Forwarded_For=f"203.0.113.{browser}")
            for _ in range(4):
                await guesser.sign_in("7", WRONG)
        assert (await place.browser(**BY, X_Forwarded_For="203.0.113.99").sign_in("7"))[0] == 403
        assert (await place.browser(**BY, X_Forwarded_For="203.0.113.99").sign_in("8"))[0] == 303


@in_a_loop
async def test_tries_wait_few_of_one_and_the_newest_is_looked_at_first() -> None:
    queue, released, looked_at = QueueOfTries(2, 4), threading.Event(), list[str]()
    loop, begun = asyncio.get_running_loop(), asyncio.Event()

    def look(name: str) -> str:
        loop.call_soon_threadsafe(begun.set)
        released.wait(PATIENCE_S)
        looked_at.append(name)
        return name

    async def one(name: str) -> str:
        try:
            return await queue.ask(name[0], lambda: look(name))
        except Full as full:
            return "own" if full.is_own else "full"

    async def release() -> str:
        released.set()
        return "released"

    try:
        first = asyncio.create_task(one("a0"))
        await begun.wait()
        asked = map(one, ["a1", "a2", "a3", "b1", "c1", "d1"])
        answers = await asyncio.gather(first, *asked, release())
        assert answers == ["a0", "full", "a2", "own", "b1", "c1", "d1", "released"]
        assert looked_at == ["a0", "d1", "c1", "b1", "a2"]
    finally:
        released.set()
        queue.close()
