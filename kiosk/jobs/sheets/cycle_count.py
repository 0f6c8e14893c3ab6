"""Cycle count: what lies on a level against what should. It can be left and taken up again, by anybody, anywhere."""

import json
from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.jobs.allowed import allowed
from kiosk.jobs.find_parcel import find_parcel
from kiosk.jobs.keeping.hold import gone_missing
from kiosk.jobs.sheets.sheet import SheetStory, open_one, open_sheet
from kiosk.jobs.shelf.listed import ListedParcel, listed
from kiosk.jobs.shelf.walk import light_walk
from kiosk.jobs.station import Station
from kiosk.parcels.canonical import is_same
from kiosk.parcels.doubts import doubt
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import SheetKind, StationEvent, Subject
from kiosk.parcels.slots import read_place
from kiosk.parcels.states import IN_CUSTODY, Event, State
from kiosk.store.actions import seq_of, was_placed_after
from kiosk.store.events import About, read_events
from kiosk.store.lease_book.sessions import Purpose
from kiosk.store.tables.parcels import Parcel, some_parcels
from kiosk.store.tables.sheets import Sheet, on_sheet, sheet_by_id
from kiosk.store.tables.slots import in_custody_at


class CountResult(StrEnum):
    RIGHT = "right"
    AGAIN = "again"
    MISPLACED = "misplaced"
    WAS_MISSING = "was_missing"
    UNEXPECTED = "unexpected"


@dataclass(frozen=True, slots=True)
class Counted:
    """One scan of a count. `slot`: where the parcel belongs by the records, None for one that is not in custody."""

    sheet: int
    level: str
    result: CountResult
    waybill: str
    slot: str | None
    counted: int
    expected: int


@dataclass(frozen=True, slots=True)
class CountStory:
    """How a count stands: what is on the level by the records and was not scanned, and what was and is not."""

    sheet: int
    level: str
    expected: int
    counted: int
    missing: tuple[ListedParcel, ...]
    misplaced: tuple[ListedParcel, ...]
    unexpected: tuple[str, ...]
    closed: bool
    confirmed: tuple[str, str] | Refused | None = None  # as of SheetClosed


@allowed(Event.COUNT)
def open_count(station: Station, text: str) -> SheetStory | Refused:
    """Begin to count a level, or go on with a count of it that is open. What is still to be scanned is lit."""
    place = read_place(text)
    level = "-".join(place.split("-")[:2]) if place else ""
    if level not in {slot.level for slot in station.settings.places}:
        return Refused(Problem.NO_SUCH_PLACE)
    story = open_sheet(station, SheetKind.COUNT, level)
    if isinstance(story, SheetStory):
        waiting = [p for p in in_custody_at(station.conn, level) if p.count_id != story.sheet]
        light_walk(station, [(parcel.id, parcel.slot or "") for parcel in waiting])
    return story


@allowed(Event.COUNT)
def count_parcel(station: Station, sheet_id: int, scan: Scan) -> Counted | Refused:
    """A parcel of the level was scanned. One that is on record as missing stays so until it is put in a slot."""
    with station.transaction():
        sheet = open_one(station, sheet_id, SheetKind.COUNT)
        if isinstance(sheet, Refused):
            return sheet
        parcel = find_parcel(station, scan, lambda row: row.state in IN_CUSTODY)
        if isinstance(parcel, Refused):
            unexpected = None if parcel.problem in _ASKED else _note_unexpected(station, sheet, scan)
            return station.keep(unexpected) if unexpected else parcel
        result = _result(sheet, parcel)
        if parcel.count_id != sheet.id:
            facts = {"found_at": sheet.party} if result is not CountResult.RIGHT else None
            station.record(Event.COUNT, parcel, {"count_id": sheet.id}, facts=facts)
        counted = station.keep(_counted(station, sheet, result, parcel.numbered_waybill, parcel.place))
    with station.after_commit():
        station.leases.drop_parcel(parcel.id)
    return counted


_ASKED = (Problem.AMBIGUOUS, Problem.UNCERTAIN_NUMBER)


def _result(sheet: Sheet, parcel: Parcel) -> CountResult:
    if parcel.count_id == sheet.id:
        return CountResult.AGAIN
    if parcel.state == State.MISSING:
        return CountResult.WAS_MISSING
    on_level = parcel.slot is not None and parcel.slot.startswith(f"{sheet.party}-")
    return CountResult.RIGHT if on_level else CountResult.MISPLACED


def _note_unexpected(station: Station, sheet: Sheet, scan: Scan) -> Counted | None:
    """It lies here and is on record as gone, or was never taken in."""
    if isinstance(scan.waybill, Problem) or doubt(scan.waybill.number):
        return None
    number = str(scan.waybill)
    if not any(is_same(number, noted, None) for noted in _unexpected(station, sheet)):
        station.record_about(StationEvent.NOTE_UNEXPECTED, Subject.SHEET, sheet.id, {}, facts={"unexpected": number})
    return _counted(station, sheet, CountResult.UNEXPECTED, number, None)


def _unexpected(station: Station, sheet: Sheet) -> list[str]:
    rows = read_events(station.conn, About(Subject.SHEET, sheet.id))
    return [json.loads(row.changes)["unexpected"] for row, _ in rows if row.event == StationEvent.NOTE_UNEXPECTED]


def _counted(station: Station, sheet: Sheet, result: CountResult, waybill: str, slot: str | None) -> Counted:
    here = in_custody_at(station.conn, sheet.party)
    seen = sum(parcel.count_id == sheet.id for parcel in here)
    return Counted(sheet.id, sheet.party, result, waybill, slot, seen, len(here))


def tell_count(station: Station, sheet_id: int) -> CountStory | Refused:
    """How the count stands; of one that is closed, how it ended and what is still missing of it."""
    sheet = sheet_by_id(station.conn, sheet_id)
    if sheet is None or sheet.kind != SheetKind.COUNT:
        return Refused(Problem.NO_SUCH_SHEET)
    missing = _not_found(station, sheet)
    if sheet.closed_at:
        missing = some_parcels(station.conn, "sheet_id = ? AND state = 'MISSING' ORDER BY id", (sheet.id,))
    return _story(station, sheet, missing)


def _not_found(station: Station, sheet: Sheet) -> list[Parcel]:
    """What should lie here and was not scanned. Whatever was touched since the count began, or is in a customer's
    hands now, cannot be judged by it."""
    begun = seq_of(station.conn, StationEvent.OPEN_SHEET, Subject.SHEET, sheet.id)
    unseen = [parcel for parcel in in_custody_at(station.conn, sheet.party) if parcel.count_id != sheet.id]
    return [
        parcel
        for parcel in unseen
        if not was_placed_after(station.conn, parcel.id, begun)
        and station.leases.session_of(parcel.id, Purpose.PICK_UP) is None
    ]


def _story(station: Station, sheet: Sheet, missing: list[Parcel]) -> CountStory:
    here = {parcel.id for parcel in in_custody_at(station.conn, sheet.party)}
    seen = on_sheet(station.conn, sheet)
    counted = sum(parcel.id in here for parcel in seen)
    elsewhere = [parcel for parcel in seen if parcel.id not in here and parcel.in_custody]
    return CountStory(
        sheet.id,
        sheet.party,
        len(here) if sheet.expected is None else sheet.expected,
        counted if sheet.scanned is None else sheet.scanned,
        tuple(listed(station, parcel) for parcel in missing),
        tuple(listed(station, parcel) for parcel in elsewhere),
        tuple(_unexpected(station, sheet)),
        sheet.closed_at is not None,
    )


@allowed(StationEvent.CLOSE_SHEET)
def close_count(station: Station, sheet_id: int, note: str | None = None) -> CountStory | Refused:
    """The level is counted: what was not seen is missing from now on. Where anything is, `note` says that somebody
    has looked for it.
    """
    with station.transaction():
        sheet = open_one(station, sheet_id, SheetKind.COUNT)
        if isinstance(sheet, Refused):
            return sheet
        missing = _not_found(station, sheet)
        story = _story(station, sheet, missing)
        if missing and not note:
            return Refused(Problem.NOT_ALL_COUNTED, detail=f"{story.counted} / {story.expected}")
        for parcel in missing:
            station.record(Event.MARK_MISSING, parcel, {**gone_missing(), "sheet_id": sheet.id})
        changes = {"expected": story.expected, "scanned": story.counted, "note": note, "closed_at": station.stamp()}
        station.record_about(StationEvent.CLOSE_SHEET, Subject.SHEET, sheet.id, changes)
        closed = station.keep(replace(story, closed=True))
    with station.after_commit():
        for parcel in missing:
            station.leases.drop_parcel(parcel.id)
        station.leases.end_walk(station.terminal)
    return closed
