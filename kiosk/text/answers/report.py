"""The report of a day or of several, its charts drawn with characters."""

from collections.abc import Sequence

from kiosk.jobs.records.report import DWELL_HOURS, Report
from kiosk.text import N_, Say
from kiosk.text.answers.lists import rung_name
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.courier_names import courier_name
from kiosk.text.line_breaks import cells, padded

_FIGURES = {
    "announced": N_("announced"),
    "checked_in": N_("checked in"),
    "picked_up": N_("picked up"),
    "delivered": N_("delivered"),
    "returned": N_("returned to courier"),
    "transferred": N_("transferred"),
    "lost": N_("written off"),
    "missing": N_("missing"),
    "reminded": N_("reminded"),
}
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_CHART_ROWS = 3
_BAR = 40  # cells of the longest bar


def report(say: Say, answer: Report) -> Words:
    """Figures in the lines, couriers and charts in the table."""
    counts = [f"{say(_FIGURES[name])} {count}" for name, count in answer.counts.items() if count]
    days = f"{answer.day}" if answer.day == answer.until else f"{answer.day} - {answer.until}"
    several = f"{', '.join(answer.stations)}  " if len(answer.stations) > 1 else ""
    lines = [f"{several}{days}  " + say(", ").join(counts)]
    if answer.in_custody is not None:
        overdue = [f"{rung_name(say, rung)} {count}" for rung, count in answer.overdue.items() if count]
        here = [say("{count} in custody", count=answer.in_custody), *overdue]
        if answer.awaited:
            here.append(say("{count} announced and not arrived (which: expected)", count=answer.awaited))
        lines.append(say(", ").join(here))
    faults = sum(answer.light_faults.values())
    lines.append(
        say("code attempts: {attempts}, of them wrong: {wrong}; light faults: {faults}", attempts=answer.attempts,
            wrong=answer.wrong_codes, faults=faults)
    )  # fmt: skip
    heads = (say("in"), say("out"), say("home"), say("back"), say("sent on"), say("here"), say("to come"))
    table = [_row("", heads)]
    for courier, day in answer.couriers.items():
        of = (day.checked_in, day.picked_up, day.delivered, day.returned, day.transferred, day.in_custody, day.awaited)
        table.append(_row(courier_name(say, courier), of))
    table += [*_clerks(say, answer), *_days(say, answer)]
    most = max(*answer.hours_in, *answer.hours_out, 1)
    for title, hours in ((say("In by the hour"), answer.hours_in), (say("Out by the hour"), answer.hours_out)):
        table += ["", f"{title} ({sum(hours)})", *columns(hours, most)]
    table += ["", say("Dwell of what was picked up"), *_dwell(answer.dwell)]
    return Words(say("REPORT"), Mood.CALM, "", tuple(lines), tuple(table))


def _row(first: str, cells_of: Sequence[object]) -> str:
    return padded(first[:20], 20) + "".join(" " * (8 - cells(str(cell))) + str(cell) for cell in cells_of)


def _clerks(say: Say, answer: Report) -> list[str]:
    """By their numbers, in the order of these."""
    if not answer.clerks:
        return []
    heads = (say("in"), say("shelved"), say("out"), say("home"), say("back"))
    rows = (
        _row(one.who, (one.checked_in, one.put_away, one.handed_over, one.delivered, one.returned))
        for one in answer.clerks
    )
    return ["", _row(say("By staff number"), heads), *rows]


def _days(say: Say, answer: Report) -> list[str]:
    if not answer.days:
        return []
    rows = (_row(f"{one.day:%Y-%m-%d}", (one.checked_in, one.picked_up)) for one in answer.days)
    return ["", _row(say("By day"), (say("in"), say("out"))), *rows]


def columns(values: Sequence[int], most: int) -> list[str]:
    """A chart of 24 columns, three cells each, and the hours below. `most` is the highest column's value."""
    steps = [round(value / most * _CHART_ROWS * 8) for value in values]
    steps = [max(step, 1) if value else 0 for step, value in zip(steps, values, strict=True)]
    rows = [
        "".join(_EIGHTHS[min(max(step - 8 * row, 0), 8)] * 2 + " " for step in steps).rstrip()
        for row in range(_CHART_ROWS - 1, -1, -1)
    ]
    return [*rows, " ".join(f"{hour:02d}" for hour in range(len(values)))]


def _dwell(dwell: Sequence[int]) -> list[str]:
    most = max(*dwell, 1)
    ends = [f"< {_span(hours)}" for hours in DWELL_HOURS] + [f"> {_span(DWELL_HOURS[-1])}"]
    return [
        f"{end:>6} {'█' * round(count / most * _BAR)} {count}"
        for end, count in zip(ends, dwell, strict=True)
    ]  # fmt: skip


def _span(hours: int) -> str:
    return f"{hours} h" if hours < 48 else f"{hours // 24} d"
