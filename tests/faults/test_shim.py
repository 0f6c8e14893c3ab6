"""The shim: what it sees, what it breaks, and that it leaves everything else alone."""

import errno
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.faults.shim import Action, Break, Calls, Control, Shim
from scripts.faults.trace import Op, read_trace
from tests.environment import environment

WRITE_TWICE = """
import os
f = os.open("{folder}/f", os.O_RDWR | os.O_CREAT)
for n in range(2):
    try:
        os.write(1, b"%d\\n" % os.pwrite(f, b"x" * 1000, n * 1000))
        os.fdatasync(f)
    except OSError as broken:
        os.write(1, b"%d\\n" % broken.errno)
os.ftruncate(f, 5)
os.close(f)
os.unlink("{folder}/f")
open("{elsewhere}", "w").write("not seen")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def run(shim: Shim, folder: Path, script: str = WRITE_TWICE, **how: object) -> subprocess.CompletedProcess[str]:
    script = script.format(folder=folder, elsewhere=folder.parent / "elsewhere")
    seen = environment(**shim.environment(folder, **how))  # type: ignore[arg-type]
    return subprocess.run([sys.executable, "-c", script], env=seen, capture_output=True, text=True, check=False)


def broken(shim: Shim, folder: Path, kind: Break) -> tuple[subprocess.CompletedProcess[str], int]:
    """How it went, and how many calls were broken."""
    control = Control(folder.parent / "control")
    control.arm(kind)
    done = run(shim, folder, control=control.path)
    hits = control.disarm()
    control.close()
    return done, hits


def test_it_sees_everything_in_order(shim: Shim, folder: Path, tmp_path: Path) -> None:
    done = run(shim, folder, trace=tmp_path / "trace", ack_fd=1)
    assert done.stdout == "1000\n1000\n"
    seen = [(record.op, record.name, record.offset, len(record.data)) for record in read_trace(tmp_path / "trace")]
    flush = [(Op.FLUSH_BEGINS, "f", 0, 0), (Op.FLUSH_ENDS, "f", 0, 0)]
    assert seen == [
        (Op.CREATE, "f", 0, 0), (Op.WRITE, "f", 0, 1000), (Op.TOLD, "", 0, 5), *flush,
        (Op.WRITE, "f", 1000, 1000), (Op.TOLD, "", 0, 5), *flush, (Op.SIZE, "f", 5, 0), (Op.UNLINK, "f", 0, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "said", "hits"),
    [
        (Break(calls=Calls.WRITE, let_through=1), [1000, errno.EIO], 1),
        (Break(calls=Calls.FLUSH), [1000, errno.EIO, 1000], 1),
        (Break(Action.SHORT, Calls.WRITE, errno.ENOSPC, times=-1, suffix="f"), [500, errno.ENOSPC], 3),
        (Break(suffix="-wal", times=-1), [1000, 1000], 0),
    ],
)
def test_it_breaks_the_call_that_is_asked_for(
    shim: Shim, folder: Path, kind: Break, said: list[int], hits: int
) -> None:
    done, struck = broken(shim, folder, kind)
    assert list(map(int, done.stdout.split())) == said
    assert struck == hits


def test_it_kills_in_the_middle_of_a_write(shim: Shim, folder: Path) -> None:
    done, _ = broken(shim, folder, Break(Action.KILL, Calls.WRITE, let_through=1))
    assert done.returncode == -signal.SIGKILL and done.stdout == "1000\n"
    assert (folder / "f").stat().st_size == 1500


def test_it_moves_the_wall_clock_only(shim: Shim, folder: Path) -> None:
    control = Control(folder.parent / "control")
    control.shift_clock(365 * 86400)
    script = "import datetime, time; print(datetime.datetime.now().timestamp(), time.time(), time.monotonic())"
    real = run(shim, folder, script).stdout.split()
    shifted = run(shim, folder, script, control=control.path).stdout.split()
    control.close()
    ahead = [float(there) - float(here) for there, here in zip(shifted, real, strict=True)]
    assert [round(seconds / 86400) for seconds in ahead] == [365, 365, 0]
