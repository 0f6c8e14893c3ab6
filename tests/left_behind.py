"""What a test started and did not end: threads and child processes."""

import os
import threading
from pathlib import Path

from tests.waiting import came_true

_PATIENCE_S = 5.0  # a thread that was told to end may need a moment
# Pools that a library keeps for the process's life.
_KEPT = ("asyncio_", "ThreadPoolExecutor")
_kept_children: set[int] = set()


def keep(pid: int) -> None:
    """A child that serves one test after the other, and ends with the tests."""
    _kept_children.add(pid)


def threads() -> set[threading.Thread]:
    return {one for one in threading.enumerate() if not one.name.startswith(_KEPT)}


def children() -> set[int]:
    """Process ids, those that ended and were not waited for among them; what a kept child started counts too."""
    parents = {os.getpid(), *_kept_children}
    listed = [file for parent in parents for file in Path(f"/proc/{parent}/task").glob("*/children")]
    return {int(child) for file in listed for child in _read(file).split()} - _kept_children


def what_is_left(threads_before: set[threading.Thread], children_before: set[int]) -> str:
    """In words; nothing where all has ended, after a moment's patience."""
    came_true(lambda: threads() <= threads_before and children() <= children_before, _PATIENCE_S)
    left = [f"thread {one.name}" for one in threads() - threads_before]
    return ", ".join(left + [f"process {pid} ({_command(pid)})" for pid in children() - children_before])


def _command(pid: int) -> str:
    return _read(Path(f"/proc/{pid}/cmdline")).replace("\0", " ").strip() or "ended, not waited for"


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
