"""Whose parcels a batch holds."""

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import MIXED, SheetKind
from kiosk.store.tables.sheets import count_on, sheet_by_id


def courier_of_batch(station: Station, sheet_id: int) -> str | Refused | None:
    """The courier of everything in an open batch, None for a mixed one."""
    sheet = sheet_by_id(station.conn, sheet_id)
    if sheet is None or sheet.kind != SheetKind.BATCH:
        return Refused(Problem.NO_SUCH_SHEET)
    if sheet.closed_at:
        return Refused(Problem.SHEET_CLOSED)
    return None if sheet.party == MIXED else sheet.party


def beyond_list(station: Station, batch: int | None) -> tuple[int, int] | None:
    """How many parcels of the batch are in, and how many the driver's list says, where that is fewer."""
    sheet = sheet_by_id(station.conn, batch) if batch is not None else None
    if sheet is None or sheet.expected is None:
        return None
    scanned = count_on(station.conn, sheet)
    return (scanned, sheet.expected) if scanned > sheet.expected else None
