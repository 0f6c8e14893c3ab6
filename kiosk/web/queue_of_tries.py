"""Tries to get in wait here for the one thread that looks at them: newest first, so that whoever floods it waits."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class Full(Exception):
    """There is no room for this try, and nobody has looked at it. `is_own`: of so many of the same browser."""

    def __init__(self, *, is_own: bool) -> None:
        super().__init__()
        self.is_own = is_own


class _Waiting(NamedTuple):
    browser: str
    question: Callable[[], Any]
    answer: asyncio.Future[Any]


class QueueOfTries:
    """At most `most_of_one` of one browser and `most` in all. A PIN takes its time on purpose, and one thread, so that
    guesses never take the whole machine."""

    def __init__(self, most_of_one: int, most: int) -> None:
        self._most_of_one, self._most = most_of_one, most
        self._waiting: list[_Waiting] = []
        self._thread = ThreadPoolExecutor(1, "front-door")
        self._working: asyncio.Task[None] | None = None

    async def ask(self, browser: str, question: Callable[[], T]) -> T:
        """Raises Full: at once for one too many of a browser, later where newer ones of others have pushed it out."""
        if sum(one.browser == browser for one in self._waiting) >= self._most_of_one:
            raise Full(is_own=True)
        if len(self._waiting) >= self._most:
            self._waiting.pop(0).answer.set_exception(Full(is_own=False))
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(browser, question, answer))
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        return await answer

    def close(self) -> None:
        self._thread.shutdown()

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            one = self._waiting.pop()
            if one.answer.done():  # whoever asked has gone
                continue
            try:
                found = await loop.run_in_executor(self._thread, one.question)
            except Exception as broken:
                if not one.answer.done():
                    one.answer.set_exception(broken)
            else:
                if not one.answer.done():
                    one.answer.set_result(found)
