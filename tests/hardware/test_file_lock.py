import sys
from pathlib import Path

from hardware.file_lock import FileLock
from tests.children import PIPE, child
from tests.waiting import Lines

_HOLD = (
    "import sys; from pathlib import Path; from hardware.file_lock import FileLock;"
    "lock = FileLock(Path(sys.argv[1])); print(lock.try_lock('other'), flush=True); sys.stdin.read()"
)


def test_the_lock_names_its_holder_and_dies_with_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    mine = FileLock(path)
    assert mine.locked_by() is None
    with child([sys.executable, "-c", _HOLD, str(path)], stdin=PIPE, stdout=PIPE) as other:
        assert other.stdout
        assert Lines(other.stdout).next() == "True\n"
        assert not mine.try_lock("me")
        assert mine.locked_by() == f"{other.pid} other"
    assert mine.try_lock("me")
    assert not FileLock(path).try_lock("somebody else")
    mine.release()
    assert FileLock(path).locked_by() is None
