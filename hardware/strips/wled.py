"""A strip at the end of the network: a node that runs WLED. Pixels go by DDP; by JSON it says who and how it is."""

import contextlib
import socket
from collections.abc import Callable
from threading import Event, Thread, Timer
from time import monotonic
from typing import Any

from hardware.strips.ddp import packets
from hardware.strips.wiring import StripDriver, StripWiring, WledWiring
from hardware.strips.wled_json import NodeBusy, NotThere, WledJson
from hardware.strips.wled_state import as_before, is_ours, ours
from hardware.trouble import DeviceError, DeviceFault, fault_of, in_one_line

CHECK_S = 2.0  # how often a node is asked whether it is still there, and still ours
SILENT_S = 6.0  # after so long without an answer it counts as gone
LISTENS_S = 3.0  # so long a node may take to show what it is sent
BUSY_S = 30.0  # so long it may say that it is busy: it shows what it is sent meanwhile
GIVE_BACK_S = 1.5
_SECOND_TRY_S = 0.5
_TOLD = 3  # times: somebody may be at its app at this moment
_before: dict[tuple[str, int], dict[str, Any]] = {}  # what nodes showed before this program: a reopened one is ours


class Wled(StripDriver):
    """Talks HTTP in a thread of its own: a slow or dead node keeps no other strip waiting."""

    resend_s = 1.0  # a node leaves our picture after 2.5 s without a packet

    def __init__(self, wiring: StripWiring, chips: WledWiring, now: Callable[[], float] = monotonic) -> None:
        self._pixels, self._chips, self._now = wiring.pixels, chips, now
        self._json = WledJson(chips)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._heard_at = now()
        self._is_ours = False
        self._trouble: DeviceFault | None = None
        self._closing = Event()
        self._thread = Thread(target=self._watch, name=f"wled {wiring.name}", daemon=True)
        self._thread.start()

    def ready(self) -> bool:
        if self._trouble is not None:
            raise DeviceError(self._trouble.what, self._trouble.trouble, **self._trouble.values)
        if self._now() > self._heard_at + SILENT_S:
            raise DeviceError("node {host} does not answer in time", host=self._chips.host)
        return self._is_ours

    def write(self, frame: bytes) -> None:
        self.ready()
        self._send(frame)

    def _send(self, frame: bytes) -> None:
        try:
            for packet in packets(frame):
                self._socket.send(packet)
        except BlockingIOError:
            pass  # the network is busy; the next packet repeats it all
        except OSError as broken:
            raise DeviceError(
                "node {host} is gone: {reason}", host=self._chips.host, reason=broken.strerror
            ) from broken

    def close(self) -> None:
        """Give the node back as it was, if it answers; waits for that 1.5 s at most."""
        self._closing.set()
        if self._is_ours and self._trouble is None:
            self._thread.join(GIVE_BACK_S)
        self._socket.close()
        self._json.abort()

    def _watch(self) -> None:
        """Take the node over, look after it for as long as it answers, give it back."""
        try:
            self._look_at_size()
            self._take_over()
            self._is_ours = True
            while not self._closing.wait(CHECK_S):
                self._look_after()
            self._ask("/json/state", _before.pop(self._place, {}))
        except Exception as broken:  # a node may say anything, and close() may come at any time
            self._trouble = fault_of(broken)

    @property
    def _place(self) -> tuple[str, int]:
        return self._chips.host, self._chips.http_port

    def _look_at_size(self) -> None:
        info = self._ask("/json/info")
        name = in_one_line(str(info.get("name", "?")), 32)
        count = _pixels_of(info)
        if count is None or count < self._pixels:
            raise DeviceError(
                "node {name} has fewer LEDs than are configured: {count} instead of {pixels}",
                name=name,
                count=count or "?",
                pixels=self._pixels,
            )
        self.node = name

    def _take_over(self) -> None:
        """Make it ours, and see that it shows what it is sent: a node may be told not to listen."""
        state = self._ask("/json/state")
        _before.setdefault(self._place, as_before(state))
        self._make_ours(state)
        self._socket.setblocking(False)
        self._socket.connect((self._chips.host, self._chips.ddp_port))
        deadline = self._now() + LISTENS_S
        self._send(bytes(3 * self._pixels))
        while not self._closing.is_set() and not _listens(self._ask("/json/info")):
            if self._now() > deadline:
                raise self._deaf()
            self._closing.wait(_SECOND_TRY_S / 2)
            self._send(bytes(3 * self._pixels))

    def _look_after(self) -> None:
        """It may have been restarted, switched in its app, or told not to listen any more; one answer may get lost."""
        seen = self._asked_twice("/json/si")
        state, info = seen.get("state"), seen.get("info")
        if isinstance(state, dict) and not is_ours(state):
            self._make_ours(state)
        elif isinstance(info, dict) and not _listens(info):
            self._closing.wait(_SECOND_TRY_S)  # a packet a second: between two of them it may have left our picture
            if not _listens(self._asked_twice("/json/info")) and not self._closing.is_set():
                raise self._deaf()

    def _deaf(self) -> DeviceError:
        return DeviceError(
            "node {host} does not show what it is sent: switch on “Receive UDP realtime” in its sync settings, and let"
            " UDP port {port} through",
            host=self._chips.host, port=self._chips.ddp_port,
        )  # fmt: skip

    def _make_ours(self, state: dict[str, Any]) -> None:
        for _ in range(_TOLD):
            self._ask("/json/state", ours(state))
            state = self._ask("/json/state")
            if is_ours(state):
                return
        raise DeviceError("node {host} does not do what it is told", host=self._chips.host)

    def _asked_twice(self, path: str) -> dict[str, Any]:
        try:
            return self._ask(path)
        except DeviceError:
            if self._closing.wait(_SECOND_TRY_S):
                raise
            return self._ask(path)

    def _ask(self, path: str, change: dict[str, Any] | None = None) -> dict[str, Any]:
        """The node's answer. While it says that it is busy (HTTP 503) it is there, and is asked again."""
        deadline = self._now() + BUSY_S
        while True:
            try:
                answer = self._json.ask(path, change)
                self._heard_at = self._now()
                return answer
            except NodeBusy:
                self._heard_at = self._now()
                if self._now() > deadline or self._closing.wait(_SECOND_TRY_S):
                    raise


class WledReader:
    """What a node says it shows, if its firmware can tell."""

    def __init__(self, wiring: StripWiring, chips: WledWiring) -> None:
        self._pixels, self._host, self._json = wiring.pixels, chips.host, WledJson(chips)

    def rgb(self) -> bytes:
        """From /json/live, which only some builds of the firmware have, and which of a long strip tells only every
        `n`-th LED: then empty. Raises DeviceError."""
        hang_up = Timer(SILENT_S, self._json.abort)  # a node may drip for ever
        hang_up.start()
        try:
            live = self._json.ask("/json/live")
        except NotThere:
            return b""
        finally:
            hang_up.cancel()
        with contextlib.suppress(KeyError, TypeError, ValueError):
            if int(live.get("n", 1)) > 1:
                return b""
            shown = b"".join(bytes.fromhex(str(colour)[-6:]) for colour in live["leds"])
            return shown[: 3 * self._pixels].ljust(3 * self._pixels, b"\0")
        raise DeviceError("node {host} does not say what it shows", host=self._host)


def _listens(info: dict[str, Any]) -> bool:
    """Whether it shows what it is sent, as far as its firmware tells."""
    return info.get("live", True) is True


def _pixels_of(info: dict[str, Any]) -> int | None:
    with contextlib.suppress(KeyError, TypeError, ValueError, OverflowError):
        return int(info["leds"]["count"])
    return None
