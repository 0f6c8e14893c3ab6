"""Putting away: the parcel lies in its slot now, and its code is fixed."""

from dataclasses import dataclass

from kiosk.jobs.issue_code import issue_code
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import SlotScan, recognise, recognise_waybill
from kiosk.parcels.slots import Place, Size, SlotAddress, read_slot
from kiosk.parcels.states import Event, State
from kiosk.store.leases import Purpose
from kiosk.store.parcels import Parcel, by_id, by_waybill, held_in, retire_code


@dataclass(frozen=True, slots=True)
class PutAway:
    waybill: str
    code: str
    slot: str
    state: State


def put_away(station: Station, waybill_text: str, slot_text: str) -> PutAway | Refused:
    """Shelve a checked-in parcel in a slot; a shelved one is relocated. Doing it twice changes nothing."""
    waybill = recognise_waybill(waybill_text)
    if isinstance(waybill, Problem):
        return Refused(waybill)
    with station.transaction():
        rows = [row for row in by_waybill(station.conn, waybill.number) if row.piece == waybill.piece]
        movable = [row for row in rows if row.state in (State.CHECKED_IN, State.SHELVED)]
        if len(movable) != 1:
            problem = Problem.AMBIGUOUS if movable else Problem.WRONG_STATE if rows else Problem.NO_SUCH_WAYBILL
            return Refused(problem, waybill=waybill.number)
        answer = _place(station, movable[0], slot_text)
    _end_put_away_light(station, movable[0], answer)
    return answer


def put_away_pending(station: Station, slot_text: str) -> PutAway | Refused:
    """The slot label just scanned at this terminal is where the parcel checked in last lies."""
    parcel = pending(station)
    if parcel is None:
        return Refused(Problem.SLOT_LABEL_SCANNED)
    with station.transaction():
        answer = _place(station, by_id(station.conn, parcel.id), slot_text)
    _end_put_away_light(station, parcel, answer)
    return answer


def pending(station: Station) -> Parcel | None:
    """The parcel checked in at this terminal whose put-away is not confirmed yet."""
    session = station.leases.session_at(station.terminal, Purpose.PUT_AWAY)
    if session is None:
        return None
    parcel = by_id(station.conn, session.leases[-1].parcel_id)
    return parcel if parcel.state == State.CHECKED_IN else None


def shelve_as_proposed(station: Station, parcel: Parcel) -> PutAway | Refused:
    """The next parcel was scanned: this one went where its light was. Call inside a transaction."""
    return _place(station, parcel, parcel.proposed_slot or "")


def _place(station: Station, parcel: Parcel, slot_text: str) -> PutAway | Refused:
    place = _read_place(station, slot_text)
    if isinstance(place, Problem):
        return Refused(place)
    slot = str(place.address)
    if parcel.slot == slot:
        return PutAway(parcel.numbered_waybill, parcel.code or "", slot, State(parcel.state))
    if place.size < Size[parcel.size]:
        return Refused(Problem.SLOT_TOO_SMALL, slot=slot)
    if held_in(station.conn, slot) >= place.capacity:
        return Refused(Problem.SLOT_FULL, slot=slot)
    event = Event.SHELVE if parcel.state == State.CHECKED_IN else Event.RELOCATE
    code = _code_for(station, parcel, place.address)
    changes = {"slot": slot, "proposed_slot": None, "code": code, "code_compact": code.replace("-", "")}
    if event is Event.SHELVE:
        changes["shelved_at"] = station.stamp()
    station.record(event, parcel, changes)
    return PutAway(parcel.numbered_waybill, code, slot, State.SHELVED)


def _read_place(station: Station, slot_text: str) -> Place | Problem:
    scan = recognise(slot_text)
    address = scan.address if isinstance(scan, SlotScan) else read_slot(slot_text)
    slot = station.settings.slots_by_name.get(str(address))
    return slot.place if slot else Problem.NO_SUCH_SLOT


def _code_for(station: Station, parcel: Parcel, slot: SlotAddress) -> str:
    """The code names shelf and level: it stays while they stay."""
    if parcel.code and parcel.code.startswith(f"{slot.level_name}-"):
        return parcel.code
    if parcel.code:
        retire_code(station.conn, parcel.code, station.stamp())
    return issue_code(station, slot).text


def _end_put_away_light(station: Station, parcel: Parcel, answer: PutAway | Refused) -> None:
    session = station.leases.session_of(parcel.id, Purpose.PUT_AWAY)
    if session is not None and isinstance(answer, PutAway):
        station.leases.end(session.id)
