"""Returns: parcels that go back, on a return manifest per courier, accepted by its driver."""

from kiosk.jobs.allowed import allowed
from kiosk.jobs.keeping.hold import returning
from kiosk.jobs.sheets.put_on import put_on
from kiosk.jobs.sheets.sheet import SheetStory, Written, open_sheet
from kiosk.jobs.shelf.rung import rung_of
from kiosk.jobs.shelf.walk import light_walk
from kiosk.jobs.station import Station
from kiosk.parcels.overdue import Overdue
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.states import Event, State
from kiosk.store.tables.parcels import Parcel, by_id, by_state
from kiosk.store.tables.sheets import Sheet

_MAY_GO_BACK = (State.RETURN_PENDING, State.SHELVED, State.CHECKED_IN)


def open_return(station: Station, courier: str) -> SheetStory | Refused:
    """The courier's return manifest; the slots of what goes back to it are lit."""
    story = open_sheet(station, SheetKind.RETURN, courier)
    if isinstance(story, SheetStory):
        going = [parcel for parcel in by_state(station.conn, State.RETURN_PENDING) if parcel.courier == courier]
        light_walk(station, [(parcel.id, parcel.slot) for parcel in going if parcel.slot])
    return story


@allowed(Event.START_RETURN)
def put_on_return(station: Station, sheet_id: int, scan: Scan, reason: str | None = None) -> Written | Refused:
    """Write a parcel on the manifest. One that is due back, or held, or has a `reason` starts its return by this."""
    return put_on(
        station, sheet_id, SheetKind.RETURN, scan, lambda row: row.state in _MAY_GO_BACK,
        lambda sheet, parcel: _in_return(station, sheet, parcel, reason),
    )  # fmt: skip


def _in_return(station: Station, sheet: Sheet, parcel: Parcel, said: str | None) -> Parcel | Refused:
    if parcel.courier != sheet.party:
        return Refused(Problem.OTHER_COURIER, parcel.slot, parcel.numbered_waybill, detail=parcel.courier)
    if parcel.state == State.RETURN_PENDING:
        return parcel
    reason = said or _why_back(station, parcel)
    if reason is None:
        return Refused(Problem.NOT_DUE_BACK, slot=parcel.slot, waybill=parcel.numbered_waybill)
    station.record(Event.START_RETURN, parcel, returning(reason))
    return by_id(station.conn, parcel.id)


def _why_back(station: Station, parcel: Parcel) -> str | None:
    if parcel.hold_reason:
        return parcel.hold_reason
    return "overdue" if rung_of(station, parcel.checked_in_at) is Overdue.RETURN_DUE else None
