"""Putting away: the parcel lies in its slot now, and its code is fixed."""

from dataclasses import dataclass, replace
from datetime import timedelta

from kiosk.jobs.allowed import allowed
from kiosk.jobs.find_parcel import find_parcel
from kiosk.jobs.shelf.issue_code import issue_code
from kiosk.jobs.shelf.room_for import place_for, place_said
from kiosk.jobs.station import Station
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.slots import Place, SlotAddress
from kiosk.parcels.states import Event, State
from kiosk.store.actions import refused_place
from kiosk.store.tables.codes import retire_code
from kiosk.store.tables.parcels import Parcel, last_taken_in_at

# The next parcel confirms the one before, but not one that somebody left lying an hour ago.
CONFIRM_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class PutAway:
    """A parcel lies in its slot, under this code. `new_code`: the consignee was told another one before; `doubt`: what
    the book has against the slot, though somebody says that the parcel lies there."""

    waybill: str
    code: str
    slot: str
    state: State
    new_code: bool = False
    doubt: Problem | None = None


@allowed(Event.SHELVE)
def put_away(station: Station, scan: Scan, slot: Scan) -> PutAway | Refused:
    """Shelve a checked-in parcel in a slot; a shelved one is relocated. Doing it twice changes nothing."""
    with station.transaction():
        parcel = find_parcel(station, scan, lambda row: row.state in (State.CHECKED_IN, State.SHELVED))
        answer = parcel if isinstance(parcel, Refused) else _said(station, parcel, slot.slot_name)
        station.keep(answer)
    return put_light_out(station, parcel, answer)


@allowed(Event.SHELVE)
def put_away_pending(station: Station, slot: Scan, at_hand: Scan | None = None) -> PutAway | Refused:
    """The slot label just scanned at this terminal is where the parcel checked in last lies; where `at_hand` is another
    one that waits for its place, from here or wherever it was forgotten, that one."""
    with station.transaction():
        parcel = _pending_at_hand(station, at_hand) or Refused(Problem.SLOT_LABEL_SCANNED)
        answer = parcel if isinstance(parcel, Refused) else _said(station, parcel, slot.slot_name)
        station.keep(answer)
    return put_light_out(station, parcel, answer)


def _pending_at_hand(station: Station, at_hand: Scan | None) -> Parcel | None:
    waits = pending(station)
    if at_hand is None or (waits is not None and waits.numbered_waybill == at_hand.text):
        return waits
    forgotten = find_parcel(station, at_hand, lambda row: row.state == State.CHECKED_IN)
    return None if isinstance(forgotten, Refused) else forgotten


@allowed(Event.SHELVE)
def confirm_put_away(station: Station) -> PutAway | Refused | None:
    """A button says that the parcel checked in last lies where its light is; None where no parcel waits."""
    with station.transaction():
        parcel = pending(station)
        answer = station.keep(shelve_as_proposed(station, parcel)) if parcel else None
    return put_light_out(station, parcel, answer) if parcel and answer else None


def pending(station: Station) -> Parcel | None:
    """The parcel checked in at this terminal a while ago at most, whose put-away is not confirmed yet."""
    return last_taken_in_at(station.conn, station.terminal, after=station.stamp(ago=CONFIRM_WITHIN))


def shelve_as_proposed(station: Station, parcel: Parcel) -> PutAway | Refused:
    """The next parcel was scanned: this one went where its light was. Unless it was tried elsewhere and refused: then
    nobody knows where it lies, and why it was refused is the answer. Call inside a transaction."""
    refused = refused_place(station.conn, parcel.id)
    if refused is not None:
        return replace(refused, waybill=parcel.numbered_waybill)
    return shelve_on_the_way(station, parcel)


def shelve_on_the_way(station: Station, parcel: Parcel) -> PutAway | Refused:
    """The same for who has it in hand or says so, whatever was tried before."""
    place = place_for(station, parcel, parcel.proposed_slot)
    if isinstance(place, Refused):
        return replace(place, waybill=parcel.numbered_waybill)
    return _place(station, parcel, place)


def _said(station: Station, parcel: Parcel, slot: str | None) -> PutAway | Refused:
    if slot is not None and parcel.slot == slot:
        return PutAway(parcel.numbered_waybill, parcel.code or "", slot, State(parcel.state))
    said = place_said(station, parcel, slot)
    return said if isinstance(said, Refused) else replace(_place(station, parcel, said[0]), doubt=said[1])


def _place(station: Station, parcel: Parcel, place: Place) -> PutAway:
    event = Event.SHELVE if parcel.state == State.CHECKED_IN else Event.RELOCATE
    code = _code_for(station, parcel, place.address)
    changes = {"slot": place.name, "proposed_slot": None, "code": code.text, "code_compact": code.compact}
    if event is Event.SHELVE:
        changes["shelved_at"] = station.stamp()
    station.record(event, parcel, changes)
    new_code = event is Event.RELOCATE and code.text != parcel.code
    return PutAway(parcel.numbered_waybill, code.text, place.name, State.SHELVED, new_code)


def _code_for(station: Station, parcel: Parcel, slot: SlotAddress) -> PickupCode:
    """The code names shelf and level: it stays while they stay."""
    if parcel.code and parcel.code.startswith(f"{slot.level_name}-"):
        return PickupCode(parcel.code)
    if parcel.code:
        retire_code(station.conn, parcel.code, station.stamp())
    return issue_code(station, slot)


def put_light_out(station: Station, parcel: Parcel | Refused, answer: PutAway | Refused) -> PutAway | Refused:
    """The parcel lies elsewhere than its lights say: put-to-light is done, and a customer's light would mislead."""
    if isinstance(parcel, Parcel) and isinstance(answer, PutAway) and parcel.slot != answer.slot:
        with station.after_commit():
            station.leases.drop_parcel(parcel.id)
    return answer
