"""Which backups go: a rule of its own, so that it can be tried on any calendar."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.safety.backup_files import Backup


def outdated(
    backups: Sequence[Backup], now: datetime, zone: ZoneInfo, *, days: int, weeks: int, made: str = ""
) -> list[Backup]:
    """Those of one place that go: not the newest, not the newest good one of a day or week that is still kept.

    What cannot be read is kept for as long as the oldest good one: it may only want an older key. What is dated ahead
    of the clock stays too: nobody knows which of the two is wrong. `made`, the one just made, stays whatever its date.
    """
    today = now.astimezone(zone).date()
    oldest = today - timedelta(days=max(days, 7 * weeks))
    newest_first = sorted(backups, key=lambda one: one.made_at, reverse=True)
    kept: set[Path] = {one.path for one in backups if one.path.name == made or one == newest_first[0]}
    kept |= {one.path for one in [b for b in newest_first if b.is_good][:1]}
    of_days: dict[date, Path] = {}
    of_weeks: dict[tuple[int, int], Path] = {}
    for backup in newest_first:
        day = backup.made_at.astimezone(zone).date()
        if day > today or (not backup.is_good and day > oldest):
            kept.add(backup.path)
        elif backup.is_good:
            if day > today - timedelta(days=days):
                of_days.setdefault(day, backup.path)
            if day > today - timedelta(days=7 * weeks):
                of_weeks.setdefault(day.isocalendar()[:2], backup.path)
    kept |= {*of_days.values(), *of_weeks.values()}
    return [backup for backup in backups if backup.path not in kept]
