"""What is written of requests that are none: a line each, and not many of one address."""

import logging
from collections.abc import Callable

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

_MOST, _WINDOW_S = 3, 60.0  # lines of one address in so many seconds
_MOST_ADDRESSES = 256  # in that time; more of them get no line
_LONGEST = 160
_THEIRS = (HttpProcessingError, web.RequestPayloadError, ConnectionError)


class _Sparing(logging.Filter):
    """What a browser did wrong is one line. A defect of ours is told whole; of one address neither again and again."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._written: dict[str, int] = {}
        self._since = monotonic()

    def filter(self, record: logging.LogRecord) -> bool:
        if not self._has_room(str(record.args)):
            return False
        broken = record.exc_info[1] if record.exc_info else None
        if isinstance(broken, _THEIRS):
            why = " ".join(str(broken).split())[:_LONGEST]
            record.msg, record.args = "%s: %s", (record.getMessage(), why.encode("ascii", "replace").decode())
            record.exc_info = record.exc_text = None
        return True

    def _has_room(self, address: str) -> bool:
        now = self._monotonic()
        if now - self._since >= _WINDOW_S:
            self._written, self._since = {}, now
        if address not in self._written and len(self._written) >= _MOST_ADDRESSES:
            return False
        self._written[address] = self._written.get(address, 0) + 1
        return self._written[address] <= _MOST


def journal(monotonic: Callable[[], float]) -> logging.Logger:
    """For the server. `monotonic`: seconds of a clock that nobody sets."""
    log = logging.Logger("kiosk.web.requests", logging.WARNING)
    log.parent = logging.getLogger("kiosk.web")
    log.addFilter(_Sparing(monotonic))
    return log
