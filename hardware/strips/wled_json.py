"""Asking a WLED node by JSON over HTTP. https://kno.wled.ge/interfaces/json-api/"""

import contextlib
import json
import socket
from http.client import HTTPConnection, HTTPException
from typing import Any

from hardware.strips.wiring import WledWiring
from hardware.trouble import DeviceError

TIMEOUT_S = 1.5
_LONGEST_ANSWER = 65_536  # bytes; the longest, /json/live, is a few kilobytes


class NodeBusy(DeviceError):
    """Its one buffer for JSON is in use; it goes on showing what it is sent."""


class NotThere(DeviceError):
    """This build of the firmware has no such page."""


_KINDS: dict[int, type[DeviceError]] = {503: NodeBusy, 404: NotThere, 501: NotThere}


class WledJson:
    """One node's JSON, asked in one thread; abort() may come from another, for a node may drip for ever."""

    def __init__(self, chips: WledWiring) -> None:
        self._chips = chips
        self._line: socket.socket | None = None
        self._aborted = False

    def ask(self, path: str, change: dict[str, Any] | None = None) -> dict[str, Any]:
        """The node's answer to GET, or to POST of a change. Raises DeviceError when it does not answer like WLED."""
        host = self._chips.host
        connection = HTTPConnection(host, self._chips.http_port, timeout=TIMEOUT_S)
        body = None if change is None else json.dumps(change)
        headers = {"Content-Type": "application/json"} if body else {}
        try:
            connection.connect()
            self._line = connection.sock
            if self._aborted:
                raise DeviceError("node {host} is not asked any more", host=host)
            connection.request("GET" if body is None else "POST", path, body, headers)
            answer = connection.getresponse()
            read = answer.read(_LONGEST_ANSWER)
            if answer.status != 200:
                kind = _KINDS.get(answer.status, DeviceError)
                raise kind("node {host} answers {path} with HTTP {status}", host=host, path=path, status=answer.status)
            found = json.loads(read)
        except (OSError, HTTPException) as broken:
            raise DeviceError("node {host} does not answer: {reason}", host=host, reason=_reason(broken)) from broken
        except (ValueError, RecursionError) as broken:
            raise DeviceError("node {host} is no WLED", host=host) from broken
        finally:
            connection.close()
        if not isinstance(found, dict):
            raise DeviceError("node {host} is no WLED", host=host)
        return found

    def abort(self) -> None:
        """Hang up; whoever waits for an answer gets an error."""
        self._aborted = True
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


def _reason(broken: Exception) -> str:
    return getattr(broken, "strerror", None) or str(broken) or type(broken).__name__
