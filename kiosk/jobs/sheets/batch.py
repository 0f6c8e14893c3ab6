"""A driver's hand-over: how many parcels it is said to be, how many are scanned, and what both agree on."""

from kiosk.jobs.sheets.sheet import SheetStory, open_sheet
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Refused
from kiosk.parcels.sheets import MIXED, SheetKind


def open_batch(station: Station, courier: str | None, expected: int | None) -> SheetStory | Refused:
    """`courier`: whose driver it is; None for several brands at once. `expected`: as the driver's list says."""
    return open_sheet(station, SheetKind.BATCH, courier or MIXED, expected)
