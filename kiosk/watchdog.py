"""Telling systemd that a program's loop lives: READY, WATCHDOG, STOPPING. See sd_notify(3)."""

import contextlib
import os
import socket
from collections.abc import Mapping


class Watchdog:
    """`environment`: NOTIFY_SOCKET says where to, WATCHDOG_USEC how often; without them nothing is sent."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        path = environment.get("NOTIFY_SOCKET", "")
        self._address = f"\0{path[1:]}" if path.startswith("@") else path
        self._due = 0.0
        self.every_s = float("inf")
        if self._address and environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid()):
            with contextlib.suppress(KeyError, ValueError, OverflowError):
                wanted = int(environment["WATCHDOG_USEC"]) / 1e6
                self.every_s = wanted / 3 if wanted > 0 else self.every_s  # two may get lost

    @property
    def is_awaited(self) -> bool:
        """Whether somebody restarts the program when it falls silent."""
        return self.every_s != float("inf")

    def ready(self) -> None:
        self._send("READY=1")

    def alive(self, now: float) -> None:
        """Call it from every turn of the loop; it sends when it is time. `now` in monotonic seconds."""
        if now >= self._due and self.is_awaited:
            self._due = now + self.every_s
            self._send("WATCHDOG=1")

    def stopping(self) -> None:
        self._send("STOPPING=1")

    def _send(self, state: str) -> None:
        if not self._address:
            return
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.setblocking(False)  # better one message lost than a loop that waits
            line.sendto(state.encode(), self._address)
