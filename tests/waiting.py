"""Waiting for another thread or process: for a condition, never for a time."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import IO

PATIENCE_S = 20.0
_LOOK_S = 0.01


def until(condition: Callable[[], object]) -> None:
    """Returns as soon as `condition()` is true; fails after 20 s. A condition that may block belongs into Lines."""
    assert came_true(condition, PATIENCE_S), "what was waited for never came"


def came_true(condition: Callable[[], object], patience_s: float) -> bool:
    """Whether it does within so many seconds."""
    deadline = monotonic() + patience_s
    pause = Event()
    while not condition():
        if monotonic() >= deadline:
            return False
        pause.wait(_LOOK_S)
    return True


class Lines:
    """What a child writes, line by line, read by a thread that ends with the child: nobody waits for ever."""

    def __init__(self, stream: IO[str]) -> None:
        self._came: SimpleQueue[str] = SimpleQueue()
        self._stream = stream
        self._thread = Thread(target=self._read, name="lines of a child", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        for line in self._stream:
            self._came.put(line)
        self._came.put("")

    def next(self) -> str:
        """With its end of line; empty when the child has closed its side. Fails after 20 s."""
        try:
            return self._came.get(timeout=PATIENCE_S)
        except Empty:
            raise AssertionError("no line came") from None

    def until(self, wanted: str) -> str:
        """The first line that holds it; fails when none comes any more."""
        while wanted not in (line := self.next()):
            assert line, f"it ended without {wanted!r}"
        return line
