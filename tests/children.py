"""Threads and programs that end with the block that started them, whatever happens in it."""

import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Thread

from tests.environment import environment
from tests.waiting import PATIENCE_S

PIPE = subprocess.PIPE


@contextmanager
def working(run: Callable[[], object], stop: Callable[[], object]) -> Iterator[Thread]:
    """`run` in a thread; it is told to `stop` at the end of the block, and does."""
    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield thread
    finally:
        stop()
        thread.join(PATIENCE_S)
    assert not thread.is_alive()


@contextmanager
def child(
    command: Sequence[str], *, stdin: int | None = None, stdout: int | None = None, stderr: int | None = None,
    more: Mapping[str, str] | None = None,
) -> Iterator["subprocess.Popen[str]"]:  # fmt: skip
    """A program in the tests' environment and `more`; killed at the end of the block if it still runs."""
    process = subprocess.Popen(
        command, stdin=stdin, stdout=stdout, stderr=stderr, text=True, env=environment(**(more or {}))
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None and not stream.closed:
                stream.close()
