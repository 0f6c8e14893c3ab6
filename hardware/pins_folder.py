"""Where the library of the pins works while it is imported; told once, by whoever knows the program's own folder."""

from collections.abc import Callable
from pathlib import Path


class PinsFolder:
    """`inside` gives a private folder, in memory at best, and is asked when pins are needed; None is the system's."""

    def __init__(self) -> None:
        self.inside: Callable[[], Path | None] = lambda: None
        self._name = ""  # lgpio remembers the first one that it was given

    def make(self) -> Path:
        """0700, and the same each time. Raises OSError."""
        if not self._name:
            from tempfile import mkdtemp  # the customer's screen paints before it is needed

            self._name = mkdtemp(prefix="pins-", dir=self.inside())
        Path(self._name).mkdir(mode=0o700, exist_ok=True)
        return Path(self._name)


pins_folder = PinsFolder()
