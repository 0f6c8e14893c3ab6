"""A station with staff, its web desk on a free port, and browsers that are no browsers."""

import asyncio
import io
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from yarl import URL

from kiosk.config.web import WebSettings
from kiosk.home import StationHome
from kiosk.jobs.station import Station
from kiosk.parcels.roles import Role
from kiosk.web.front_door import FrontDoor
from kiosk.web.papers.desk import Papers
from kiosk.web.visits import Visits
from kiosk.web.web_desk import WebDesk
from tests.conftest import Hands
from tests.environment import environment
from tests.jobs.asking import colleague
from tests.waiting import PATIENCE_S

PIN, WRONG = "482915", "739204"
ALONE = WebSettings("127.0.0.1", 0, None, None, sessions=4, idle_min=10, behind_proxy=False)
# Speaks as a desk does: says who it was opened for and by which process. Then `q` locks it, `x` breaks
# it, and `z` has it speak Chinese.
FAKE = """
import os, sys, json
def packet(text): os.write(1, b"D" + len(text).to_bytes(4, "big") + text)
told = sys.stdin.buffer.readline()
ZH = b'{"type": "language", "language": "zh"}'
os.write(1, b"__GANGLION__\\n")
packet(told + b" %d" % os.getpid())
while head := sys.stdin.buffer.read(5):
    body = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
    if head[:1] == b"D":
        if body == b"q": sys.exit(0)
        if body == b"x": sys.exit(3)
        if body == b"z": os.write(1, b"M" + len(ZH).to_bytes(4, "big") + ZH)
        packet(b"typed " + body)
    else:
        meta = json.loads(body)
        if meta["type"] == "quit": sys.exit(0)
        packet(b"size %d %d of %d" % (meta["width"], meta["height"], os.getpid()))
"""


@pytest.fixture
def staffed(station: Station) -> Station:
    for number, name, role in (("7", "Li Ming", Role.MANAGER), ("8", "Ann", Role.CLERK)):
        colleague(station, number, name, role, PIN)
    return station


@pytest.fixture
def certificate(home: StationHome) -> Path:
    """Made by itself for localhost, as an installer would."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", str(home.folder / "key.pem"), "-out", str(home.folder / "certificate.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    return home.folder / "certificate.pem"


class Browser:
    """One browser at `server`: its cookies, and the headers that a browser sends by itself."""

    def __init__(self, server: TestServer, headers: dict[str, str]) -> None:
        self.at = server.make_url("/")
        self._headers = {"Origin": str(self.at.origin()), **headers}
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=self._headers)

    async def get(self, path: str, **headers: str) -> tuple[int, str, Any]:
        async with self._session.get(self.at.join(URL(path)), headers=headers, allow_redirects=False) as answer:
            return answer.status, await answer.text(errors="replace"), answer.headers

    async def head(self, path: str) -> tuple[int, Any]:
        async with self._session.head(self.at.join(URL(path)), allow_redirects=False) as answer:
            return answer.status, answer.headers

    async def post(self, path: str, headers: dict[str, str] | None = None, **form: str) -> tuple[int, str, Any]:
        where = self.at.join(URL(path))
        async with self._session.post(where, data=form, headers=headers or {}, allow_redirects=False) as answer:
            return answer.status, await answer.text(), answer.headers

    async def fetch(self, path: str) -> tuple[int, bytes, Any]:
        async with self._session.get(self.at.join(URL(path)), allow_redirects=False) as answer:
            return answer.status, await answer.read(), answer.headers

    async def bring(
        self, file: bytes, courier: str = "", headers: dict[str, str] | None = None
    ) -> tuple[int, str, Any]:
        """A manifest, as the form of /papers sends it."""
        form = aiohttp.FormData({"courier": courier})
        form.add_field("file", io.BytesIO(file), filename="manifest.csv", content_type="text/csv")
        where = self.at.join(URL("/announce"))
        async with self._session.post(where, data=form, headers=headers or {}, allow_redirects=False) as answer:
            return answer.status, await answer.text(), answer.headers

    async def send(self, path: str, body: bytes, kind: str) -> int:
        where, headers = self.at.join(URL(path)), {"Content-Type": kind}
        async with self._session.post(where, data=body, headers=headers, allow_redirects=False) as answer:
            return answer.status

    async def sign_in(self, number: str = "7", pin: str = PIN) -> tuple[int, str, Any]:
        return await self.post("/sign-in?language=en", number=number, pin=pin)

    async def line(self, **headers: str) -> "Line":
        where = self.at.join(URL("/ws?width=44&height=30"))
        return Line(await self._session.ws_connect(where, headers=headers))

    async def close(self) -> None:
        await self._session.close()


class Line:
    """The page's line to its desk."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def shown(self, pattern: str) -> str:
        """What the desk showed and `pattern` fits, sooner or later."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message = await self._socket.receive()
                assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT), message
                text = message.data if isinstance(message.data, str) else message.data.decode()
                if re.search(pattern, text):
                    return str(text)

    async def type(self, keys: str) -> None:
        await self._socket.send_json(["stdin", keys])

    async def send(self, text: str) -> None:
        await self._socket.send_str(text)

    async def closed(self) -> int | None:
        """Why, when it is."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                message = await self._socket.receive()
                if message.type is aiohttp.WSMsgType.CLOSE:
                    return int(message.data)
                if message.type is aiohttp.WSMsgType.CLOSED:
                    return None

    async def close(self) -> None:
        await self._socket.close()


class Place:
    """The web desk of a test, and browsers at it."""

    def __init__(self, server: TestServer, desk: WebDesk, hands: Hands) -> None:
        self._server, self.desk, self.hands = server, desk, hands
        self._browsers: list[Browser] = []

    def browser(self, **headers: str) -> Browser:
        self._browsers.append(Browser(self._server, {k.replace("_", "-"): v for k, v in headers.items()}))
        return self._browsers[-1]

    async def close(self) -> None:
        for browser in self._browsers:
            await browser.close()
        await self._server.close()


Opened = Callable[..., Any]


@pytest.fixture
def opened(home: StationHome, hands: Hands) -> Opened:
    """`async with opened(sessions=1) as place:`"""

    @asynccontextmanager
    async def open_place(**settings: object) -> AsyncIterator[Place]:
        web = ALONE._replace(**settings)  # type: ignore[arg-type]
        door = FrontDoor(home, hands.clock)
        visits = Visits(web.sessions, web.idle_min * 60, hands.clock.monotonic)
        desk = WebDesk(web, "Station S001", door, visits, lambda terminal: (sys.executable, "-c", FAKE, terminal))
        papers = Papers(door, desk.pages, desk.reading_visit)
        server = TestServer(desk.application(papers.routes()))
        await server.start_server()
        place = Place(server, desk, hands)
        try:
            yield place
        finally:
            await place.close()
            door.close()

    return open_place


@pytest.fixture
def start(home: StationHome, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """`start("web")`: a program of the station, ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def start_one(*arguments: str) -> subprocess.Popen[str]:
        program = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "--home", str(home.folder), *arguments],
            stderr=subprocess.PIPE, text=True,
            env=environment(GPIOZERO_PIN_FACTORY="lightmock", KIOSK_LIGHT_TRACE=str(tmp_path / "trace")),
        )  # fmt: skip
        started.append(program)
        return program

    yield start_one
    for program in started:
        program.kill()
        program.wait()
        assert program.stderr is not None
        program.stderr.close()
