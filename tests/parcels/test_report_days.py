from datetime import date

import pytest

from kiosk.parcels.report_days import read_span

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("", "2026-11-25", "2026-11-25"), ("today", "2026-11-25", "2026-11-25"), ("昨天", "2026-11-24", "2026-11-24"),
        ("week", "2026-11-23", "2026-11-25"), ("本周", "2026-11-23", "2026-11-25"), ("周", "2026-11-23", "2026-11-25"),
        ("last week", "2026-11-16", "2026-11-22"), ("上周", "2026-11-16", "2026-11-22"),
        ("month", "2026-11-01", "2026-11-25"), ("last month", "2026-10-01", "2026-10-31"),
        ("Month", "2026-11-01", "2026-11-25"), ("上月", "2026-10-01", "2026-10-31"),
        ("2026-02", "2026-02-01", "2026-02-28"), ("2028-2", "2028-02-01", "2028-02-29"),
        ("2026-W01", "2025-12-29", "2026-01-04"), ("2026-11-22", "2026-11-22", "2026-11-22"),
        ("2026-11-01 2026-11-15", "2026-11-01", "2026-11-15"), ("2026-11-01..2026-11-15", "2026-11-01", "2026-11-15"),
        ("2026-11-01 至 2026-11-15", "2026-11-01", "2026-11-15"), ("2026-11-01/2026-11-15", "2026-11-01", "2026-11-15"),
    ],
)  # fmt: skip
def test_days_as_people_name_them(text: str, first: str, last: str) -> None:
    span = read_span(text, TODAY)
    assert span is not None and (span.first.isoformat(), span.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["someday", "2026-13", "2026-02-30", "2026-11-15 2026-11-01", "9999-12-31", "1999-12-31", "2026-W54", "2020-01-01"
     " 2026-01-01", "2026-11-01 2026-11-02 2026-11-03", "2026", "-", ".."],
)  # fmt: skip
def test_what_names_no_days(text: str) -> None:
    assert read_span(text, TODAY) is None


def test_a_week_may_begin_in_the_year_before() -> None:
    span = read_span("week", date(2027, 1, 1))
    assert span is not None and span.first == date(2026, 12, 28)
