"""When a night's work begins, as an instant: a wall clock skips hours and days, and shows some twice."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def newest_night(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The last instant up to `now` at which a clock in `zone` came to `at`, in UTC. Each night has exactly one: a
    time that is shown twice counts the first time, one that is skipped is as long after the jump as it would have
    been, and a day that is skipped shares the night after it."""
    today = now.astimezone(zone).date()
    nights = (_instant(today - timedelta(days=ago), at, zone) for ago in range(3))
    return next(night for night in nights if night <= now)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
