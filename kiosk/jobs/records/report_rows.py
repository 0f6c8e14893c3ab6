"""A report as a table of figures, for spreadsheets."""

from collections.abc import Iterator
from dataclasses import fields

from kiosk.jobs.records.report import DWELL_HOURS, OF_STAFF, CourierDay, Report


def rows_of(report: Report) -> Iterator[tuple[str, str, int]]:
    """The report as a table: figure, of what, how many."""
    for name, count in report.counts.items():
        yield name, "", count
    if report.in_custody is not None:
        yield "in_custody", "", report.in_custody
    if report.awaited is not None:
        yield "awaited", "", report.awaited
    for rung, count in report.overdue.items():
        yield "overdue", rung, count
    yield from _parts(report)
    for name, hours in (("checked_in_hour", report.hours_in), ("picked_up_hour", report.hours_out)):
        for hour, count in enumerate(hours):
            yield name, f"{hour:02d}", count
    for column, count in enumerate(report.dwell):
        yield "dwell", f"<{DWELL_HOURS[column]}h" if column < len(DWELL_HOURS) else f">={DWELL_HOURS[-1]}h", count
    yield "attempts", "", report.attempts
    yield "wrong_codes", "", report.wrong_codes
    for strip, count in report.light_faults.items():
        yield "light_faults", strip, count


def _parts(report: Report) -> Iterator[tuple[str, str, int]]:
    """Of couriers, of staff by number, of days."""
    for courier, of in report.couriers.items():
        for figure in fields(CourierDay):
            yield figure.name, courier, getattr(of, figure.name)
    for clerk in report.clerks:
        for name in OF_STAFF.values():
            yield f"{name}_by", clerk.who, getattr(clerk, name)
    for day in report.days:
        yield "checked_in_day", day.day.isoformat(), day.checked_in
        yield "picked_up_day", day.day.isoformat(), day.picked_up
