"""Which days a report is of: `2026-11-22`, `week`, `last month`, `2026-11`, `2026-11-01 2026-11-15`."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
MOST_DAYS = 400
_BETWEEN = re.compile(r"\s*(?:\.\.+|/|\s|至|到|~)\s*")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{1,2})", re.IGNORECASE)
_WORDS = {
    "": "today", "今天": "today", "今日": "today", "昨天": "yesterday", "昨日": "yesterday",
    "周": "week", "本周": "week", "这周": "week", "周报": "week", "上周": "last week", "this week": "week",
    "月": "month", "本月": "month", "这个月": "month", "月报": "month", "上月": "last month", "上个月": "last month",
    "this month": "month",
}  # fmt: skip


class Span(NamedTuple):
    """The first day and the last one, both of it."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def read_span(text: str, today: date) -> Span | None:
    """None for what names no days, too many of them, or days that no station has seen. Weeks begin on Monday."""
    folded = " ".join(text.split()).lower()
    try:
        span = _named(_WORDS.get(folded, folded), today) or _written(folded)
    except (ValueError, OverflowError):
        return None
    return span if span and is_span(span) else None


def is_span(span: Span) -> bool:
    return FIRST_DAY <= span.first <= span.last <= LAST_DAY and span.days <= MOST_DAYS


def _named(word: str, today: date) -> Span | None:
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    last_of_before = first - timedelta(days=1)
    named = {
        "today": lambda: Span(today, today),
        "yesterday": lambda: Span(today - timedelta(days=1), today - timedelta(days=1)),
        "week": lambda: Span(monday, today),
        "last week": lambda: Span(monday - timedelta(days=7), monday - timedelta(days=1)),
        "month": lambda: Span(first, today),
        "last month": lambda: Span(last_of_before.replace(day=1), last_of_before),
    }
    return named[word]() if word in named else None


def _written(text: str) -> Span | None:
    if found := _MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2])
        return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    if found := _WEEK.fullmatch(text):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return Span(monday, monday + timedelta(days=6))
    first, *rest = _BETWEEN.split(text)
    if len(rest) > 1:
        return None
    return Span(date.fromisoformat(first), date.fromisoformat(rest[0] if rest else first))
