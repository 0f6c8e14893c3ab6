"""The report of a day, or of several: what came, went and is here, how long it took, who did it, what went wrong."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta

from kiosk.clock import stamped
from kiosk.jobs.shelf.rung import rung_of
from kiosk.jobs.station import Station
from kiosk.parcels.overdue import Overdue
from kiosk.parcels.roles import may
from kiosk.parcels.sheets import StationEvent
from kiosk.parcels.states import Event, State
from kiosk.store.events import About, read_events
from kiosk.store.file.database import reading
from kiosk.store.tables.attempts import attempts_between, light_faults_between
from kiosk.store.tables.figures import custody, found_later, parcel_events
from kiosk.store.tables.sheets import expected_parcels
from kiosk.store.tables.staff import is_staffs

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
# What is told of each of the staff, by their numbers and never by their names.
OF_STAFF = {
    Event.CHECK_IN: "checked_in",
    Event.SHELVE: "put_away",
    Event.CHECK_OUT: "handed_over",
    Event.DELIVER: "delivered",
    Event.HAND_OVER_RETURN: "returned",
}
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
    awaited: int = 0


@dataclass(frozen=True, slots=True)
class ClerkDay:
    """What one of the staff did, in parcels."""

    who: str
    checked_in: int = 0
    put_away: int = 0
    handed_over: int = 0
    delivered: int = 0
    returned: int = 0


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day of several."""

    day: date
    checked_in: int
    picked_up: int


@dataclass(frozen=True, slots=True)
class Report:
    """Days from `day` to `until`. Hours are 0 … 23 in the station's time zone; `dwell` counts picked-up parcels
    by DWELL_HOURS; `in_custody`, `overdue` and `awaited` (announced, not come) are of now, so they are told with today
    only. `clerks`: by number; all to whom all are shown, else whoever asks. `stations`: several where reports were
    added up.
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
    until: date = date.min
    stations: tuple[str, ...] = ()
    awaited: int | None = None
    clerks: tuple[ClerkDay, ...] = ()
    days: tuple[DayFigures, ...] = ()


@dataclass(slots=True)
class _Tally:
    """What has been counted so far."""

    counts: Counter[str] = field(default_factory=Counter)
    by_courier: dict[str, Counter[str]] = field(default_factory=dict)
    hours: dict[str, Counter[int]] = field(default_factory=dict)
    by_staff: dict[str, Counter[str]] = field(default_factory=dict)
    by_day: dict[date, Counter[str]] = field(default_factory=dict)
    dwell: list[int] = field(default_factory=lambda: [0] * (len(DWELL_HOURS) + 1))

    def of(self, courier: str) -> Counter[str]:
        return self.by_courier.setdefault(courier, Counter())


def report(station: Station, day: date, until: date | None = None) -> Report:
    """Everything of one day, or of all until another, in one reading transaction; changes nothing."""
    last = until or day
    since, before = _span(station, day, last)
    with reading(station.conn):
        tally = _Tally()
        _count_events(station, tally, since, before)
        is_today = day <= station.local(station.stamp()).date() <= last
        overdue = _count_custody(station, tally) if is_today else {}
        outcomes = attempts_between(station.conn, since, before)
        faults = light_faults_between(station.conn, since, before)
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
        sum(outcomes.values()) - at_the_desk, wrong, faults, last, (station.settings.number,),
        tally.counts["awaited"] if is_today else None, _clerks(station, tally), _days(tally, day, last),
    )  # fmt: skip


def _clerks(station: Station, tally: _Tally) -> tuple[ClerkDay, ...]:
    """By their numbers, so that nobody is first; a clerk sees their own figures, a manager all."""
    sees_all = may(station.role, StationEvent.CHANGE_STAFF)
    shown = (who for who in tally.by_staff if sees_all or who == station.who)
    return tuple(ClerkDay(who, **tally.by_staff[who]) for who in sorted(shown, key=_by_number))


def _by_number(who: str) -> tuple[int, str]:
    return len(who), who


def _days(tally: _Tally, first: date, last: date) -> tuple[DayFigures, ...]:
    """Of one day alone there is nothing more to tell."""
    if first == last:
        return ()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    counted = ((day, tally.by_day.get(day, Counter())) for day in days)
    return tuple(DayFigures(day, of["checked_in"], of["picked_up"]) for day, of in counted)


def _span(station: Station, first: date, last: date) -> tuple[str, str]:
    """The business days in UTC, as the database keeps time. A day of summer time may have 23 or 25 hours."""
    zone = station.settings.time_zone
    starts = (datetime.combine(one, time(), zone).astimezone(UTC) for one in (first, last + timedelta(days=1)))
    since, before = map(stamped, starts)
    return since, before


def _count_events(station: Station, tally: _Tally, since: str, until: str) -> None:
    undone, undoing = _undone(station, since)
    found = found_later(station.conn, since, but=undone)
    for seq, event, occurred_at, courier, came, who in parcel_events(station.conn, since, until):
        name, of_staff = COUNTED.get(Event(event)), OF_STAFF.get(Event(event))
        if seq in undone or seq in undoing:
            continue
        if of_staff and is_staffs(who):
            tally.by_staff.setdefault(who, Counter())[of_staff] += 1
        if name is None or seq in found:
            continue
        tally.counts[name] += 1
        tally.of(courier)[name] += 1
        at = station.local(occurred_at)
        tally.hours.setdefault(name, Counter())[at.hour] += 1
        tally.by_day.setdefault(at.date(), Counter())[name] += 1
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
    for one in expected_parcels(station.conn):
        tally.counts["awaited"] += 1
        tally.of(one.courier)["awaited"] += 1
    return overdue
