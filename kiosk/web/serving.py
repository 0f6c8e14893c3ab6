"""Listening for browsers until the program is told to end."""

import asyncio
import signal
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from kiosk.config.web import WebSettings
from kiosk.faults import Fault, StationFault
from kiosk.watchdog import Watchdog

LOOK_S = 1.0
PATIENCE_S = 10.0  # with a connection on which no whole request has come


class _Connections:
    """One that asks for nothing is closed after a while: some hundreds held open would keep everybody else out."""

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self._served: set[asyncio.Protocol] = set()

    @web.middleware
    async def serve(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self._served.add(request.protocol)
        try:
            return await handler(request)
        finally:
            self._served.discard(request.protocol)

    async def watch(self, server: web.Server) -> None:
        """Until cancelled."""
        now, since = asyncio.get_running_loop().time, dict[web.RequestHandler, float]()
        while True:
            since = {one: since.get(one, now()) for one in server.connections if one not in self._served}
            for one, began in since.items():
                if now() - began >= self._patience_s:
                    one.force_close()
            await asyncio.sleep(min(LOOK_S, self._patience_s))


def read_tls(settings: WebSettings, home: Path) -> ssl.SSLContext | None:
    """None where the station has no certificate. Raises StationFault(UNREADABLE_FILE)."""
    if settings.certificate is None or settings.private_key is None:
        return None
    certificate, key = home / settings.certificate, home / settings.private_key
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ValueError) as broken:  # ssl.SSLError is an OSError: no PEM, or the two are no pair
        readable = f"{certificate}, {key}"
        raise StationFault(Fault.UNREADABLE_FILE, path=readable, detail=str(broken)) from broken
    return context


@asynccontextmanager
async def listening(
    app: web.Application, settings: WebSettings, tls: ssl.SSLContext | None, patience_s: float = PATIENCE_S
) -> AsyncIterator[tuple[str, int]]:
    """Gives host and port. Raises StationFault(CANNOT_LISTEN). At its end all desks are closed."""
    connections = _Connections(patience_s)
    app.middlewares.append(connections.serve)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=2.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.host, settings.port, ssl_context=tls)
        try:
            await site.start()
        except OSError as broken:
            where = f"{settings.host}:{settings.port}"
            raise StationFault(Fault.CANNOT_LISTEN, path=where, detail=broken.strerror or str(broken)) from broken
        host, port = runner.addresses[0][:2]
        assert runner.server is not None
        watching = asyncio.create_task(connections.watch(runner.server))
        try:
            yield host, port
        finally:
            watching.cancel()
    finally:
        await runner.cleanup()


async def serve(
    app: web.Application,
    settings: WebSettings,
    tls: ssl.SSLContext | None,
    tell: Callable[[str], None],
    look: Callable[[], Awaitable[None]],
    watchdog: Watchdog,
) -> None:
    """Until SIGTERM or SIGINT. `tell` gets the address, `look` is called every second."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with listening(app, settings, tls) as (host, port):
        tell(f"{'https' if tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}/")
        watchdog.ready()
        while not stop.is_set():
            watchdog.alive(loop.time())
            await look()
            try:
                async with asyncio.timeout(LOOK_S):
                    await stop.wait()
            except TimeoutError:
                continue
        watchdog.stopping()
