"""The report of a day or of several for spreadsheets."""

import csv
import io

from kiosk.jobs.records.report import Report
from kiosk.jobs.records.report_rows import rows_of
from kiosk.parcels.safe_csv import safe_cell


def report_csv(answer: Report) -> str:
    """A line for each figure: day, figure, of what, count. No cell begins a formula."""
    file = io.StringIO()
    lines = csv.writer(file, lineterminator="\r\n")
    lines.writerow(["day", "figure", "of", "count"])
    days = report_days(answer).replace("..", "/")  # as ISO 8601 has it
    for name, of, count in rows_of(answer):
        lines.writerow([days, name, safe_cell(of), count])
    return file.getvalue()


def report_days(answer: Report) -> str:
    """`2026-11-22`, or `2026-11-01..2026-11-15`, as it may be asked for again."""
    return f"{answer.day}" if answer.day == answer.until else f"{answer.day}..{answer.until}"
