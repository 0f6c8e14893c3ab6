"""A strip at the end of the network: a node that runs WLED. Pixels go by DDP; by JSON it says who and how it is."""

import contextlib
import socket
from collections.abc import Callable
from threading import Event, Thread, Timer
from time import monotonic
from typing import Any

from hardware.strips.ddp import packets
from hardware.strips.wiring import StripDriver, StripWiring, WledWiring
from hardware.strips.wled_json import WledJson
from hardware.trouble import DeviceError, DeviceFault, fault_of, in_one_line

CHECK_S = 2.0  # how often a node is asked whether it is still there, and still ours
SILENT_S = 6.0  # after so long without an answer it counts as gone
_SECOND_TRY_S = 0.5
_OURS: dict[str, object] = {"on": True, "bri": 255, "lor": 0}  # on, undimmed, showing what it is sent


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
        Thread(target=self._watch, name=f"wled {wiring.name}", daemon=True).start()

    def ready(self) -> bool:
        if self._trouble is not None:
            raise DeviceError(self._trouble.what, self._trouble.trouble, **self._trouble.values)
        if self._now() > self._heard_at + SILENT_S:
            raise DeviceError("node {host} does not answer in time", host=self._chips.host)
        return self._is_ours

    def write(self, frame: bytes) -> None:
        self.ready()
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
        self._closing.set()
        self._socket.close()
        self._json.abort()

    def _watch(self) -> None:
        """Take the node over, then look after it for as long as it answers."""
        try:
            self._look_at_size()
            self._keep()
            self._socket.setblocking(False)
            self._socket.connect((self._chips.host, self._chips.ddp_port))
            self._is_ours = True
            misses = 0
            while not self._closing.wait(_SECOND_TRY_S if misses else CHECK_S):
                try:
                    self._keep()
                    misses = 0
                except DeviceError:
                    misses += 1
                    if misses > 1:
                        raise
        except Exception as broken:  # a node may say anything, and close() may come at any time
            self._trouble = fault_of(broken)

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

    def _keep(self) -> None:
        """Make the node ours: it may have been restarted, or switched in its app.

        Its own picture becomes dark, so it goes dark 2.5 s after our last packet, whoever died.
        """
        state = self._ask("/json/state")
        if self._is_ours and _obeys(state):
            return
        segments = state.get("seg")
        count = len(segments) if isinstance(segments, list) else 1
        dark = [{"id": number, "fx": 0, "col": [[0, 0, 0]]} for number in range(count)]
        self._ask("/json/state", {**_OURS, "transition": 0, "seg": dark})
        if not _obeys(self._ask("/json/state")):
            raise DeviceError("node {host} does not do what it is told", host=self._chips.host)

    def _ask(self, path: str, change: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = self._json.ask(path, change)
        self._heard_at = self._now()
        return answer


class WledReader:
    """What a node says it shows, if its firmware can tell."""

    def __init__(self, wiring: StripWiring, chips: WledWiring) -> None:
        self._pixels, self._host, self._json = wiring.pixels, chips.host, WledJson(chips)

    def rgb(self) -> bytes:
        """From /json/live, which of a long strip tells only every `n`-th LED: then empty. Raises DeviceError."""
        hang_up = Timer(SILENT_S, self._json.abort)  # a node may drip for ever
        hang_up.start()
        try:
            live = self._json.ask("/json/live")
        finally:
            hang_up.cancel()
        with contextlib.suppress(KeyError, TypeError, ValueError):
            if int(live.get("n", 1)) > 1:
                return b""
            shown = b"".join(bytes.fromhex(str(colour)[-6:]) for colour in live["leds"])
            return shown[: 3 * self._pixels].ljust(3 * self._pixels, b"\0")
        raise DeviceError("node {host} does not say what it shows", host=self._host)


def _obeys(state: dict[str, Any]) -> bool:
    return all(state.get(key, value) == value for key, value in _OURS.items())


def _pixels_of(info: dict[str, Any]) -> int | None:
    with contextlib.suppress(KeyError, TypeError, ValueError, OverflowError):
        return int(info["leds"]["count"])
    return None
