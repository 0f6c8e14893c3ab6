"""Whose parcels a batch holds."""

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import MIXED, SheetKind
from kiosk.store.tables.sheets import sheet_by_id


def courier_of_batch(station: Station, sheet_id: int) -> str | Refused | None:
    """The courier of everything in an open batch, None for a mixed one."""
    sheet = sheet_by_id(station.conn, sheet_id)
    if sheet is None or sheet.kind != SheetKind.BATCH:
        return Refused(Problem.NO_SUCH_SHEET)
    if sheet.closed_at:
        return Refused(Problem.SHEET_CLOSED)
    return None if sheet.party == MIXED else sheet.party
