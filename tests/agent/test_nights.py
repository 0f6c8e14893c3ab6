"""Every night once, whatever the clocks of a zone do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from kiosk.agent.nights import newest_night

YEAR = datetime(2026, 11, 22, tzinfo=UTC)
QUARTERS = 4 * 6  # of an hour, in a quarter of a day
TIMES = (time(0), time(0, 30), time(2, 30), time(23, 45))


def offsets(zone: str) -> tuple[timedelta | None, ...]:
    """How far the zone is from UTC, four times a day for a year."""
    return tuple((YEAR + timedelta(hours=6 * n)).astimezone(ZoneInfo(zone)).utcoffset() for n in range(4 * 366))


def moments(of: tuple[timedelta | None, ...]) -> Iterator[datetime]:
    """A year in quarters of a day, and in quarters of an hour for two days round each change."""
    changes = {n for n in range(1, len(of)) if of[n] != of[n - 1]}
    for n in range(len(of)):
        is_near = any(n - 5 < change < n + 5 for change in changes)
        for quarter in range(QUARTERS if is_near else 1):
            yield YEAR + timedelta(hours=6 * n, minutes=15 * quarter)


def test_each_night_of_a_year_comes_once_in_every_zone_of_the_database() -> None:
    alike = {offsets(zone): zone for zone in sorted(available_timezones())}
    assert len(alike) > 40
    for of, name in alike.items():
        zone = ZoneInfo(name)
        for at in TIMES:
            nights = [newest_night(moment, at, zone) for moment in moments(of)]
            assert nights == sorted(nights), (name, at)
            days = [date.fromordinal(YEAR.date().toordinal() + n) for n in range(366)]
            expected = {datetime.combine(day, at, zone).astimezone(UTC) for day in days[1:-1]}
            assert expected <= set(nights) and len(set(nights) - expected) <= 3, (name, at)


@pytest.mark.parametrize(
    ("zone", "now", "night"),
    [
        ("Europe/Berlin", "2027-03-28 00:59", "2027-03-27 01:30"),  # 01:59 there; the next minute is 03:00
        ("Europe/Berlin", "2027-03-28 01:05", "2027-03-27 01:30"),  # 03:05: 02:30 was skipped, half an hour of it waits
        ("Europe/Berlin", "2027-03-28 01:31", "2027-03-28 01:30"),
        ("Europe/Berlin", "2026-10-25 00:40", "2026-10-25 00:30"),  # 02:40, for the first time
        ("Europe/Berlin", "2026-10-25 01:40", "2026-10-25 00:30"),  # and for the second
        ("Pacific/Apia", "2011-12-31 00:00", "2011-12-30 12:30"),  # the 30th was no day there
        ("Asia/Shanghai", "2026-11-30 19:00", "2026-11-30 18:30"),
    ],
)
def test_nights_that_are_skipped_or_come_twice(zone: str, now: str, night: str) -> None:
    found = newest_night(datetime.fromisoformat(now).replace(tzinfo=UTC), time(2, 30), ZoneInfo(zone))
    assert f"{found:%Y-%m-%d %H:%M}" == night
