"""What of a station is nobody else's business: who may read or write its folder and the files with secrets in them."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kiosk.config import Settings, read_settings
from kiosk.faults import StationFault
from kiosk.home import StationHome

_OTHERS, _OTHERS_WRITE, _GROUP, _GROUP_WRITES = 0o007, 0o002, 0o070, 0o020
# What a station's folder holds of itself. Where there is more it is somebody's folder for other things, too.
_OWN = ("station.", "key", "recovery", "kiosk.log", "backups", "aside", "labels", "run", ".")


class Wide(NamedTuple):
    """More may touch `path` than should: permissions `mode`, `wanted` instead. `is_secret`: it holds nothing else.

    `is_narrowed`: that was mended at once.
    """

    path: Path
    mode: int
    wanted: int
    is_secret: bool = False
    is_narrowed: bool = False

    @property
    def may_be_written(self) -> bool:
        return bool(self.mode & ~self.wanted & (_OTHERS_WRITE | _GROUP_WRITES))


def wide_files(home: StationHome, settings: Settings | None = None) -> Iterator[Wide]:
    """The folder, station.toml, database and log and, where the settings can be read, the files of secrets that they
    name. What is not there, or may not be looked at, is nobody's concern here."""
    yield from _folder(home.folder)
    # A group may read the settings: the appliance's does; it may write them where it shares the folder.
    yield from _file(home.settings, 0o660 if _is_shared(home.folder) else 0o640, settings_mode(home))
    for path in (home.database, home.write_ahead_log, home.log_file):
        yield from _file(path, 0o660, 0o660)
    for path in secret_files(home, settings) if settings else ():
        yield from _file(path, 0o600, 0o600, is_secret=True)
    if settings and settings.web.private_key:  # many systems have a group that may read keys
        yield from _file(home.folder / settings.web.private_key, 0o640, 0o640, is_secret=True)


def secret_files(home: StationHome, settings: Settings) -> Iterator[Path]:
    """Those with a secret of a message channel in them."""
    for channel in settings.messages.channels:
        for name in (channel.url_file, channel.password_file):
            if name is not None:
                yield home.folder / name


def narrowed(home: StationHome) -> list[Wide]:
    """Folder, station.toml, keys and files of secrets are closed to others, where they are ours to close; what is not
    stays and is told. Nobody's own folder with other things in it is touched: it may be meant to be read."""
    try:
        settings = read_settings(home.settings) if home.settings.exists() else None
    except StationFault:
        settings = None
    keys = [home.key, *([home.folder / settings.backup.key_file] if settings and settings.backup.key_file else [])]
    found = [*wide_files(home, settings), *(wide for key in keys for wide in _file(key, 0o600, 0o600, is_secret=True))]
    return [wide._replace(is_narrowed=_narrow(home, wide)) for wide in found]


def settings_mode(home: StationHome) -> int:
    """Of a new station.toml, which may get passwords: its owner's alone, unless a group shares the folder (setgid)."""
    return 0o640 if _is_shared(home.folder) else 0o600


def _narrow(home: StationHome, wide: Wide) -> bool:
    if wide.path == home.folder and (wide.mode & stat.S_ISVTX or not _holds_a_station_alone(home)):
        return False
    try:
        if home.folder.stat().st_uid != os.geteuid():  # whose station.toml may be a link to anywhere
            return False
        wide.path.chmod(wide.wanted)
    except OSError:
        return False
    return True


def _holds_a_station_alone(home: StationHome) -> bool:
    try:
        return all(one.name.startswith(_OWN) for one in home.folder.iterdir())
    except OSError:
        return False


def _folder(path: Path) -> Iterator[Wide]:
    mode = _mode(path)
    kept = ~_OTHERS if mode & stat.S_ISGID else ~(_OTHERS | _GROUP_WRITES)
    if mode & ~kept:
        yield Wide(path, mode, mode & kept)


def _file(path: Path, allowed: int, wanted: int, *, is_secret: bool = False) -> Iterator[Wide]:
    mode = _mode(path)
    if mode & ~allowed & (_OTHERS | _GROUP):
        yield Wide(path, mode, mode & wanted, is_secret)


def _is_shared(folder: Path) -> bool:
    return bool(_mode(folder) & stat.S_ISGID)


def _mode(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0
