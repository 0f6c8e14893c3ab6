"""A lock that ends with the process that has it, and names it: the kernel frees a flock even after SIGKILL."""

import fcntl
import os
from pathlib import Path
from typing import TextIO

_TRIES = 20  # somebody who only looks who has it is in the way for a moment


class FileLock:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def try_lock(self, name: str) -> bool:
        """Take the lock and write `name` into it; False when somebody else has it."""
        file = self._path.open("a+", encoding="utf-8")
        for _ in range(_TRIES):
            if _taken(file):
                break
            if self.locked_by() is not None:
                file.close()
                return False
        else:
            file.close()
            return False
        file.truncate(0)
        file.write(f"{os.getpid()} {name}\n")
        file.flush()
        self._file = file
        return True

    def locked_by(self) -> str | None:
        """Who has it now (`pid name`), None when it is free."""
        try:
            with self._path.open(encoding="utf-8") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except OSError:
                    return file.read().strip() or None
        except OSError:
            return None
        return None

    def is_in_place(self) -> bool:
        """Whether the file that is locked is still the one that others would lock."""
        try:
            return self._file is not None and os.path.samestat(os.fstat(self._file.fileno()), self._path.stat())
        except OSError:
            return False

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _taken(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
