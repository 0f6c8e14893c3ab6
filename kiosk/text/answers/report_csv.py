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
    days = answer.day.isoformat() if answer.day == answer.until else f"{answer.day}/{answer.until}"
    for name, of, count in rows_of(answer):
        lines.writerow([days, name, safe_cell(of), count])
    return file.getvalue()
