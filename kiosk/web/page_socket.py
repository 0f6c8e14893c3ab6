"""The line to the page that shows a desk."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from enum import IntEnum
from typing import NamedTuple

from aiohttp import WSMsgType, web

from kiosk.text import Language

MOST_COLUMNS, MOST_ROWS = 400, 150
_HEARTBEAT_S = 15.0  # a phone that has gone without a word is noticed
_CLOSE_S = 1.0
_LONGEST = 16_384  # bytes of one message; a paste is the longest


class Closed(IntEnum):
    """Why, as the page hears it; `desk.js` knows the same numbers."""

    GOING_AWAY = 1001
    LOCKED = 4001
    IDLE = 4002
    ELSEWHERE = 4003
    BROKEN = 4004
    OTHER_PAGE = 4005


class Keys(NamedTuple):
    """What was pressed, as a terminal would send it."""

    data: bytes


class PageSize(NamedTuple):
    """Of what the page can show, in cells."""

    columns: int
    rows: int


class PageSocket:
    """Reads as if anybody could have written it."""

    def __init__(self) -> None:
        self.response = web.WebSocketResponse(heartbeat=_HEARTBEAT_S, timeout=_CLOSE_S, max_msg_size=_LONGEST)
        self._transport: asyncio.BaseTransport | None = None

    async def open(self, request: web.Request) -> None:
        self._transport = request.transport
        await self.response.prepare(request)

    async def read(self) -> "AsyncIterator[Keys | PageSize]":
        """Until it is closed."""
        async for message in self.response:
            if message.type is not WSMsgType.TEXT:
                continue
            try:
                match json.loads(message.data):
                    case ["stdin", str(text)]:
                        yield Keys(text.encode("utf-8", "replace"))
                    case ["resize", {"width": int(columns), "height": int(rows)}]:
                        yield PageSize(*_within(columns, rows))
                    case ["ping", str(text)]:
                        await self.response.send_json(["pong", text])
            except (ValueError, RecursionError, ConnectionError):
                return

    async def show(self, painted: bytes) -> None:
        """Whoever does not look any more misses it."""
        with suppress(ConnectionError):
            await self.response.send_bytes(painted)

    async def speak(self, language: Language) -> None:
        """As its desk does from now on."""
        with suppress(ConnectionError):
            await self.response.send_json(["language", language])

    async def close(self, why: Closed) -> None:
        """Politely, but at once: a page that does not listen must hold nobody up."""
        try:
            async with asyncio.timeout(2 * _CLOSE_S):
                await self.response.close(code=why)
        except ConnectionError:
            return
        except TimeoutError:
            if isinstance(self._transport, asyncio.WriteTransport):
                self._transport.abort()


def size_asked(request: web.Request) -> PageSize:
    """When the page opens its line."""
    columns, rows = (request.query.get(name, "")[:4] for name in ("width", "height"))
    return PageSize(*_within(int(columns) if columns.isdecimal() else 80, int(rows) if rows.isdecimal() else 24))


def _within(columns: int, rows: int) -> tuple[int, int]:
    return min(max(columns, 1), MOST_COLUMNS), min(max(rows, 1), MOST_ROWS)
