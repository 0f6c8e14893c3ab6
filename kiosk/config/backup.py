"""Where backups go, how long they are kept, and what seals them: `[backup]` of station.toml."""

from typing import NamedTuple

from kiosk.config.table import Table

_PATH = r"[^\x00-\x1f\x7f-\x9f]{1,255}"


class BackupSettings(NamedTuple):
    """`folder`, `second_place` and `key_file` are paths, from the station's home on; None where not set.

    The newest backup of each of `keep_days` days and of each of `keep_weeks` weeks is kept.
    """

    folder: str
    second_place: str | None
    keep_days: int
    keep_weeks: int
    key_file: str | None


def read_backup(table: Table) -> BackupSettings:
    """Raises StationFault(BAD_SETTINGS)."""
    return BackupSettings(
        folder=table.text("folder", "backups", form=_PATH, example="backups"),
        second_place=_path(table, "second_place", "/media/usb/kiosk"),
        keep_days=table.whole("keep_days", 7, 1, 365),
        keep_weeks=table.whole("keep_weeks", 4, 0, 520),
        key_file=_path(table, "key_file", "backup-key"),
    )


def _path(table: Table, key: str, example: str) -> str | None:
    return None if table.get(key, None) is None else table.text(key, "", form=_PATH, example=example)
