"""Waiting for another thread or process: for a condition, never for a time."""

from collections.abc import Callable
from threading import Event
from time import monotonic

PATIENCE_S = 20.0
_LOOK_S = 0.01


def until(condition: Callable[[], object]) -> None:
    """Returns as soon as `condition()` is true; fails after 20 s."""
    deadline = monotonic() + PATIENCE_S
    pause = Event()
    while not condition():
        assert monotonic() < deadline, "what was waited for never came"
        pause.wait(_LOOK_S)
