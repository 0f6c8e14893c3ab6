"""Where backups go, how long they are kept, and what seals them: `[backup]` of station.toml."""

from typing import NamedTuple

from kiosk.config.table import PATH, Table


class BackupSettings(NamedTuple):
    """`folder`, `second_place` and `key_file` are paths, relative ones begin in the home; None where not set.

    `key_kept_at`: where the owner keeps a copy of what opens the backups, in words.

    The newest backup of each of `keep_days` days and of each of `keep_weeks` weeks is kept.
    """

    folder: str
    second_place: str | None
    keep_days: int
    keep_weeks: int
    key_file: str | None
    key_kept_at: str | None = None


def read_backup(table: Table) -> BackupSettings:
    """Raises StationFault(BAD_SETTINGS)."""
    return BackupSettings(
        folder=table.text("folder", "backups", form=PATH, example="backups"),
        second_place=table.path("second_place", "/media/usb/kiosk"),
        keep_days=table.whole("keep_days", 7, 1, 365),
        keep_weeks=table.whole("keep_weeks", 4, 0, 520),
        key_file=table.path("key_file", "backup-key"),
        key_kept_at=table.told("key_kept_at", "the safe in the office"),
    )
