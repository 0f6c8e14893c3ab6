"""What every scanner that is read here does, and what may be wrong with it."""

import errno
import glob
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hardware.scanners.framing import Framing, Reading
from hardware.scanners.wiring import Frame
from hardware.trouble import Trouble, group_of, trouble_of


class ScannerError(Exception):
    """A scanner cannot be read. `device`: the path it is about; `detail`: whose group may, what to install, or why."""

    def __init__(self, trouble: Trouble, device: str, detail: str = "") -> None:
        super().__init__(f"{trouble}: {device} {detail}".rstrip())
        self.trouble, self.device, self.detail = trouble, device, detail


class ScannerSource(ABC):
    """An open scanner: whoever reads waits on fileno() until it has something."""

    is_ready = True  # False while it is not certain yet that it works
    patience_s: float | None = None  # for how long nothing may come until quiet() has to be called

    @abstractmethod
    def fileno(self) -> int: ...

    @abstractmethod
    def read(self, t: float) -> list[Reading]:
        """What has come by now. Raises ScannerError or OSError when the scanner has gone."""

    def quiet(self, t: float) -> list[Reading]:
        """Nothing came for `patience_s`. Raises as read() does."""
        del t
        return []

    @abstractmethod
    def close(self) -> None: ...


class CharacterSource(ScannerSource):
    """A scanner whose codes come as characters."""

    def __init__(self, device: str, fd: int, frame: Frame) -> None:
        self._device, self._fd, self._framing = device, fd, Framing(frame)

    def fileno(self) -> int:
        return self._fd

    @property
    def patience_s(self) -> float | None:  # type: ignore[override]  # of a code that is begun
        return self._framing.patience_s

    def read(self, t: float) -> list[Reading]:
        try:
            with naming_trouble(self._device):
                data = os.read(self._fd, 4096)
        except BlockingIOError:
            return []
        if not data:
            raise ScannerError(Trouble.NOT_FOUND, self._device)
        return self._framing.feed(self.characters(data), t)

    def quiet(self, t: float) -> list[Reading]:
        return self._framing.quiet(t)

    @abstractmethod
    def characters(self, data: bytes) -> str:
        """What the bytes of the device say."""

    def close(self) -> None:
        os.close(self._fd)


def find_device(pattern: str, root: Path = Path("/")) -> str:
    """The device as a path: of several that fit a pattern, the first. Raises ScannerError(NOT_FOUND)."""
    if pattern.startswith("name:"):
        for file in sorted(root.glob("sys/class/input/event*/device/name")):
            if file.read_text("utf-8", "replace").strip() == pattern.removeprefix("name:").strip():
                return str(root / "dev/input" / file.parent.parent.name)
        raise ScannerError(Trouble.NOT_FOUND, pattern)
    paths = [pattern] if Path(pattern).exists() else sorted(glob.glob(pattern))  # noqa: PTH207 - of whole paths
    if not paths:
        raise ScannerError(Trouble.NOT_FOUND, pattern)
    return paths[0]


@contextmanager
def naming_trouble(device: str) -> Iterator[None]:
    """The system's reasons as ours."""
    try:
        yield
    except BlockingIOError:
        raise
    except OSError as broken:
        raise scanner_error(broken, device) from broken


def scanner_error(broken: OSError, device: str) -> ScannerError:
    """EIO is what a pulled plug says."""
    trouble = Trouble.NOT_FOUND if broken.errno == errno.EIO else trouble_of(broken)
    match trouble:
        case Trouble.NOT_PERMITTED:
            return ScannerError(trouble, device, group_of(device))
        case Trouble.FAILED:
            return ScannerError(trouble, device, broken.strerror or type(broken).__name__)
    return ScannerError(trouble, device)
