"""Holding a station against its plan after a day: every figure of the report, every rule, every code."""

import json
from collections.abc import Iterator
from datetime import timedelta

from kiosk.clock import Clock
from kiosk.home import StationHome
from kiosk.jobs.records.report import report
from kiosk.jobs.station import open_station
from kiosk.safety.verify import verify
from kiosk.store.file.sqlite import sqlite3
from scripts.busy_day.plan import MIDNIGHT, Day

_CUSTODY = ("CHECKED_IN", "SHELVED", "RETURN_PENDING", "MISSING")


def differences(home: StationHome, day: Day) -> Iterator[str]:
    """Whatever is not as planned, one line each."""
    end = MIDNIGHT + timedelta(hours=23)
    station = open_station(home, terminal="check", who="manager", clock=Clock(now=lambda: end))
    told = report(station, station.local(station.stamp()).date())
    verdict = verify(station)
    yield from (f"{violation.rule}: {violation.detail}" for violation in verdict.violations)
    yield from codes_issued_twice(station.conn)
    station.close()
    wanted = day.expected
    for name in ("checked_in", "picked_up", "delivered", "returned", "missing", "transferred", "lost"):
        yield from _compare(name, told.counts[name], wanted.counts[name])
    yield from _compare("in custody", told.in_custody, wanted.counts["in_custody"])
    yield from _compare("wrong codes", told.wrong_codes, wanted.wrong_codes)
    yield from _compare("in by the hour", told.hours_in, tuple(wanted.hours_in[hour] for hour in range(24)))
    yield from _compare("out by the hour", told.hours_out, tuple(wanted.hours_out[hour] for hour in range(24)))
    yield from _compare("dwell", told.dwell, tuple(wanted.dwell))
    for courier, counts in wanted.couriers.items():
        for name in ("checked_in", "picked_up", "returned", "in_custody"):
            yield from _compare(f"{name} of {courier}", getattr(told.couriers[courier], name), counts[name])
    yield from _compare("couriers", sorted(told.couriers), sorted(wanted.couriers))


def _compare(what: str, told: object, wanted: object) -> Iterator[str]:
    if told != wanted:
        yield f"{what}: the report says {told}, the plan {wanted}"


def codes_issued_twice(conn: sqlite3.Connection) -> Iterator[str]:
    """Read from the raw log alone: no two parcels in custody ever had the same code."""
    holder: dict[str, int] = {}
    parcels: dict[int, dict[str, object]] = {}
    rows = conn.execute("SELECT seq, subject_id, changes FROM events WHERE subject = 'parcel' ORDER BY seq")
    for seq, number, changes in rows:
        parcel = parcels.setdefault(number, {})
        old = parcel.get("code")
        parcel.update(json.loads(changes))
        code = parcel.get("code")
        if old is not None and (old != code or parcel["state"] not in _CUSTODY) and holder.get(str(old)) == number:
            del holder[str(old)]
        if code is not None and parcel["state"] in _CUSTODY and holder.setdefault(str(code), number) != number:
            yield f"event {seq}: {code} belongs to two parcels in custody"
