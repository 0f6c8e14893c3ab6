"""Waking the light owner: a datagram on a Unix socket in the runtime folder."""

import contextlib
import socket
from pathlib import Path

SOCKET_NAME = "owner.sock"


class Bell:
    """Rung after a lease has changed. It never blocks and never fails: without an owner nobody hears it."""

    def __init__(self, runtime: Path) -> None:
        self._path = str(runtime / SOCKET_NAME)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def ring(self) -> bool:
        """True when an owner heard it (a full queue means that it is awake already)."""
        try:
            self._socket.sendto(b"!", self._path)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return True

    def close(self) -> None:
        self._socket.close()


def listen(runtime: Path) -> socket.socket:
    """The owner's end, non-blocking. Only the holder of the owner's lock may call this."""
    path = runtime / SOCKET_NAME
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    bell = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    bell.bind(str(path))
    bell.setblocking(False)
    return bell
