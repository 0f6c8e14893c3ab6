"""Which days a report is of: `2026-11-22`, `week`, `last month`, `2026-11`, `11月`, `2026/11/30 2026/12/2`."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
MOST_DAYS = 400
_BETWEEN = re.compile(r"\s+[-–—]\s+|\s*(?:\.\.+|/|\s|至|到|~)\s*")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_LAST_DAYS = re.compile(r"(?:last |最?近|过去)\s?([0-9]{1,3})\s?(?:days?|天|日)")
# As people write a date, with no year where the last such day or month is meant: `2026年11月30日`, `11/30`, `11月`.
_SIGNS = re.compile(r"(?<=[0-9])\s*[年月./]\s*(?=[0-9])")
_DATE = re.compile(r"([0-9]{4}-)?([0-9]{1,2})-([0-9]{1,2})")
_LONE_MONTH = re.compile(r"([0-9]{1,2})月份?")
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{1,2})", re.IGNORECASE)
_WORDS = {
    "": "today", "今天": "today", "今日": "today", "昨天": "yesterday", "昨日": "yesterday",
    "周": "week", "本周": "week", "这周": "week", "周报": "week", "上周": "last week", "this week": "week",
    "月": "month", "本月": "month", "这个月": "month", "月报": "month", "上月": "last month", "上个月": "last month",
    "this month": "month", "今年": "year", "本年": "year", "this year": "year", "去年": "last year",
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
        span = _named(_WORDS.get(folded, folded), today) or _written(folded, today)
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
        "year": lambda: Span(today.replace(month=1, day=1), today),
        "last year": lambda: Span(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }
    if found := _LAST_DAYS.fullmatch(word):
        return Span(today - timedelta(days=int(found[1]) - 1), today)
    return named[word]() if word in named else None


def _written(text: str, today: date) -> Span | None:
    if found := _WEEK.fullmatch(text):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return Span(monday, monday + timedelta(days=6))
    first, *rest = _BETWEEN.split(text) if _BETWEEN.search(text) and not _is_day(text) else [text]
    spans = [_days_of(part, today) for part in (first, *rest)]
    return Span(spans[0].first, spans[-1].last) if len(spans) < 3 else None


def _is_day(text: str) -> bool:
    """`2026/11/30`, `11/30`: the slash stands between two days as well."""
    return bool(_DATE.fullmatch(_SIGNS.sub("-", text)))


def _days_of(text: str, today: date) -> Span:
    """A day or a month. Raises ValueError."""
    text = _SIGNS.sub("-", text).removesuffix("份").removesuffix("日").removesuffix("号")
    if found := _MONTH.fullmatch(text.removesuffix("月")):
        return _month(int(found[1]), int(found[2]))
    if found := _LONE_MONTH.fullmatch(text):
        whole = _month(today.year, int(found[1]))
        return whole if whole.first <= today else _month(today.year - 1, int(found[1]))
    if found := _DATE.fullmatch(text):
        month, day = int(found[2]), int(found[3])
        if found[1]:
            return Span(*[date(int(found[1][:-1]), month, day)] * 2)
        this = date(today.year, month, day)
        return Span(*[this if this <= today else date(today.year - 1, month, day)] * 2)
    return Span(*[date.fromisoformat(text)] * 2)


def _month(year: int, month: int) -> Span:
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
