"""Where a station lives on disk: its home, and its runtime folder in memory."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.faults import Fault, StationFault, expected

_MEMORY = Path("/dev/shm")


@dataclass(frozen=True, slots=True)
class StationHome:
    """The folder of one station, and what lies in it."""

    folder: Path

    @property
    def settings(self) -> Path:
        return self.folder / "station.toml"

    @property
    def database(self) -> Path:
        return self.folder / "station.db"

    @property
    def write_ahead_log(self) -> Path:
        return self.folder / "station.db-wal"

    @property
    def log_file(self) -> Path:
        return self.folder / "kiosk.log"

    @property
    def key(self) -> Path:
        return self.folder / "key"

    @property
    def recovery(self) -> Path:
        """The key sealed with the recovery phrase, where one was made."""
        return self.folder / "recovery"

    @property
    def aside(self) -> Path:
        """Databases that were replaced, and what was saved of damaged ones: a folder each, named by its time."""
        return self.folder / "aside"

    def runtime(self) -> Path:
        """A private folder in memory, the same for every process that serves this home; made when missing.

        Light leases, the owner's lock and its socket live there: lighting a slot costs no flush to the SD card.
        """
        try:
            folder, owner = self.runtime_place(), self.folder.stat().st_uid
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.is_symlink() or folder.stat().st_uid not in (owner, os.geteuid()):
                raise StationFault(
                    Fault.UNWRITABLE_HOME, path=folder, detail=expected("the folder belongs to somebody else")
                )
        except OSError as broken:
            raise StationFault(Fault.UNWRITABLE_HOME, path=broken.filename, detail=broken.strerror or "") from broken
        return folder

    def runtime_place(self) -> Path:
        """Where the runtime folder is or would be, for who only looks: made by a stranger, it would lock its owner
        out. Raises OSError where there is no home."""
        owner = self.folder.stat().st_uid
        name = hashlib.sha256(os.fsencode(self.folder.resolve())).hexdigest()[:12]
        return _MEMORY / f"station-kiosk-{owner}-{name}" if os.access(_MEMORY, os.W_OK) else self.folder / "run"


def default_home() -> Path:
    """The platform's data folder for one user (XDG on Linux)."""
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "station-kiosk"
