"""Couriers' manifests as the log tells them: which parcels each named, what has come of them; withdrawing one."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from kiosk.jobs.allowed import allowed
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import Event, State
from kiosk.store.actions import seq_of
from kiosk.store.events import STATION_ID, About, read_events
from kiosk.store.tables.own_words import told_words
from kiosk.store.tables.parcels import by_id
from kiosk.store.tables.sheets import Ranges, as_ranges, in_ranges

_AT_ONCE = 1000  # parcels in one transaction; a desk at work waits no longer than for so many
MOST_LEFT = 100  # waybills that are named
SHOWN = 20  # manifests of a list


class TakenManifest(NamedTuple):
    """`number` counts the manifests of this station from 1; `named`: its parcels by id; `at` in UTC."""

    number: int
    file: str
    courier: str | None
    at: str
    who: str
    named: Ranges
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class ManifestStory:
    """What has come of a manifest, in parcels. Times are in the station's time zone."""

    manifest: int
    file: str
    courier: str | None
    at: datetime
    named: int
    came: int
    missing: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class ManifestList:
    """The last ones, newest first."""

    manifests: tuple[ManifestStory, ...]


@dataclass(frozen=True, slots=True)
class ManifestWithdrawn:
    """`withdrawn` parcels are expected no more; `came` had come and stay; `kept`: another manifest names them too."""

    manifest: int
    file: str
    courier: str | None
    withdrawn: int
    came: int
    kept: int


def record_manifest(
    station: Station, *, file: str, courier: str | None, named: Iterable[int], counts: dict[str, int]
) -> int:
    """Write down which parcels a file named; returns the number of the manifest. Call inside a transaction."""
    facts = {"courier": courier, "note": file, "named": as_ranges(named), **counts}
    station.record_about(StationEvent.TAKE_MANIFEST, Subject.STATION, None, {}, facts=facts)
    return len(taken_manifests(station))


def taken_manifests(station: Station) -> list[TakenManifest]:
    """All of this station, oldest first."""
    taken: list[TakenManifest] = []
    withdrawn: set[int] = set()
    for row, _ in read_events(station.conn, About(Subject.STATION, STATION_ID)):
        if row.event == StationEvent.WITHDRAW_MANIFEST:
            withdrawn.add(json.loads(row.changes)["manifest"])
        elif row.event == StationEvent.TAKE_MANIFEST:
            facts = told_words(station.conn, json.loads(row.changes))
            ranges = tuple((first, last) for first, last in facts["named"])  # type: ignore[attr-defined]
            number, courier = len(taken) + 1, facts["courier"]
            file, at = str(facts["note"]), row.occurred_at
            taken.append(
                TakenManifest(number, file, str(courier) if courier else None, at, row.who, ranges, is_withdrawn=False)
            )
    return [one._replace(is_withdrawn=one.number in withdrawn) for one in taken]


def left_out_of(station: Station, named: Iterable[int]) -> tuple[str, ...]:
    """Waybills that are still expected by manifests of which a file names some parcels, but not these: it may be a
    corrected one of theirs."""
    ids, left = sorted(set(named)), set()
    for one in taken_manifests(station) if ids else ():
        if not one.is_withdrawn and any(bisect_left(ids, first) < bisect_right(ids, last) for first, last in one.named):
            rows = in_ranges(station.conn, one.named)
            left |= {number for number, state, _ in rows if state == State.EXPECTED}
    left -= set(ids)
    return tuple(by_id(station.conn, number).numbered_waybill for number in sorted(left)[:MOST_LEFT])


def list_manifests(station: Station) -> ManifestList:
    newest = reversed(taken_manifests(station)[-SHOWN:])
    return ManifestList(tuple(_story(station, one) for one in newest))


def _story(station: Station, one: TakenManifest) -> ManifestStory:
    rows = in_ranges(station.conn, one.named)
    came = sum(has_come for _, _, has_come in rows)
    missing = sum(state == State.EXPECTED for _, state, _ in rows)
    return ManifestStory(
        one.number, one.file, one.courier, station.local(one.at), len(rows), came, missing, len(rows) - came - missing
    )


@allowed(Event.WITHDRAW)
def withdraw_manifest(station: Station, number: int) -> ManifestWithdrawn | Refused:
    """What is still expected by this manifest alone is expected no more, and nothing is kept of whose it was; what has
    come stays."""
    withdrawn = came = kept = 0
    while True:
        with station.transaction():
            manifests = taken_manifests(station)
            found = next((one for one in manifests if one.number == number and not one.is_withdrawn), None)
            if found is None:
                return Refused(Problem.NO_SUCH_MANIFEST)
            others = [one.named for one in manifests if one.number != number and not one.is_withdrawn]
            rows = in_ranges(station.conn, found.named)
            waiting = [parcel for parcel, state, _ in rows if state == State.EXPECTED]
            lone = [parcel for parcel in waiting if not _is_in(parcel, others)]
            for parcel in lone[:_AT_ONCE]:
                _withdraw(station, parcel, number)
                withdrawn += 1
            if len(lone) <= _AT_ONCE:
                came, kept = sum(has_come for _, _, has_come in rows), len(waiting) - len(lone)
                facts = {"manifest": number, "withdrawn": withdrawn}
                station.record_about(StationEvent.WITHDRAW_MANIFEST, Subject.STATION, None, {}, facts=facts)
                return station.keep(ManifestWithdrawn(number, found.file, found.courier, withdrawn, came, kept))


def _withdraw(station: Station, parcel: int, number: int) -> None:
    """An announcement that was taken back counts in no report, and nobody is known by it any more."""
    facts = {"manifest": number, "undoes": seq_of(station.conn, Event.ANNOUNCE, Subject.PARCEL, parcel)}
    station.record(Event.WITHDRAW, by_id(station.conn, parcel), {}, {"contact_id": None}, facts)


def _is_in(parcel: int, others: Iterable[Ranges]) -> bool:
    return any(first <= parcel <= last for ranges in others for first, last in ranges)
