"""Programs that start warm: each a process of its own, forked from one that has imported the program already.

A child has the arguments, environment, folder and streams it is given, signals as a new process has them, and ends as
`python -m` does; what the interpreter or an import reads of the environment is the same for all of them, see `fits`.
"""

import atexit
import fcntl
import json
import os
import select
import selectors
import signal
import socket
import subprocess
import sys
import termios
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
_OF_SCREENS = ("kiosk.screens.customer.app", "kiosk.screens.desk.app", "kiosk.screens.demo.app", "kiosk.lights.owner",
               "hardware.mocks.lightmock")  # fmt: skip


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
        nothing = os.open(os.devnull, os.O_RDONLY)
        streams = [nothing, *(to for _, to in pipes)]
        pid = self._forked(module, arguments, seen, streams)
        for descriptor in streams:
            os.close(descriptor)
        return Running([module, *arguments], pid, [come for come, _ in pipes])

    def start_in_terminal(
        self, module: str, arguments: Sequence[str], seen: Mapping[str, str], slave: int
    ) -> "InTerminal":
        """The same with a terminal of its own for all three streams."""
        code, to = os.pipe()
        pid = self._forked(module, arguments, seen, [slave, slave, slave, to], in_terminal=True)
        os.close(to)
        return InTerminal(pid, code)

    def _forked(
        self, module: str, arguments: Sequence[str], seen: Mapping[str, str], streams: list[int], *,
        in_terminal: bool = False,
    ) -> int:  # fmt: skip
        request = json.dumps([module, [*arguments], dict(seen), str(Path.cwd()), in_terminal]).encode()
        with self._asking:
            socket.send_fds(self._line, [request], streams)
            told = self._line.recv(32)
        assert told, self._process.communicate()[0]
        return int(told)

    def _end(self) -> None:
        self._line.close()
        self._process.communicate(timeout=20)


_warm: list[Warm] = []


def _for(seen: Mapping[str, str]) -> Warm | None:
    """None for what has to be started cold, which environment() never has to."""
    if not _warm:
        _warm.append(Warm())
    return _warm[0] if _warm[0].fits(seen) else None


def start(module: str, arguments: Sequence[str], seen: Mapping[str, str]) -> "Running | None":
    """`python -m module arguments…`; None where it has to be started cold."""
    warm = _for(seen)
    return warm.start(module, arguments, seen) if warm else None


def start_in_terminal(
    module: str, arguments: Sequence[str], seen: Mapping[str, str], slave: int
) -> "InTerminal | None":
    """The same with `slave` as its terminal."""
    warm = _for(seen)
    return warm.start_in_terminal(module, arguments, seen, slave) if warm else None


class InTerminal:
    """As much of a Popen as whoever sits at the terminal asks for."""

    def __init__(self, pid: int, code: int) -> None:
        self.pid, self._code = pid, code
        self.returncode: int | None = None

    def poll(self) -> int | None:
        return self._look(0)

    def wait(self, timeout: float) -> int:
        code = self._look(timeout)
        if code is None:
            raise subprocess.TimeoutExpired([str(self.pid)], timeout)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _look(self, seconds: float) -> int | None:
        if self.returncode is None and select.select([self._code], [], [], seconds)[0]:
            self.returncode = int(os.read(self._code, 16))
            os.close(self._code)
        return self.returncode


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
    module, arguments, seen, folder, in_terminal = json.loads(request)
    for number, descriptor in enumerate(streams[:-1]):
        os.dup2(descriptor, number)
    for descriptor in streams:
        os.close(descriptor)
    if in_terminal:
        os.setsid()
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that its keys are signals
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
    for name in _OF_SCREENS:
        import_module(name)
    gc.collect()
    gc.freeze()
    module, *arguments = _serve(socket.socket(fileno=int(sys.argv[1])))
    sys.argv[1:] = arguments
    run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
