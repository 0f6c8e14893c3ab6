"""Amounts due: freight collect, COD, a price or a fee is paid at the desk, or a manager waives it."""

from dataclasses import dataclass

from kiosk.jobs.allowed import allowed
from kiosk.jobs.find_parcel import find_parcel, may_happen
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.states import Event
from kiosk.store.tables.parcels import amounts_of


@dataclass(frozen=True, slots=True)
class Settled:
    """Nothing is due on the parcel any more; `fen` was paid (or waived) now."""

    waybill: str
    code: str | None
    slot: str | None
    fen: int
    waived: bool


@allowed(Event.PAY)
def pay(station: Station, scan: Scan) -> Settled | Refused:
    """All that is due was paid."""
    return _settle(station, scan, Event.PAY, "paid_fen", None)


@allowed(Event.WAIVE)
def waive(station: Station, scan: Scan, reason: str) -> Settled | Refused:
    """What is due is not asked for."""
    return _settle(station, scan, Event.WAIVE, "waived_fen", reason) if reason else Refused(Problem.NEEDS_REASON)


def _settle(station: Station, scan: Scan, event: Event, column: str, reason: str | None) -> Settled | Refused:
    with station.transaction():
        parcel = find_parcel(station, scan, may_happen(event))
        if isinstance(parcel, Refused):
            return parcel
        if parcel.due_fen <= 0:
            return Refused(Problem.NOTHING_DUE, waybill=parcel.numbered_waybill)
        before = amounts_of(station.conn, parcel.id)[column]
        facts = {"fen": parcel.due_fen, **({"reason": reason} if reason else {})}
        station.record(event, parcel, {column: before + parcel.due_fen}, facts=facts)
        waived, due = event is Event.WAIVE, parcel.due_fen
        return station.keep(Settled(parcel.numbered_waybill, parcel.code, parcel.slot, due, waived))
