"""Finding the one parcel that a scan means, for a job that needs it in a certain state."""

from collections.abc import Callable

from kiosk.jobs.departure import departure
from kiosk.jobs.station import Station
from kiosk.parcels.canonical import canonical
from kiosk.parcels.meanings import CodeScan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.states import TRANSITIONS, Event, State
from kiosk.store.tables.codes import by_code
from kiosk.store.tables.parcels import Parcel, by_waybill, with_number_like


def find_parcel(
    station: Station, scan: Scan, fitting: Callable[[Parcel], bool], *, latest: bool = False
) -> Parcel | Refused:
    """The only fitting episode of the code, or of the waybill and piece; `latest`: the last of several."""
    rows = parcels_meant(station, scan)
    if isinstance(rows, Refused):
        return rows
    found = read_as_they_are(scan, [row for row in rows if fitting(row)])
    if len(found) == 1 or (found and latest):
        return found[0]
    return Refused(Problem.AMBIGUOUS, waybill=found[0].waybill) if found else _not_so(station, rows[0])


def parcels_meant(station: Station, scan: Scan, *, any_piece: bool = False) -> list[Parcel] | Refused:
    """The parcel of the code, else every episode of the waybill, newest first; never none."""
    coded = coded_parcel(station, scan)
    if coded is not None:
        return [coded]
    if scan.code and isinstance(scan.waybill, Problem):
        return Refused(Problem.NO_SUCH_CODE)
    return parcels_of_waybill(station, scan, any_piece=any_piece)


def coded_parcel(station: Station, scan: Scan) -> Parcel | None:
    """The parcel of its first code; of a message's codes, the first that is one here."""
    means = scan.means
    if not isinstance(means, CodeScan):
        return None
    codes = (*means.codes, *means.perhaps) if means.is_message else means.codes[:1]
    return next((parcel for code in codes if (parcel := by_code(station.conn, code))), None)


def parcels_of_waybill(station: Station, scan: Scan, *, any_piece: bool = False) -> list[Parcel] | Refused:
    """The same where only a waybill will do. One that names a piece means that piece, unless `any_piece` will do."""
    waybill = scan.waybill
    if isinstance(waybill, Problem):
        return Refused(waybill)
    rows = [row for row in with_number_like(station.conn, waybill.number) if any_piece or waybill.may_be(row.piece)]
    meant = [row for row in rows if row.is_numbered(waybill.number)]
    return meant or _not_found(waybill.number, is_like_one=bool(rows))


def _not_found(number: str, *, is_like_one: bool) -> Refused:
    """No parcel has the number for certain. What is no waybill at all is called what it is."""
    if is_like_one:
        return Refused(Problem.UNCERTAIN_NUMBER, waybill=number)
    from kiosk.parcels.doubts import doubt  # 1 ms: most are found

    found = doubt(number)
    return Refused(found.problem, detail=found.detail) if found else Refused(Problem.NO_SUCH_WAYBILL, waybill=number)


def read_as_they_are(scan: Scan, rows: list[Parcel]) -> list[Parcel]:
    """Of several parcels that a barcode with more than the printed number means, those that were taken in by it."""
    waybill = scan.waybill
    if len(rows) < 2 or isinstance(waybill, Problem) or canonical(waybill.number) == waybill.number:
        return rows
    return [row for row in rows if waybill.number in (row.waybill, row.second_waybill)] or rows


def may_happen(event: Event) -> Callable[[Parcel], bool]:
    """Whether the table of transitions has this event for a parcel as it is."""
    return lambda parcel: parcel.state in TRANSITIONS[event].sources


def _not_so(station: Station, parcel: Parcel) -> Refused:
    """What the parcel's state stands in the way of; of one that has gone, since when and by whose hand."""
    if parcel.state == State.PICKED_UP:
        return already_collected(station, parcel)
    problem = Problem.OUT_FOR_DELIVERY if parcel.is_out else Problem.WRONG_STATE
    return Refused(problem, slot=parcel.slot, waybill=parcel.numbered_waybill, state=State(parcel.state))


def already_collected(station: Station, parcel: Parcel) -> Refused:
    """A second pick-up of the same parcel: who handed it over, where and when."""
    left = departure(station, parcel)
    assert left is not None
    return Refused(Problem.ALREADY_COLLECTED, waybill=parcel.numbered_waybill, at=left.at, who=left.who)


def others_with(station: Station, number: str, parcel: Parcel | None) -> list[Parcel]:
    """Parcels beside this one that are here, expected or out, and carry the number as their first or second."""
    rows = (row for row in by_waybill(station.conn, number) if parcel is None or row.id != parcel.id)
    return [row for row in rows if is_about(row)]


def is_about(parcel: Parcel) -> bool:
    """Whether it is here, expected or out: its number is taken."""
    return parcel.in_custody or parcel.is_out or parcel.state == State.EXPECTED


def is_taken(station: Station, waybill: str, courier: str, parcel: Parcel) -> bool:
    """Whether another parcel has this number, piece and courier: a second one may not."""
    others = others_with(station, waybill, parcel)
    return any((row.courier, row.piece) == (courier, parcel.piece) and row.is_first(waybill) for row in others)
