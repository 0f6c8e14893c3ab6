"""Finding the one parcel that a scanned waybill means, for a job that needs it in a certain state."""

from collections.abc import Callable

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import recognise_waybill
from kiosk.store.parcels import Parcel, by_waybill


def find_parcel(station: Station, text: str, fitting: Callable[[Parcel], bool]) -> Parcel | Refused:
    """The only fitting episode of the waybill and piece in `text`."""
    waybill = recognise_waybill(text)
    if isinstance(waybill, Problem):
        return Refused(waybill)
    rows = [
        row for row in by_waybill(station.conn, waybill.number) if waybill.pieces == 1 or row.piece == waybill.piece
    ]
    found = [row for row in rows if fitting(row)]
    if len(found) == 1:
        return found[0]
    problem = Problem.AMBIGUOUS if found else Problem.WRONG_STATE if rows else Problem.NO_SUCH_WAYBILL
    return Refused(problem, waybill=waybill.number)
