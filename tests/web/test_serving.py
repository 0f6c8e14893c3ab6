"""Whoever holds connections open and asks for nothing keeps nobody out."""

import asyncio

from aiohttp import web

from kiosk.web.serving import listening
from tests.loop import in_a_loop
from tests.waiting import PATIENCE_S
from tests.web.conftest import ALONE

HALF_ASKED = [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "]


async def _answer(request: web.Request) -> web.Response:
    del request
    return web.Response(text="here")


async def _wait(request: web.Request) -> web.Response:
    await request.app[RELEASED].wait()
    return web.Response(text="late")


RELEASED = web.AppKey("released", asyncio.Event)


@in_a_loop
async def test_a_connection_without_a_request_is_closed_and_one_that_is_served_is_not() -> None:
    app = web.Application()
    app[RELEASED] = asyncio.Event()
    app.router.add_get("/", _answer)
    app.router.add_get("/slow", _wait)
    async with asyncio.timeout(PATIENCE_S), listening(app, ALONE, None, patience_s=0.1) as (host, port):
        served, asking = await asyncio.open_connection(host, port)
        asking.write(b"GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        for sent in HALF_ASKED:
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(sent)
            assert await reader.read() == b""
            writer.close()
        app[RELEASED].set()
        assert (await served.read()).endswith(b"late")
        asking.close()
