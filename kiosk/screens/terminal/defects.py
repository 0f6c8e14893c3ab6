"""Defects told in the log, and there alone: where and of what kind, never what was scanned or what variables held."""

import logging
import sys
import threading
import traceback
from collections.abc import Mapping
from types import TracebackType

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_CHAIN = 5
log = logging.getLogger("kiosk.screens")
_ExcInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)  # as logging has it


def told(defect: BaseException) -> str:
    """Files, lines and kinds, the cause last. The message of an exception often quotes what it choked on."""
    lines: list[str] = []
    cause: BaseException | None = defect
    for _ in range(_CHAIN):
        if cause is None:
            break
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}{_reason(cause)}")
        frames = traceback.extract_tb(cause.__traceback__)
        lines += [f"  {one.filename}:{one.lineno} in {one.name}: {one.line}" for one in frames]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


def _reason(defect: BaseException) -> str:
    """The system's own words quote nobody."""
    return f": {defect.strerror}" if isinstance(defect, OSError) and defect.strerror else ""


class DiscreetFormatter(logging.Formatter):
    """Tells exceptions as `told`, whoever logs them."""

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - logging's name
        return told(ei[1]) if ei[1] is not None else ""


def tell_defects_in_the_log() -> None:
    """From now on nothing of a defect is said on the terminal: not by threads, nor by logging itself."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(DiscreetFormatter(FORMAT))
    logging.raiseExceptions = False
    threading.excepthook = _tell_of_thread
    sys.unraisablehook = _tell_unraisable


def tell_of_loop(loop: object, context: Mapping[str, object]) -> None:
    """For asyncio, which would quote the exception of a task that nobody waited for."""
    del loop
    defect = context.get("exception")
    log.error("the loop met something\n%s", told(defect) if isinstance(defect, BaseException) else "?")


def _tell_of_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        log.error("the thread %s ended\n%s", args.thread.name if args.thread else "?", told(args.exc_value))


def _tell_unraisable(args: "sys.UnraisableHookArgs") -> None:
    if args.exc_value is not None:
        log.error("nobody could be told\n%s", told(args.exc_value))
