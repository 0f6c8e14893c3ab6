"""Listening for browsers until the program is told to end."""

import asyncio
import signal
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from aiohttp import web

from kiosk.config.web import WebSettings
from kiosk.faults import Fault, StationFault
from kiosk.watchdog import Watchdog
from kiosk.web.connections import LOOK_S, PATIENCE_S, Connections, listeners_at
from kiosk.web.journal import journal

_STUCK_S = 60.0  # a loop that has not turned for so long serves nobody any more


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
    connections = Connections(tls, patience_s)
    app.middlewares.append(connections.serve)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=2.0, logger=journal(monotonic))
    await runner.setup()
    try:
        try:
            listeners = await listeners_at(settings.host, settings.port)
        except OSError as broken:
            where = f"{settings.host}:{settings.port}"
            raise StationFault(Fault.CANNOT_LISTEN, path=where, detail=broken.strerror or str(broken)) from broken
        host, port = listeners[0].getsockname()[:2]
        assert runner.server is not None
        accepting = asyncio.create_task(connections.accept(listeners, runner.server))
        try:
            yield host, port
        finally:
            accepting.cancel()
            await asyncio.wait([accepting])
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
        with _watched(watchdog, loop):
            while not stop.is_set():
                await look()
                try:
                    async with asyncio.timeout(LOOK_S):
                        await stop.wait()
                except TimeoutError:
                    continue
        watchdog.stopping()


@contextmanager
def _watched(watchdog: Watchdog, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """A thread says that the loop lives, while it does: a turn that thousands of browsers make long is no death."""
    turned_at, over = monotonic(), Event()

    def turned() -> None:
        nonlocal turned_at
        turned_at = monotonic()

    def tell() -> None:
        while not over.wait(min(LOOK_S, watchdog.every_s / 2)):
            if monotonic() - turned_at < _STUCK_S:
                watchdog.alive(monotonic())
            loop.call_soon_threadsafe(turned)

    if not watchdog.is_awaited:
        yield
        return
    thread = Thread(target=tell, name="watchdog", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
