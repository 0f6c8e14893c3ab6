"""Asking a WLED node by JSON over HTTP. https://kno.wled.ge/interfaces/json-api/"""

import json
from http.client import HTTPConnection, HTTPException
from typing import Any

from hardware.strips import StripError, WledWiring

TIMEOUT_S = 1.5
_LONGEST_ANSWER = 65_536  # bytes; the longest, /json/live, is a few kilobytes


def ask(chips: WledWiring, path: str, change: dict[str, Any] | None = None) -> dict[str, Any]:
    """The node's answer to GET, or to POST of a change. Raises StripError when it does not answer like WLED."""
    connection = HTTPConnection(chips.host, chips.http_port, timeout=TIMEOUT_S)
    body = None if change is None else json.dumps(change)
    try:
        connection.request(
            "GET" if body is None else "POST", path, body, {"Content-Type": "application/json"} if body else {}
        )
        answer = connection.getresponse()
        read = answer.read(_LONGEST_ANSWER)
        if answer.status != 200:
            raise StripError(f"node {chips.host} answers {path} with HTTP {answer.status}")
        found = json.loads(read)
    except (OSError, HTTPException) as broken:
        raise StripError(f"node {chips.host} does not answer: {broken or type(broken).__name__}") from broken
    except ValueError as broken:
        raise StripError(f"node {chips.host} is no WLED: {broken}") from broken
    finally:
        connection.close()
    if not isinstance(found, dict):
        raise StripError(f"node {chips.host} is no WLED")
    return found
