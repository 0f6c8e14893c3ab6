"""Tests that wait: each in an event loop of its own."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec

P = ParamSpec("P")


def in_a_loop(test: Callable[P, Awaitable[None]]) -> Callable[P, None]:
    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        asyncio.run(_awaited(test(*args, **kwargs)))

    return run


async def _awaited(waiting: Awaitable[None]) -> None:
    await waiting
