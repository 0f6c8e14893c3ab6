"""Reports of several stations, as their programs wrote them (`kiosk report --json`), added up to one."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import reduce
from typing import Any

from kiosk.jobs.records.report import ClerkDay, CourierDay, DayFigures, Report
from kiosk.parcels.overdue import Overdue
from kiosk.parcels.problems import Problem, Refused

_HOURS, _DWELL = 24, 8


def read_report(told: Mapping[str, Any]) -> Report:
    """What a station told of itself. Raises ValueError, KeyError, TypeError or AttributeError for what is no report."""
    day = date.fromisoformat(told["day"])
    hours_in, hours_out = _figures(told["hours_in"], _HOURS), _figures(told["hours_out"], _HOURS)
    return Report(
        day,
        _counts(told["counts"]),
        _maybe(told.get("in_custody")),
        {Overdue(rung): _whole(count) for rung, count in told["overdue"].items()},
        {str(name): _courier(of) for name, of in told["couriers"].items()},
        hours_in,
        hours_out,
        _figures(told["dwell"], _DWELL),
        _whole(told["attempts"]),
        _whole(told["wrong_codes"]),
        _counts(told["light_faults"]),
        date.fromisoformat(told.get("until", told["day"])),
        tuple(map(str, told.get("stations", ()))),
        _maybe(told.get("awaited")),
        tuple(_clerk(of) for of in told.get("clerks", ())),
        tuple(
            DayFigures(date.fromisoformat(of["day"]), _whole(of["checked_in"]), _whole(of["picked_up"]))
            for of in told.get("days", ())
        ),
    )


def add_reports(reports: Sequence[Report]) -> Report | Refused:
    """Of the same days, and each station once: two of one would count its parcels twice."""
    stations = Counter(number for one in reports for number in one.stations)
    twice = sorted(number for number, times in stations.items() if times > 1)
    if twice:
        return Refused(Problem.STATION_TWICE, detail=", ".join(twice))
    spans = sorted({f"{one.day} - {one.until}" for one in reports})
    if len(spans) != 1:
        return Refused(Problem.REPORTS_DIFFER, detail=", ".join(spans))
    return reduce(_added, map(_with_names, reports))


def _with_names(one: Report) -> Report:
    """Clerks and strips have their station's number before theirs: every station has a clerk 1."""
    before = f"{'+'.join(one.stations)}/" if one.stations else ""
    clerks = tuple(replace(clerk, who=f"{before}{clerk.who}") for clerk in one.clerks)
    faults = {f"{before}{strip}": count for strip, count in one.light_faults.items()}
    return replace(one, clerks=clerks, light_faults=faults)


def _added(one: Report, other: Report) -> Report:
    return Report(
        one.day,
        _sum(one.counts, other.counts),
        _both(one.in_custody, other.in_custody),
        {rung: one.overdue.get(rung, 0) + other.overdue.get(rung, 0) for rung in {**one.overdue, **other.overdue}},
        {
            name: _sum_of(CourierDay, one.couriers.get(name, CourierDay()), other.couriers.get(name, CourierDay()))
            for name in sorted({*one.couriers, *other.couriers})
        },
        _pairwise(one.hours_in, other.hours_in),
        _pairwise(one.hours_out, other.hours_out),
        _pairwise(one.dwell, other.dwell),
        one.attempts + other.attempts,
        one.wrong_codes + other.wrong_codes,
        _sum(one.light_faults, other.light_faults),
        one.until,
        (*one.stations, *other.stations),
        _both(one.awaited, other.awaited),
        (*one.clerks, *other.clerks),
        tuple(
            DayFigures(a.day, a.checked_in + b.checked_in, a.picked_up + b.picked_up)
            for a, b in zip(one.days, other.days, strict=True)
        )
        if len(one.days) == len(other.days)
        else (),
    )


def _sum_of(kind: Callable[..., CourierDay], one: CourierDay, other: CourierDay) -> CourierDay:
    return kind(**{of.name: getattr(one, of.name) + getattr(other, of.name) for of in fields(CourierDay)})


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {name: one.get(name, 0) + other.get(name, 0) for name in {**one, **other}}


def _both(one: int | None, other: int | None) -> int | None:
    """Not known of one, not known of both."""
    return None if one is None or other is None else one + other


def _pairwise(one: Iterable[int], other: Iterable[int]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _courier(of: Mapping[str, Any]) -> CourierDay:
    known = {figure.name for figure in fields(CourierDay)}
    return CourierDay(**{name: _whole(count) for name, count in of.items() if name in known})


def _clerk(of: Mapping[str, Any]) -> ClerkDay:
    known = {figure.name for figure in fields(ClerkDay)} - {"who"}
    return ClerkDay(str(of["who"]), **{name: _whole(count) for name, count in of.items() if name in known})


def _counts(of: Mapping[str, Any]) -> dict[str, int]:
    return {str(name): _whole(count) for name, count in of.items()}


def _figures(of: Sequence[Any], how_many: int) -> tuple[int, ...]:
    if len(of) != how_many:
        raise ValueError(f"{len(of)} figures instead of {how_many}")
    return tuple(map(_whole, of))


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"no count: {value!r}")
    return value


def _maybe(value: Any) -> int | None:
    return None if value is None else _whole(value)
