"""kiosk.log, kept small: nobody looks after the disk of a machine in a shop."""

import contextlib
import fcntl
import logging
import os
import shutil
import sys
from pathlib import Path

LARGEST = 1 << 20  # bytes of kiosk.log, and as many of the older kiosk.log.1


class LogFile(logging.FileHandler):
    """Several programs append to one file. Who finds it full copies it aside and empties it in place: so all of them,
    and whatever else has it as its stderr, write on without opening it again."""

    def __init__(self, path: Path, largest: int = LARGEST) -> None:
        super().__init__(path, encoding="utf-8", errors="backslashreplace")
        self._largest = largest

    def emit(self, record: logging.LogRecord) -> None:
        if self._is_full():
            with contextlib.suppress(OSError):  # a full disk loses lines, no screen
                self._empty()
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A line that a full or broken disk does not take is lost; nothing is said of it where people look."""
        if not isinstance(sys.exception(), OSError):
            super().handleError(record)

    def _is_full(self) -> bool:
        return self.stream is not None and os.fstat(self.stream.fileno()).st_size > self._largest

    def _empty(self) -> None:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CLOEXEC)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            if self._is_full():  # and nobody else did it meanwhile
                older = os.open(f"{self.baseFilename}.1", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                with Path(self.baseFilename).open("rb") as full, os.fdopen(older, "wb") as copy:
                    shutil.copyfileobj(full, copy)
                os.ftruncate(descriptor, 0)
        finally:
            os.close(descriptor)
