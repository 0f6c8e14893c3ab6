"""A strip at the end of the network: a node that runs WLED. Pixels go by DDP; by JSON it says who and how it is."""

import contextlib
import socket
from threading import Event, Thread
from typing import Any

from hardware.ddp import packets
from hardware.strips import StripDriver, StripError, StripWiring, WledWiring
from hardware.wled_json import ask

CHECK_S = 2.0  # how often a node is asked whether it is still there
_SECOND_TRY_S = 0.5
# On, undimmed, obeying us, and dark by itself: so it goes dark 2.5 s after the last packet, whoever died.
_OURS = {"on": True, "bri": 255, "transition": 0, "lor": 0, "seg": [{"fx": 0, "col": [[0, 0, 0]]}]}


class Wled(StripDriver):
    """Talks HTTP in a thread of its own: a slow or dead node keeps no other strip waiting."""

    resend_s = 1.0  # a node leaves our picture after 2.5 s without a packet

    def __init__(self, wiring: StripWiring, chips: WledWiring) -> None:
        self._pixels, self._chips = wiring.pixels, chips
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._sequence = 0
        self._answered = False
        self._trouble: str | None = None
        self._closing = Event()
        Thread(target=self._watch, name=f"wled {wiring.name}", daemon=True).start()

    def ready(self) -> bool:
        if self._trouble is not None:
            raise StripError(self._trouble)
        return self._answered

    def write(self, frame: bytes) -> None:
        self.ready()
        self._sequence = self._sequence % 15 + 1
        try:
            for packet in packets(frame, self._sequence):
                self._socket.send(packet)
        except BlockingIOError:
            pass  # the network is busy; the next packet repeats it all
        except OSError as broken:
            raise StripError(f"node {self._chips.host} is gone: {broken.strerror}") from broken

    def close(self) -> None:
        self._closing.set()
        self._socket.close()

    def _watch(self) -> None:
        """Take the node over, then ask after it for as long as it answers."""
        try:
            self._take_over()
            misses = 0
            while not self._closing.wait(_SECOND_TRY_S if misses else CHECK_S):
                try:
                    ask(self._chips, "/json/info")
                    misses = 0
                except StripError:
                    misses += 1
                    if misses > 1:
                        raise
        except Exception as broken:  # a node may say anything
            self._trouble = str(broken) or type(broken).__name__

    def _take_over(self) -> None:
        info = ask(self._chips, "/json/info")
        count = _pixels_of(info)
        if count < self._pixels:
            raise StripError(f"node {info.get('name')} has {count} LEDs, {self._pixels} are configured")
        ask(self._chips, "/json/state", _OURS)
        try:
            self._socket.setblocking(False)
            self._socket.connect((self._chips.host, self._chips.ddp_port))
        except OSError as broken:  # also: closed meanwhile
            raise StripError(f"node {self._chips.host} is gone: {broken.strerror}") from broken
        self._answered = True


class WledReader:
    """What a node says it shows."""

    def __init__(self, wiring: StripWiring, chips: WledWiring) -> None:
        self._pixels, self._chips = wiring.pixels, chips

    def rgb(self) -> bytes:
        """From /json/live, which of a long strip tells only every `n`-th LED: then empty. Raises StripError."""
        live = ask(self._chips, "/json/live")
        with contextlib.suppress(KeyError, TypeError, ValueError):
            if int(live.get("n", 1)) > 1:
                return b""
            shown = b"".join(bytes.fromhex(str(colour)[-6:]) for colour in live["leds"])
            return shown[: 3 * self._pixels].ljust(3 * self._pixels, b"\0")
        raise StripError(f"node {self._chips.host} does not say what it shows")


def _pixels_of(info: dict[str, Any]) -> int:
    with contextlib.suppress(KeyError, TypeError, ValueError):
        return int(info["leds"]["count"])
    raise StripError(f"{info.get('name', 'the node')} does not say how many LEDs it has")
