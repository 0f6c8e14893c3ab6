"""Whoever holds connections open and asks for nothing keeps nobody out."""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path

import pytest
from aiohttp import web

from kiosk.home import StationHome
from kiosk.watchdog import Watchdog
from kiosk.web.connections import Connections, listeners_at
from kiosk.web.serving import listening, read_tls, serve
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


@in_a_loop
async def test_held_open_ones_without_end_keep_nobody_out() -> None:
    """More of them than there is room for, long before the patience with any of them is over."""
    app = web.Application()
    app.router.add_get("/", _answer)
    connections = Connections(None, most=8)
    app.middlewares.append(connections.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    assert runner.server is not None
    (listener,) = await listeners_at("127.0.0.1", 0)
    accepting = asyncio.create_task(connections.accept([listener], runner.server))
    port, held = listener.getsockname()[1], list[asyncio.StreamWriter]()
    try:
        async with asyncio.timeout(PATIENCE_S):
            for sent in HALF_ASKED * 20:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(sent)
                held.append(writer)
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            held.append(writer)
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            assert (await reader.read()).endswith(b"here")
    finally:
        accepting.cancel()
        await asyncio.wait([accepting])
        await runner.cleanup()
        for writer in held:
            writer.close()


@pytest.mark.parametrize("sent", [b"", b"\x16", b"\x16\x03\x01\x02\x00", b"GET / HTTP/1.1\r\n\r\n", b"\x00" * 5000])
@in_a_loop
async def test_a_handshake_that_does_not_end_is_ended(home: StationHome, certificate: Path, sent: bytes) -> None:
    tls = read_tls(ALONE._replace(certificate="certificate.pem", private_key="key.pem"), home.folder)
    async with asyncio.timeout(PATIENCE_S), listening(web.Application(), ALONE, tls, patience_s=0.2) as (host, port):
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(sent)
        with suppress(ConnectionError):
            await reader.read()
        writer.close()


@in_a_loop
async def test_the_watchdog_hears_of_a_loop_that_is_held_up_and_not_of_a_dead_one(tmp_path: Path) -> None:
    """`_watched` tells from a thread; here the loop turns on and what it awaits does not."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(PATIENCE_S)
        watchdog = Watchdog({"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "30000"})
        never, loop = asyncio.Event(), asyncio.get_running_loop()

        async def look() -> None:
            await never.wait()

        served = asyncio.create_task(serve(web.Application(), ALONE, None, lambda _: None, look, watchdog))
        for wanted in (b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1", b"WATCHDOG=1"):
            assert await loop.run_in_executor(None, systemd.recv, 100) == wanted
        served.cancel()
        await asyncio.wait([served])
