"""The report of a day: what came, what went, what is here, how long it took, what went wrong."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta

from kiosk.clock import stamped
from kiosk.jobs.shelf.rung import rung_of
from kiosk.jobs.station import Station
from kiosk.parcels.overdue import Overdue
from kiosk.parcels.states import Event, State
from kiosk.store.events import About, read_events
from kiosk.store.file.database import reading
from kiosk.store.tables.attempts import attempts_between, light_faults_between
from kiosk.store.tables.figures import custody, found_later, parcel_events

# What is counted of a day, and by which event. What was taken back later does not count.
COUNTED = {
    Event.ANNOUNCE: "announced",
    Event.CHECK_IN: "checked_in",
    Event.CHECK_OUT: "picked_up",
    Event.DELIVER: "delivered",
    Event.HAND_OVER_RETURN: "returned",
    Event.TRANSFER_OUT: "transferred",
    Event.WRITE_OFF: "lost",
    Event.MARK_MISSING: "missing",
    Event.REMIND: "reminded",
}
DWELL_HOURS = (1, 4, 12, 24, 48, 72, 168)  # upper ends of the columns; the last one is open
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
_WRONG_CODES = ("no_such_code", "wrong_phone_tail")
_SIGN_INS = ("wrong_badge", "wrong_pin")


@dataclass(frozen=True, slots=True)
class CourierDay:
    """One courier's day in parcels."""

    checked_in: int = 0
    picked_up: int = 0
    delivered: int = 0
    returned: int = 0
    transferred: int = 0
    in_custody: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """One business day. Hours are 0 … 23 in the station's time zone; `dwell` counts picked-up parcels by
    DWELL_HOURS; `in_custody` and `overdue` are of now, so they are told for today only.
    """

    day: date
    counts: Mapping[str, int]
    in_custody: int | None
    overdue: Mapping[Overdue, int]
    couriers: Mapping[str, CourierDay]
    hours_in: tuple[int, ...]
    hours_out: tuple[int, ...]
    dwell: tuple[int, ...]
    attempts: int
    wrong_codes: int
    light_faults: Mapping[str, int]


@dataclass(slots=True)
class _Tally:
    """What has been counted so far."""

    counts: Counter[str] = field(default_factory=Counter)
    by_courier: dict[str, Counter[str]] = field(default_factory=dict)
    hours: dict[str, Counter[int]] = field(default_factory=dict)
    dwell: list[int] = field(default_factory=lambda: [0] * (len(DWELL_HOURS) + 1))

    def of(self, courier: str) -> Counter[str]:
        return self.by_courier.setdefault(courier, Counter())


def report(station: Station, day: date) -> Report:
    """Everything of one day, in one reading transaction; changes nothing."""
    since, until = _span(station, day)
    with reading(station.conn):
        tally = _Tally()
        _count_events(station, tally, since, until)
        is_today = day == station.local(station.stamp()).date()
        overdue = _count_custody(station, tally) if is_today else {}
        outcomes = attempts_between(station.conn, since, until)
        faults = light_faults_between(station.conn, since, until)
    couriers = {
        name: CourierDay(**{column.name: of[column.name] for column in fields(CourierDay)})
        for name, of in sorted(tally.by_courier.items())
    }
    hours_in, hours_out = (
        tuple(tally.hours.get(name, Counter())[hour] for hour in range(24)) for name in ("checked_in", "picked_up")
    )
    wrong = sum(outcomes.get(outcome, 0) for outcome in _WRONG_CODES)
    at_the_desk = sum(outcomes.get(outcome, 0) for outcome in _SIGN_INS)
    counts = {name: tally.counts[name] for name in COUNTED.values()}
    in_custody = tally.counts["in_custody"] if is_today else None
    return Report(
        day, counts, in_custody, overdue, couriers, hours_in, hours_out, tuple(tally.dwell),
        sum(outcomes.values()) - at_the_desk, wrong, faults,
    )  # fmt: skip


def _span(station: Station, day: date) -> tuple[str, str]:
    """The business day in UTC, as the database keeps time. A day of summer time may have 23 or 25 hours."""
    zone = station.settings.time_zone
    starts = (datetime.combine(one, time(), zone).astimezone(UTC) for one in (day, day + timedelta(days=1)))
    first, last = map(stamped, starts)
    return first, last


def _count_events(station: Station, tally: _Tally, since: str, until: str) -> None:
    undone, undoing = _undone(station, since)
    found = found_later(station.conn, since, but=undone)
    for seq, event, occurred_at, courier, came in parcel_events(station.conn, since, until):
        name = COUNTED.get(Event(event))
        if name is None or seq in undone or seq in undoing or seq in found:
            continue
        tally.counts[name] += 1
        tally.of(courier)[name] += 1
        tally.hours.setdefault(name, Counter())[station.local(occurred_at).hour] += 1
        if event == Event.CHECK_OUT and came:
            kept = datetime.fromisoformat(occurred_at) - datetime.fromisoformat(came)
            tally.dwell[_dwell_column(kept)] += 1


def _undone(station: Station, since: str) -> tuple[set[int], set[int]]:
    """Events that were taken back, on that day or later, and the events that did it."""
    rows = [row for row, _ in read_events(station.conn, About(since=since)) if '"undoes":' in row.changes]
    return {int(json.loads(row.changes)["undoes"]) for row in rows}, {row.seq for row in rows}


def _dwell_column(kept: timedelta) -> int:
    hours = kept / timedelta(hours=1)
    return next((column for column, end in enumerate(DWELL_HOURS) if hours < end), len(DWELL_HOURS))


def _count_custody(station: Station, tally: _Tally) -> dict[Overdue, int]:
    overdue = dict.fromkeys(Overdue, 0)
    for courier, state, came in custody(station.conn):
        tally.counts["in_custody"] += 1
        tally.of(courier)["in_custody"] += 1
        rung = rung_of(station, came)
        if rung and state in (State.SHELVED, State.CHECKED_IN):
            overdue[rung] += 1
    return overdue


def rows_of(report: Report) -> Iterator[tuple[str, str, int]]:
    """The report as a table: figure, of what, how many."""
    for name, count in report.counts.items():
        yield name, "", count
    if report.in_custody is not None:
        yield "in_custody", "", report.in_custody
    for rung, count in report.overdue.items():
        yield "overdue", rung, count
    for courier, of in report.couriers.items():
        for figure in fields(CourierDay):
            yield figure.name, courier, getattr(of, figure.name)
    for name, hours in (("checked_in_hour", report.hours_in), ("picked_up_hour", report.hours_out)):
        for hour, count in enumerate(hours):
            yield name, f"{hour:02d}", count
    for column, count in enumerate(report.dwell):
        yield "dwell", f"<{DWELL_HOURS[column]}h" if column < len(DWELL_HOURS) else f">={DWELL_HOURS[-1]}h", count
    yield "attempts", "", report.attempts
    yield "wrong_codes", "", report.wrong_codes
    for strip, count in report.light_faults.items():
        yield "light_faults", strip, count
