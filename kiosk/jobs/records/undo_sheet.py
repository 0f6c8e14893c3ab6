"""Taking back what was done to a sheet or a place."""

from collections.abc import Callable, Mapping

from kiosk.jobs.station import Station
from kiosk.jobs.ways_out import Backout
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import SheetKind, StationEvent, Subject
from kiosk.parcels.states import Event, State
from kiosk.store.actions import Action, last_action_of
from kiosk.store.tables.closed_places import closing_by_id
from kiosk.store.tables.parcels import some_parcels
from kiosk.store.tables.sheets import Sheet, count_on, open_sheets, sheet_by_id

TakeBack = Callable[[Action], object]


def undo_station_event(station: Station, action: Action, take_back: TakeBack) -> Sheet | str | Refused:
    """The sheet, or the name of the place, that is as it was before. Call inside a transaction."""
    match action.event:
        case StationEvent.OPEN_SHEET:
            return _discard(station, action)
        case StationEvent.CLOSE_SHEET:
            return _reopen(station, action, take_back)
        case StationEvent.CLOSE_PLACE | StationEvent.REOPEN_PLACE:
            return _turn_place(station, action)
        case StationEvent.TAKE_MANIFEST | StationEvent.WITHDRAW_MANIFEST:
            return Refused(Problem.TAKEN_BACK_WHOLE)
    return Refused(Problem.CANNOT_UNDO)


def _discard(station: Station, action: Action) -> Sheet | Refused:
    """A sheet opened by mistake, with nothing on it, is closed."""
    sheet = sheet_by_id(station.conn, action.subject_id)
    if sheet is None or sheet.closed_at or count_on(station.conn, sheet):
        return Refused(Problem.CANNOT_UNDO)
    changes = {"scanned": 0, "closed_at": station.stamp()}
    _write(station, StationEvent.CLOSE_SHEET, Subject.SHEET, action, changes)
    return sheet


def _reopen(station: Station, action: Action, take_back: TakeBack) -> Sheet | Refused:
    """A batch or a count goes on; what the count called missing is where it was. Other sheets have left."""
    sheet = sheet_by_id(station.conn, action.subject_id)
    if sheet is None or sheet.kind not in (SheetKind.BATCH, SheetKind.COUNT):
        return Refused(Problem.LEFT_WITH_SHEET)
    if sheet.kind == SheetKind.COUNT and open_sheets(station.conn, SheetKind.COUNT, sheet.party):
        return Refused(Problem.CANNOT_UNDO)  # somebody counts the level anew
    if sheet.kind == SheetKind.COUNT:
        missing = some_parcels(station.conn, "sheet_id = ? AND state = ? ORDER BY id", (sheet.id, State.MISSING))
        for parcel in missing:
            last = last_action_of(station.conn, parcel.id)
            is_ours = last.event == Event.MARK_MISSING and last.changes.get("sheet_id") == sheet.id
            answer = take_back(last) if is_ours else Refused(Problem.CANNOT_UNDO, waybill=parcel.numbered_waybill)
            if isinstance(answer, Refused):
                raise Backout(answer)
    changes: dict[str, object] = {"scanned": None, "note": None, "closed_at": None}
    if sheet.kind == SheetKind.COUNT:
        changes["expected"] = None
    _write(station, StationEvent.OPEN_SHEET, Subject.SHEET, action, changes)
    return sheet


def _turn_place(station: Station, action: Action) -> str | Refused:
    """Only while nobody has closed or opened the place since."""
    closing = closing_by_id(station.conn, action.subject_id)
    is_closed = closing.reopened_at is None
    if not closing.is_last or is_closed != (action.event == StationEvent.CLOSE_PLACE):
        return Refused(Problem.CANNOT_UNDO)
    event = StationEvent.REOPEN_PLACE if is_closed else StationEvent.CLOSE_PLACE
    _write(station, event, Subject.PLACE, action, {"reopened_at": station.stamp() if is_closed else None})
    station.occupancy.forget()
    return closing.place


def _write(
    station: Station, event: StationEvent, subject: Subject, action: Action, changes: Mapping[str, object]
) -> None:
    station.record_about(event, subject, action.subject_id, changes, facts={"undoes": action.seq})
