"""A WLED node on loopback for laptops and CI: real HTTP and DDP, shown as the firmware would show it.

Run it with `python -m hardware.mocks.wled_mock --pixels 60` and wire a strip to 127.0.0.1. It wakes up in WLED's own
orange, leaves a realtime picture 2.5 s after its last packet, and can be slow or go away.
"""

import argparse
import json
import socket
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

from hardware.strips.ddp import HEADER

REALTIME_S = 2.5
_ORANGE = [255, 160, 0]
_MOST_LIVE = 256  # /json/live names at most so many LEDs


class FakeWledNode:
    """`slow_s` delays every HTTP answer, the next `busy` are 503; `listens`: "Receive UDP realtime" is on; `has_live`:
    it is a build with /json/live. stop() and start() take the node away and back, on the same ports.
    """

    def __init__(
        self, pixels: int, *, name: str = "Fake WLED", http_port: int = 0, ddp_port: int = 0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.pixels, self.name = pixels, name
        self.http_port, self.ddp_port = http_port, ddp_port
        self.slow_s = 0.0
        self.busy = 0
        self.listens = self.has_live = True
        self.packets = 0
        self.violations: list[str] = []
        self._monotonic = monotonic
        self._lock = Lock()

    def start(self) -> None:
        self._boot()
        self._stopping = Event()
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.ddp_port))
        self._udp.settimeout(0.05)
        self._http = _Server(("127.0.0.1", self.http_port), lambda *a: _Handler(self, *a))
        self.http_port, self.ddp_port = self._http.server_port, self._udp.getsockname()[1]
        self._threads = [Thread(target=self._listen), Thread(target=self._http.serve_forever, args=(0.02,))]
        for thread in self._threads:
            thread.daemon = True
            thread.start()

    def stop(self) -> None:
        """Gone, as if somebody had pulled its plug."""
        self._stopping.set()
        self._http.shutdown()
        for thread in self._threads:
            thread.join()
        self._http.server_close()
        self._udp.close()

    def rgb(self) -> bytes:
        """3 bytes a pixel as shown now: the realtime picture while it lasts, else the node's own colour."""
        with self._lock:
            if not self._state["on"]:
                return bytes(3 * self.pixels)
            shown = bytes(self._shown) if self._is_live() else bytes(self._state["seg"][0]["col"][0]) * self.pixels
            return bytes(value * self._state["bri"] // 255 for value in shown)

    def answer(self, path: str) -> dict[str, Any] | None:
        """What GET says; None for a path that the firmware does not have."""
        with self._lock:
            live = self._is_live()
        info = {"ver": "0.15.0", "name": self.name, "live": live, "leds": {"count": self.pixels}, "brand": "WLED"}
        if path == "/json/live" and self.has_live:
            step = -(-self.pixels // _MOST_LIVE)
            shown = self.rgb()
            return {"leds": [shown[3 * n : 3 * n + 3].hex().upper() for n in range(0, self.pixels, step)], "n": step}
        answers = {"/json/info": info, "/json/state": self._state, "/json/si": {"state": self._state, "info": info}}
        return answers.get(path)

    def change(self, state: dict[str, Any]) -> dict[str, Any]:
        """What POST /json/state does with the keys that we know."""
        with self._lock:
            self._state |= {key: state[key] for key in ("on", "bri", "lor") if key in state}
            for segment in state.get("seg", [])[:1]:
                self._state["seg"][0] |= segment
        return {"success": True}

    def _boot(self) -> None:
        self._state: dict[str, Any] = {"on": True, "bri": 128, "lor": 0, "seg": [{"fx": 0, "col": [_ORANGE]}]}
        self._received = bytearray(3 * self.pixels)
        self._shown = bytearray(3 * self.pixels)
        self._live_until = 0.0

    def _is_live(self) -> bool:
        return self._state["lor"] == 0 and self._monotonic() < self._live_until

    def _listen(self) -> None:
        while not self._stopping.is_set():
            try:
                packet = self._udp.recv(2048)
            except TimeoutError:
                continue
            with self._lock:
                if self.listens:
                    self._take(packet)

    def _take(self, packet: bytes) -> None:
        self.packets += 1
        if len(packet) < HEADER.size:
            self.violations.append(f"a packet of {len(packet)} bytes")
            return
        flags, sequence, kind, destination, offset, length = HEADER.unpack_from(packet)
        data = packet[HEADER.size :]
        if flags >> 6 != 1 or sequence > 15 or kind >> 3 & 7 != 1 or kind & 7 != 3 or destination != 1:
            self.violations.append(f"header {packet[: HEADER.size].hex()}")
        elif len(data) != length or offset + length > len(self._received):
            self.violations.append(f"{len(data)} bytes at {offset}, {length} announced")
        else:
            self._received[offset : offset + length] = data
            if flags & 1:
                self._shown[:] = self._received
            self._live_until = self._monotonic() + REALTIME_S


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, node: FakeWledNode, *args: Any) -> None:
        self._node = node
        super().__init__(*args)

    def do_GET(self) -> None:
        if self._is_busy():
            return
        answer = self._node.answer(self.path)
        self._send(404 if answer is None else 200, answer)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self._is_busy():
            return
        if self.path not in ("/json/state", "/json"):
            self._send(404, None)
            return
        try:
            change = json.loads(body)
        except ValueError:
            self._send(400, {"error": 9})
            return
        self._send(200, self._node.change(change))

    def _is_busy(self) -> bool:
        """The firmware has one buffer for JSON; whoever comes while it is in use is told to come again."""
        if self._node.busy <= 0:
            return False
        self._node.busy -= 1
        self._send(503, {"error": 3})
        return True

    def _send(self, status: int, answer: object) -> None:
        time.sleep(self._node.slow_s)
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        del args


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pixels", type=int, default=60)
    parser.add_argument("--http-port", type=int, default=8080)
    parser.add_argument("--ddp-port", type=int, default=4048)
    options = parser.parse_args()
    node = FakeWledNode(options.pixels, http_port=options.http_port, ddp_port=options.ddp_port)
    node.start()
    Event().wait()


if __name__ == "__main__":
    main()
