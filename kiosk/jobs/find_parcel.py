"""Finding the one parcel that a scanned code or waybill means, for a job that needs it in a certain state."""

from collections.abc import Callable

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import CodeScan, recognise, recognise_waybill
from kiosk.parcels.sheets import Subject
from kiosk.parcels.states import TRANSITIONS, Event, State
from kiosk.parcels.waybills import Waybill
from kiosk.store.events import About, read_events
from kiosk.store.tables.parcels import Parcel, by_code, by_waybill


def find_parcel(
    station: Station, text: str, fitting: Callable[[Parcel], bool], *, latest: bool = False
) -> Parcel | Refused:
    """The only fitting episode of the code, or of the waybill and piece, in `text`; `latest`: the last of several."""
    scan = recognise(text)
    if isinstance(scan, CodeScan):
        parcel = by_code(station.conn, scan.codes[0])
        if parcel is not None:
            return parcel if fitting(parcel) else _not_so(station, parcel)
    waybill = recognise_waybill(text)
    if isinstance(waybill, Problem):
        return Refused(Problem.NO_SUCH_CODE if isinstance(scan, CodeScan) else waybill)
    rows = pieces(by_waybill(station.conn, waybill.number), waybill)
    found = [row for row in rows if fitting(row)]
    if len(found) == 1 or (found and latest):
        return found[0]
    if found:
        return Refused(Problem.AMBIGUOUS, waybill=waybill.number)
    return _not_so(station, rows[0]) if rows else Refused(Problem.NO_SUCH_WAYBILL, waybill=waybill.number)


def pieces(rows: list[Parcel], waybill: Waybill) -> list[Parcel]:
    """Those rows that are the piece that the waybill names; all where it names none."""
    return [row for row in rows if waybill.pieces == 1 or row.piece == waybill.piece]


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
    *_, (last, _) = read_events(station.conn, About(Subject.PARCEL, parcel.id))
    who = f"{last.who}@{last.terminal}"
    return Refused(
        Problem.ALREADY_COLLECTED, waybill=parcel.numbered_waybill, at=station.local(last.occurred_at), who=who
    )


def is_taken(station: Station, waybill: str, piece: int, courier: str, but: Parcel) -> bool:
    """Whether another parcel that is here, expected or out has this number: a second one may not have it."""
    rows = (row for row in by_waybill(station.conn, waybill) if row.id != but.id and row.waybill == waybill)
    live = (row for row in rows if row.in_custody or row.is_out or row.state == State.EXPECTED)
    return any((row.courier, row.piece) == (courier, piece) for row in live)
