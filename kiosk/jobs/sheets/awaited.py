"""Announced and not arrived: of one courier's driver as the batch is closed, and of all couriers as a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.jobs.allowed import allowed
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import MIXED, SheetKind, StationEvent, Subject
from kiosk.store.tables.sheets import (
    ExpectedParcel,
    Sheet,
    as_ranges,
    come_by_courier,
    expected_parcels,
    last_sheets,
    sheet_by_id,
)

_LOOK_BACK = 50  # sheets
NAMED = 100  # waybills of an answer; the figures are of all


@dataclass(frozen=True, slots=True)
class Awaited:
    """Of one courier: `missing` of the `announced` parcels have not come, `older` of these were announced on an
    earlier day; the first waybills of them."""

    courier: str
    announced: int
    missing: int
    older: int
    waybills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AwaitedParcel:
    """`announced_at` in the station's time zone; `days`: midnights since then."""

    courier: str
    waybill: str
    announced_at: datetime
    days: int


@dataclass(frozen=True, slots=True)
class AwaitedList:
    """All that has not come, or a courier's; `couriers`: how many of each."""

    courier: str | None
    couriers: dict[str, int]
    parcels: tuple[AwaitedParcel, ...]


@dataclass(frozen=True, slots=True)
class CourierChased:
    """What to tell the courier: waybills and nothing else of anybody. `since`: when the first was announced;
    `channels`: by which it goes out."""

    station: str
    courier: str
    since: datetime
    waybills: tuple[str, ...]
    channels: tuple[str, ...] = ()


def awaited_with(station: Station, batch: Sheet) -> tuple[Awaited, ...]:
    """Of the courier of a batch, or of each that a mixed one brought: nothing where nothing was announced."""
    come = come_by_courier(station.conn, batch.id)
    couriers = sorted({*come, *([batch.party] if batch.party != MIXED else [])})
    found = []
    for courier in couriers:
        missing = expected_parcels(station.conn, courier)
        announced = come.get(courier, (0, 0))[1] + len(missing)
        if announced:
            older = sum(_days(station, one) > 0 for one in missing)
            waybills = tuple(one.numbered_waybill for one in missing[:NAMED])
            found.append(Awaited(courier, announced, len(missing), older, waybills))
    return tuple(found)


def list_awaited(station: Station, courier: str | None = None) -> AwaitedList:
    """The longest awaited first."""
    couriers: dict[str, int] = {}
    parcels = expected_parcels(station.conn, courier)
    for one in parcels:
        couriers[one.courier] = couriers.get(one.courier, 0) + 1
    told = tuple(
        AwaitedParcel(one.courier, one.numbered_waybill, station.local(one.announced_at), _days(station, one))
        for one in parcels
    )
    return AwaitedList(courier, dict(sorted(couriers.items())), told)


def courier_of_last_batch(station: Station, open_sheet: int | None) -> str | None:
    """Of the sheet that is open at a desk, or of the newest batch; None for a mixed one."""
    sheets = last_sheets(station.conn, _LOOK_BACK)
    open_one = sheet_by_id(station.conn, open_sheet) if open_sheet is not None else None
    batches = (one for one in (open_one, *sheets) if one and one.kind == SheetKind.BATCH)
    party = next((one.party for one in batches), MIXED)
    return None if party == MIXED else party


@allowed(StationEvent.CHASE)
def chase(station: Station, courier: str) -> CourierChased | Refused:
    """What the courier is told of its parcels that have not come; that it was told is on record."""
    with station.transaction():
        missing = expected_parcels(station.conn, courier)
        if not missing:
            return Refused(Problem.NOTHING_MISSING)
        facts = {"courier": courier, "parcels": _runs(missing)}
        station.record_about(StationEvent.CHASE, Subject.STATION, None, {}, facts=facts)
        waybills = tuple(one.numbered_waybill for one in missing)
        since = station.local(missing[0].announced_at)
        channels = tuple(one.name for one in station.settings.messages.channels if one.courier == courier)
        return station.keep(CourierChased(station.settings.name, courier, since, waybills, channels))


def _runs(missing: Sequence[ExpectedParcel]) -> list[tuple[int, int]]:
    return as_ranges(one.id for one in missing)


def _days(station: Station, one: ExpectedParcel) -> int:
    return (station.local(station.stamp()).date() - station.local(one.announced_at).date()).days
