"""Connections before a request has come on them: few, not for long, and none costs much before it has spoken."""

import asyncio
import errno
import logging
import resource
import socket
import ssl
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

LOOK_S = 1.0
PATIENCE_S = 10.0  # with a connection on which no whole request has come, its TLS handshake counted in
_MOST_WITH_TLS = 256  # each takes a quarter of a megabyte from its first byte on
_MOST = 4096
_OTHER_FILES = 256  # beside connections: desks, databases
_AT_ONCE = 128  # accepted in one turn of the loop
_SHORTEST_S = 0.05
log = logging.getLogger("kiosk.web")
_FULL = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


@dataclass(eq=False)
class _Waiting:
    """Accepted at `since`. `greeting`: the handshake goes on; None while it has sent nothing at all."""

    connection: socket.socket
    address: str
    since: float
    greeting: asyncio.Task[None] | None = None


class Connections:
    """`most` at once: for one more the longest waiting of whoever has most of them is closed, the silent ones first. So
    thousands that are held open keep nobody else out, wherever they come from."""

    def __init__(self, tls: ssl.SSLContext | None, patience_s: float = PATIENCE_S, most: int | None = None) -> None:
        self._tls, self._patience_s = tls, patience_s
        self._most = most or _room(tls)
        self._waiting: dict[socket.socket, _Waiting] = {}
        self._asking: dict[asyncio.Protocol, float] = {}  # since when
        self._served: set[asyncio.Protocol] = set()
        self._server: web.Server | None = None

    @web.middleware
    async def serve(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self._served.add(request.protocol)
        try:
            return await handler(request)
        finally:
            self._served.discard(request.protocol)

    async def accept(self, listeners: list[socket.socket], server: web.Server) -> None:
        """Until cancelled. The listeners are closed then."""
        loop = asyncio.get_running_loop()
        self._server = server
        for listener in listeners:
            loop.add_reader(listener, self._take, listener)
        try:
            while True:
                self._close_overdue(server)
                await asyncio.sleep(min(LOOK_S, self._patience_s))
        finally:
            for listener in listeners:
                loop.remove_reader(listener)
                listener.close()
            for waiting in [*self._waiting.values()]:
                self._close(waiting)

    def _take(self, listener: socket.socket) -> None:
        for _ in range(_AT_ONCE):
            try:
                connection, address = listener.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as full:
                if full.errno in _FULL and self._make_room():
                    continue
                return
            connection.setblocking(False)
            self._welcome(_Waiting(connection, str(address[0]), asyncio.get_running_loop().time()))

    def _welcome(self, waiting: _Waiting) -> None:
        if len(self._waiting) + self._in_talk() >= self._most and not self._make_room():
            waiting.connection.close()
            return
        self._waiting[waiting.connection] = waiting
        asyncio.get_running_loop().add_reader(waiting.connection, self._greet, waiting)

    def _in_talk(self) -> int:
        return len(self._server.connections) if self._server else 0

    def _make_room(self) -> bool:
        """Whether anybody could be sent away."""
        if not self._waiting:
            idle = [one for one in self._asking if one not in self._served]
            if idle and isinstance(idle[0], web.RequestHandler):
                self._asking.pop(idle[0])
                idle[0].force_close()
            return bool(idle)
        (busiest, _), *_ = Counter(one.address for one in self._waiting.values()).most_common(1)
        theirs = [one for one in self._waiting.values() if one.address == busiest]
        self._close(next((one for one in theirs if one.greeting is None), theirs[0]))
        return True

    def _close(self, waiting: _Waiting) -> None:
        self._waiting.pop(waiting.connection, None)
        if waiting.greeting is not None:
            waiting.greeting.cancel()
        else:
            asyncio.get_running_loop().remove_reader(waiting.connection)
            waiting.connection.close()

    def _greet(self, waiting: _Waiting) -> None:
        """It has sent something; what, is seen by whom it is handed to."""
        asyncio.get_running_loop().remove_reader(waiting.connection)
        waiting.greeting = asyncio.create_task(self._hand_over(waiting))
        waiting.greeting.add_done_callback(lambda greeting: self._greeted(waiting, greeting))

    async def _hand_over(self, waiting: _Waiting) -> None:
        loop, server = asyncio.get_running_loop(), self._server
        assert server is not None
        left_s = max(self._patience_s - (loop.time() - waiting.since), _SHORTEST_S)
        _, handler = await loop.connect_accepted_socket(
            server, waiting.connection, ssl=self._tls, ssl_handshake_timeout=left_s if self._tls else None
        )
        self._asking[handler] = waiting.since

    def _greeted(self, waiting: _Waiting, greeting: asyncio.Task[None]) -> None:
        self._waiting.pop(waiting.connection, None)
        broken = None if greeting.cancelled() else greeting.exception()
        if greeting.cancelled() or broken is not None:
            waiting.connection.close()
        if not isinstance(broken, OSError | None):  # no TLS, or it has gone, is nothing to tell
            log.error("a connection broke", exc_info=broken)

    def _close_overdue(self, server: web.Server) -> None:
        now = asyncio.get_running_loop().time()
        for waiting in [*self._waiting.values()]:
            if waiting.greeting is None and now - waiting.since >= self._patience_s:
                self._close(waiting)
        asking = [one for one in server.connections if one not in self._served]
        self._asking = {one: self._asking.get(one, now) for one in asking}
        for one in asking:
            if now - self._asking[one] >= self._patience_s:
                one.force_close()


def _room(tls: ssl.SSLContext | None) -> int:
    """As many files as this process may have open. It asks for more first: systems begin with a thousand."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST + _OTHER_FILES
    files = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return min(_MOST_WITH_TLS if tls else _MOST, max(files - _OTHER_FILES, files // 2))


async def listeners_at(host: str, port: int) -> list[socket.socket]:
    """At each address that `host` has. Raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    listeners: list[socket.socket] = []
    try:
        for family, kind, protocol, _, address in dict.fromkeys(found):
            listener = socket.socket(family, kind, protocol)
            listeners.append(listener)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listener.bind(address)
            listener.listen(socket.SOMAXCONN)
            listener.setblocking(False)
    except OSError:
        for listener in listeners:
            with suppress(OSError):
                listener.close()
        raise
    return listeners
