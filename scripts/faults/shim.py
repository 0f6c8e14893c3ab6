"""The shim (shim.c) built and steered: which calls fail from now on, and how wrong the wall clock is."""

import errno
import mmap
import shutil
import struct
import subprocess
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from pathlib import Path

_SOURCE = Path(__file__).with_name("shim.c")
_CONTROL = struct.Struct("<iiiiiiq16s")
_HITS, _CLOCK = struct.Struct("<i"), struct.Struct("<q")
_HITS_AT, _CLOCK_AT = 20, 24


class NoCompiler(Exception):
    """There is no `cc` here; on Debian: sudo apt install gcc libc6-dev."""


class Action(IntEnum):
    """What happens to a call: it fails, writes a first half before it fails, or the process dies in it."""

    OFF = 0
    FAIL = 1
    SHORT = 2
    KILL = 3


class Calls(IntFlag):
    """Which calls: writes and truncations, flushes, and those that open for writing, delete or rename."""

    WRITE = 1
    FLUSH = 2
    NAME = 4


@dataclass(frozen=True, slots=True)
class Break:
    """`times` calls are broken after `let_through` of them (-1: all), on files whose names end with `suffix`."""

    action: Action = Action.FAIL
    calls: Calls = Calls.WRITE | Calls.FLUSH
    error: int = errno.EIO
    let_through: int = 0
    times: int = 1
    suffix: str = ""


def build_shim(folder: Path) -> Path:
    """Compile it into `folder`; the same for every process. Raises NoCompiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise NoCompiler(NoCompiler.__doc__)
    library = folder / "shim.so"
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", str(library), str(_SOURCE), "-ldl"], check=True)
    return library


class Control:
    """What the shim in other processes reads before each call; they follow at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.exists():
            path.write_bytes(bytes(_CONTROL.size))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _CONTROL.size)

    def arm(self, broken: Break) -> None:
        """From now on; the clock stays as it is. The action is set last, for others read meanwhile."""
        self.disarm()
        clock = _CLOCK.unpack_from(self._map, _CLOCK_AT)[0]
        end = broken.suffix.encode()
        values = (0, broken.calls, broken.error, broken.let_through, broken.times, 0, clock, end)
        self._map[:] = _CONTROL.pack(*values)
        _HITS.pack_into(self._map, 0, broken.action)

    def disarm(self) -> int:
        """All is well again; returns how many calls were broken."""
        _HITS.pack_into(self._map, 0, Action.OFF)
        return self.hits

    @property
    def hits(self) -> int:
        """How many calls were broken since arm()."""
        return int(_HITS.unpack_from(self._map, _HITS_AT)[0])

    def shift_clock(self, seconds: int) -> None:
        """The wall clock is wrong by so much; the monotonic one never is."""
        _CLOCK.pack_into(self._map, _CLOCK_AT, seconds)

    def close(self) -> None:
        self._map.close()


@dataclass(frozen=True, slots=True)
class Shim:
    """The built library, and the environment that puts it between a program and a folder."""

    library: Path

    def environment(
        self, folder: Path, *, trace: Path | None = None, control: Path | None = None, ack_fd: int | None = None
    ) -> dict[str, str]:
        """`trace`: where to append what happens; `control`: a Control's file; `ack_fd`: what is told to somebody."""
        told = {
            "LD_PRELOAD": str(self.library),
            "FAULTS_FOLDER": str(folder.resolve()),
            "FAULTS_TRACE": str(trace) if trace else None,
            "FAULTS_CONTROL": str(control) if control else None,
            "FAULTS_ACK_FD": str(ack_fd) if ack_fd is not None else None,
        }
        return {name: value for name, value in told.items() if value is not None}
