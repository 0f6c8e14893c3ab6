"""Sheets: opening one, writing parcels on it, reading it, closing it with everything that is on it."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.jobs.allowed import allowed
from kiosk.jobs.changed import Changed, as_changed
from kiosk.jobs.find_parcel import find_parcel, may_happen
from kiosk.jobs.forget_address import forget_address
from kiosk.jobs.sheets.awaited import Awaited, awaited_with
from kiosk.jobs.shelf.listed import ListedParcel, listed
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import MIXED, SheetKind, StationEvent, Subject
from kiosk.parcels.states import Event
from kiosk.store.tables.contacts import address_of
from kiosk.store.tables.parcels import Parcel, amounts_of, by_id
from kiosk.store.tables.sheets import Sheet, count_on, couriers_on, last_sheets, on_sheet, open_sheets, sheet_by_id

# What happens to every parcel on a sheet when it is closed.
LEAVES: dict[SheetKind, Event] = {
    SheetKind.RETURN: Event.HAND_OVER_RETURN,
    SheetKind.TRANSFER: Event.TRANSFER_OUT,
    SheetKind.ROUND: Event.DISPATCH_HOME,
}


@dataclass(frozen=True, slots=True)
class SheetStory:
    """A sheet as it stands. Times are in the station's time zone; `scanned` counts what is on it now, and for a mixed
    batch `by_courier` each courier's."""

    sheet: int
    kind: SheetKind
    party: str
    expected: int | None
    scanned: int
    note: str | None
    opened_at: datetime
    closed_at: datetime | None
    parcels: tuple[ListedParcel, ...] = ()
    by_courier: tuple[tuple[str, int], ...] = ()

    @property
    def difference(self) -> int:
        """Scanned more (above 0) or fewer than expected."""
        return self.scanned - self.expected if self.expected is not None else 0


@dataclass(frozen=True, slots=True)
class SheetList:
    """Sheets, newest first, without the parcels on them."""

    sheets: tuple[SheetStory, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A parcel is on the sheet now."""

    sheet: int
    kind: SheetKind
    party: str
    waybill: str
    code: str | None
    slot: str | None
    scanned: int
    expected: int | None


@dataclass(frozen=True, slots=True)
class SheetClosed:
    """`left` parcels went with it; `stayed`: waybills that something had happened to meanwhile; `awaited`: what else
    the couriers of a batch had announced.

    `confirmed`: waybill and slot of the parcel taken in last, now on record as put away, or why it could not be.
    """

    sheet: int
    kind: SheetKind
    party: str
    expected: int | None
    scanned: int
    left: int
    stayed: tuple[str, ...]
    note: str | None
    by_courier: tuple[tuple[str, int], ...] = ()
    confirmed: tuple[str, str] | Refused | None = None
    awaited: tuple[Awaited, ...] = ()


@allowed(StationEvent.OPEN_SHEET)
def open_sheet(station: Station, kind: SheetKind, party: str, expected: int | None = None) -> SheetStory:
    """A new sheet; where one of the kind is open for the same party (but a driver's batch), that one goes on."""
    with station.transaction():
        going_on = open_sheets(station.conn, kind, party) if kind is not SheetKind.BATCH else []
        if going_on:
            return station.keep(_story(station, going_on[0]))
        changes = {"kind": kind, "party": party, "expected": expected, "opened_at": station.stamp()}
        sheet_id = station.record_about(StationEvent.OPEN_SHEET, Subject.SHEET, None, changes)
        sheet = sheet_by_id(station.conn, sheet_id)
        assert sheet is not None
        return station.keep(_story(station, sheet))


def tell_sheet(station: Station, sheet_id: int) -> SheetStory | Refused:
    """A sheet with the parcels on it."""
    sheet = sheet_by_id(station.conn, sheet_id)
    return _story(station, sheet) if sheet else Refused(Problem.NO_SUCH_SHEET)


def sheet_progress(station: Station, sheet_id: int) -> SheetStory | Refused:
    """How far a sheet has got, without the parcels on it: cheap enough after every scan."""
    sheet = sheet_by_id(station.conn, sheet_id)
    return _story(station, sheet, with_parcels=False) if sheet else Refused(Problem.NO_SUCH_SHEET)


def list_sheets(station: Station, *, only_open: bool = True) -> SheetList:
    """Open sheets, or the last 50, newest first; without the parcels on them."""
    sheets = open_sheets(station.conn) if only_open else last_sheets(station.conn, 50)
    return SheetList(tuple(_story(station, sheet, with_parcels=False) for sheet in sheets))


def open_one(station: Station, sheet_id: int, kind: SheetKind) -> Sheet | Refused:
    """The sheet if it is of that kind and still open. Call inside a transaction."""
    sheet = sheet_by_id(station.conn, sheet_id)
    if sheet is None or sheet.kind != kind:
        return Refused(Problem.NO_SUCH_SHEET)
    return Refused(Problem.SHEET_CLOSED) if sheet.closed_at else sheet


@allowed(Event.AMEND)
def take_off(station: Station, scan: Scan) -> Changed | Refused:
    """The parcel does not go with that sheet after all."""
    with station.transaction():
        parcel = find_parcel(station, scan, lambda row: may_happen(Event.AMEND)(row) and row.sheet_id is not None)
        if isinstance(parcel, Refused):
            return parcel
        station.record(Event.AMEND, parcel, {"sheet_id": None})
        return station.keep(as_changed(Event.AMEND, by_id(station.conn, parcel.id)))


@allowed(StationEvent.CLOSE_SHEET)
def close_sheet(station: Station, sheet_id: int, note: str | None = None) -> SheetClosed | Refused:
    """What is on the sheet leaves with it. A batch whose counts differ is closed only with a note of what was agreed;
    a return needs the driver's acceptance, such as a number or a name, as its note.
    """
    with station.transaction():
        sheet = sheet_by_id(station.conn, sheet_id)
        if sheet is None:
            return Refused(Problem.NO_SUCH_SHEET)
        if sheet.closed_at:
            return Refused(Problem.SHEET_CLOSED)
        kind, parcels = SheetKind(sheet.kind), on_sheet(station.conn, sheet)
        refused = _why_not_closed(sheet, kind, len(parcels), note)
        if refused:
            return refused
        left, stayed = _leave(station, sheet, parcels)
        changes = {"scanned": len(parcels), "note": note, "closed_at": station.stamp()}
        station.record_about(StationEvent.CLOSE_SHEET, Subject.SHEET, sheet.id, changes)
        numbers, scanned = tuple(parcel.numbered_waybill for parcel in stayed), len(parcels)
        brands, went = _by_courier(station, sheet), len(left)
        awaited = awaited_with(station, sheet) if kind is SheetKind.BATCH else ()
        closed = SheetClosed(
            sheet.id, kind, sheet.party, sheet.expected, scanned, went, numbers, note, brands, None, awaited
        )
        station.keep(closed)
    with station.after_commit():
        for parcel in left:
            station.leases.drop_parcel(parcel.id)
        station.leases.end_walk(station.terminal)
    return closed


def _why_not_closed(sheet: Sheet, kind: SheetKind, scanned: int, note: str | None) -> Refused | None:
    if kind is SheetKind.BATCH and sheet.expected is not None and scanned != sheet.expected and not note:
        return Refused(Problem.COUNTS_DIFFER, detail=f"{scanned} / {sheet.expected}")
    if kind is SheetKind.COUNT:
        return Refused(Problem.NO_SUCH_SHEET)  # a count is closed by its own job
    return Refused(Problem.NEEDS_DRIVER) if kind is SheetKind.RETURN and scanned and not note else None


def _leave(station: Station, sheet: Sheet, parcels: list[Parcel]) -> tuple[list[Parcel], list[Parcel]]:
    """Those that went with the sheet, and those that something had happened to since they were written on it."""
    event = LEAVES.get(SheetKind(sheet.kind))
    if event is None:
        return [], []
    left = [parcel for parcel in parcels if _goes(station, sheet, event, parcel)]
    gone: dict[str, object] = {"slot": None, "proposed_slot": None}
    if event is not Event.DISPATCH_HOME:
        gone |= {"released_at": station.stamp(), "hold_reason": None, "hold_note": None}
    for parcel in left:
        station.record(event, parcel, gone)
        if event is not Event.DISPATCH_HOME:
            forget_address(station, parcel.contact_id)
    stayed = [parcel for parcel in parcels if parcel not in left]
    for parcel in stayed:
        if may_happen(Event.AMEND)(parcel):
            station.record(Event.AMEND, parcel, {"sheet_id": None})
    return left, stayed


def is_asked_there(station: Station, parcel: Parcel) -> bool:
    """Whether all that is due can be asked for at the other place: what it cannot has to be settled here."""
    amounts = amounts_of(station.conn, parcel.id)
    return parcel.due_fen in (0, amounts["freight_collect_fen"] + amounts["cod_fen"])


def why_not_home(station: Station, parcel: Parcel) -> Problem | None:
    """Nobody is sent out with a parcel that is not asked for at home, or whose home nobody knows."""
    if parcel.delivery_requested_at is None:
        return Problem.NOT_REQUESTED
    is_known = address_of(station.conn, station.key, parcel.contact_id) is not None
    return None if is_known else Problem.NO_ADDRESS


def _goes(station: Station, sheet: Sheet, event: Event, parcel: Parcel) -> bool:
    if not may_happen(event)(parcel) or (event is Event.TRANSFER_OUT and not is_asked_there(station, parcel)):
        return False
    if event is Event.DISPATCH_HOME and why_not_home(station, parcel):
        return False
    return parcel.courier == sheet.party if event is Event.HAND_OVER_RETURN else parcel.hold_reason is None


def _story(station: Station, sheet: Sheet, *, with_parcels: bool = True) -> SheetStory:
    parcels = on_sheet(station.conn, sheet) if with_parcels else []
    return SheetStory(
        sheet.id,
        SheetKind(sheet.kind),
        sheet.party,
        sheet.expected,
        count_on(station.conn, sheet) if sheet.scanned is None else sheet.scanned,
        sheet.note,
        station.local(sheet.opened_at),
        station.local(sheet.closed_at) if sheet.closed_at else None,
        tuple(listed(station, parcel) for parcel in parcels),
        _by_courier(station, sheet),
    )


def _by_courier(station: Station, sheet: Sheet) -> tuple[tuple[str, int], ...]:
    """Each driver's company counts its own; of one company there is nothing to tell apart."""
    return couriers_on(station.conn, sheet) if sheet.party == MIXED and sheet.kind == SheetKind.BATCH else ()
