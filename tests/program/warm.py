"""Short commands without a terminal: each a process of its own, forked from one that has imported the program already.

A child has the arguments, environment, folder and streams it is given, signals as a new process has them, and ends as
`python -m` does; what the interpreter or an import reads of the environment is the same for all of them, see `fits`.
"""

import atexit
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from runpy import run_module
from threading import Lock
from time import monotonic

from tests import left_behind
from tests.environment import environment

_MODULE = "tests.program.warm"
_FOLDER = Path(__file__).parent.parent.parent
_STREAMS = 4  # stdin, stdout, stderr, and where the exit code goes
_READ_LATE = ("HOME", "KIOSK_", "GPIOZERO_", "PYTEST_")
_MOST = 1 << 17  # bytes of a request


class Warm:
    """The process that is forked; it starts with the first command and ends with this one."""

    def __init__(self) -> None:
        self._environment = environment()
        self._line, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._asking = Lock()
        with other:
            self._process = subprocess.Popen(
                [sys.executable, "-m", _MODULE, str(other.fileno())], pass_fds=[other.fileno()],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,  # its children have pipes
                env=self._environment, cwd=_FOLDER,
            )  # fmt: skip
        left_behind.keep(self._process.pid)
        atexit.register(self._end)

    def fits(self, seen: Mapping[str, str]) -> bool:
        """Whether a command in this environment may be forked: what differs is read when it runs, not at an import."""
        named = {name for name in {*seen, *self._environment} if seen.get(name) != self._environment.get(name)}
        return "KIOSK_LANGUAGE" not in named and all(name.startswith(_READ_LATE) for name in named)

    def start(self, module: str, arguments: Sequence[str], seen: Mapping[str, str]) -> "Running":
        """`python -m module arguments…` in that environment."""
        pipes = [os.pipe() for _ in range(_STREAMS - 1)]
        request = json.dumps([module, [*arguments], dict(seen), str(Path.cwd())]).encode()
        nothing = os.open(os.devnull, os.O_RDONLY)
        with self._asking:
            socket.send_fds(self._line, [request], [nothing, *(to for _, to in pipes)])
            told = self._line.recv(32)
        assert told, self._process.communicate()[0]
        for descriptor in (nothing, *(to for _, to in pipes)):
            os.close(descriptor)
        return Running([module, *arguments], int(told), [come for come, _ in pipes])

    def _end(self) -> None:
        self._line.close()
        self._process.communicate(timeout=20)


_warm: list[Warm] = []


def start(module: str, arguments: Sequence[str], seen: Mapping[str, str]) -> "Running | None":
    """`python -m module arguments…`; None where it has to be started cold, which environment() never has to."""
    if not _warm:
        _warm.append(Warm())
    return _warm[0].start(module, arguments, seen) if _warm[0].fits(seen) else None


@dataclass
class Running:
    """One that was started; `finish` has to be called."""

    command: list[str]
    pid: int
    streams: list[int]

    def finish(self, patience_s: float = 30) -> subprocess.CompletedProcess[str]:
        """Read all it writes, and its exit code (negative: the signal). Raises TimeoutExpired, and kills it then."""
        said = dict.fromkeys(self.streams, b"")
        deadline = monotonic() + patience_s
        with selectors.DefaultSelector() as selector:
            for descriptor in self.streams:
                selector.register(descriptor, selectors.EVENT_READ)
            reading = set(self.streams)
            while reading:
                ready = selector.select(max(deadline - monotonic(), 0))
                if not ready:
                    os.kill(self.pid, signal.SIGKILL)
                    for descriptor in reading:
                        os.close(descriptor)
                    raise subprocess.TimeoutExpired(self.command, patience_s)
                for key, _ in ready:
                    data = os.read(key.fd, 65536)
                    said[key.fd] += data
                    if not data:
                        selector.unregister(key.fd)
                        os.close(key.fd)
                        reading.discard(key.fd)
        out, error, code = said.values()
        return subprocess.CompletedProcess(self.command, int(code), out.decode(), error.decode())


def _serve(line: socket.socket) -> list[str]:
    """Fork for each request, and tell how it ended. Returns in the children only: what they are to run."""
    running: dict[int, tuple[int, int]] = {}  # pidfd → pid, where its exit code goes
    selector = selectors.DefaultSelector()
    selector.register(line, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is line:
                request, streams, _, _ = socket.recv_fds(line, _MOST, _STREAMS)
                if not request:
                    os._exit(0)
                pid = os.fork()
                if pid == 0:
                    selector.close()
                    line.close()
                    for pidfd, (_, code) in running.items():
                        os.close(pidfd)
                        os.close(code)
                    return _become(request, streams)
                for descriptor in streams[:-1]:
                    os.close(descriptor)
                pidfd = os.pidfd_open(pid)
                running[pidfd] = pid, streams[-1]
                selector.register(pidfd, selectors.EVENT_READ)
                line.send(str(pid).encode())
            else:
                pid, code = running.pop(key.fd)
                selector.unregister(key.fd)
                os.write(code, str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())
                os.close(code)
                os.close(key.fd)


def _become(request: bytes, streams: list[int]) -> list[str]:
    module, arguments, seen, folder = json.loads(request)
    for number, descriptor in enumerate(streams[:-1]):
        os.dup2(descriptor, number)
    for descriptor in streams:
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(seen)
    os.chdir(folder)
    return [module, *arguments]


def main() -> None:
    import gc
    from importlib import import_module

    from kiosk.cli import _COMMANDS

    for place, _ in _COMMANDS.values():
        import_module(place.partition(":")[0])
    gc.collect()
    gc.freeze()
    module, *arguments = _serve(socket.socket(fileno=int(sys.argv[1])))
    sys.argv[1:] = arguments
    run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
