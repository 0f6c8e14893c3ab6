"""Which backups go: a rule of its own, so that it can be tried on any calendar."""

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.safety.backup_files import Backup


def outdated(
    backups: Sequence[Backup], now: datetime, zone: ZoneInfo, *, days: int, weeks: int, made: str = ""
) -> list[Backup]:
    """Those of one place that go. The newest stays, and of the good ones the newest of each of so many days and weeks
    *that have one*: their age is never looked at, so that no clock can make the last good ones old.

    What cannot be read may only want an older key: it is kept until there is a good one of each of so many days, all
    of them younger. What is dated ahead stays too. `made`, the one just made, stays whatever its date; before it is
    made, there is room for one of now.
    """
    newest_first = sorted(backups, key=lambda one: one.made_at, reverse=True)
    counted = [one for one in newest_first if one.is_good and not one.is_ahead(now)]
    coming = None if made else now
    of_days = _newest_of_each(counted, days, lambda at: at.astimezone(zone).date(), coming)
    of_weeks = _newest_of_each(counted, weeks, lambda at: at.astimezone(zone).isocalendar()[:2], coming)
    good = counted[:1] + of_days + of_weeks
    is_full = len(of_days) + bool(coming) >= days
    oldest = min((one.made_at for one in good), default=now)
    kept = {one.path for one in (*newest_first[:1], *good)}
    return [
        one
        for one in backups
        if one.path not in kept and one.path.name != made and not one.is_ahead(now)
        and (one.is_good or (is_full and one.made_at < oldest))
    ]  # fmt: skip


def _newest_of_each(
    newest_first: Sequence[Backup], most: int, span: Callable[[datetime], Hashable], coming: datetime | None
) -> list[Backup]:
    """One of each of the last `most` days or weeks in which there is any, or in which one is coming."""
    firsts: dict[Hashable, Backup | None] = {} if coming is None else {span(coming): None}
    for backup in newest_first:
        name = span(backup.made_at)
        if len(firsts) < most or name in firsts:
            firsts[name] = firsts.get(name) or backup
    return [backup for backup in firsts.values() if backup is not None]
