"""A driver's hand-over: how many parcels he says, how many are scanned, and what both agree on."""

from kiosk.jobs.sheets import SheetStory, open_sheet
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import SheetKind
from kiosk.store.sheets import sheet_by_id

MIXED = "mixed"  # one driver, parcels of several brands: the numbers decide


def open_batch(station: Station, courier: str | None, expected: int | None) -> SheetStory | Refused:
    """`courier`: whose driver it is; None for several brands at once. `expected`: as the driver's list says."""
    return open_sheet(station, SheetKind.BATCH, courier or MIXED, expected)


def courier_of_batch(station: Station, sheet_id: int) -> str | Refused | None:
    """The courier of everything in the batch, None for a mixed one."""
    sheet = sheet_by_id(station.conn, sheet_id)
    if sheet is None or sheet.kind != SheetKind.BATCH:
        return Refused(Problem.NO_SUCH_SHEET)
    if sheet.closed_at:
        return Refused(Problem.SHEET_CLOSED)
    return None if sheet.party == MIXED else sheet.party
