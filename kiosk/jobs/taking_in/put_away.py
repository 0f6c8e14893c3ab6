"""Putting away: the parcel lies in its slot now, and its code is fixed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from kiosk.jobs.allowed import allowed
from kiosk.jobs.find_parcel import find_parcel
from kiosk.jobs.shelf.issue_code import code_at
from kiosk.jobs.shelf.own_place import own_place
from kiosk.jobs.shelf.room_for import note_refused, place_for, place_said
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.slots import Place, Size, is_within, read_place
from kiosk.parcels.states import Event, State
from kiosk.parcels.waybills import Waybill
from kiosk.store.actions import refused_place
from kiosk.store.tables.parcels import Parcel, by_waybill, last_taken_in_at

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
        answer = parcel if isinstance(parcel, Refused) else shelve_as_said(station, parcel, slot.slot_name)
        station.keep(answer)
    return put_light_out(station, parcel, answer)


@allowed(Event.SHELVE)
def put_away_at(station: Station, scan: Scan, place: str) -> PutAway | Refused:
    """The same with a slot or a level; where it lies there already, nothing is changed."""
    with station.transaction():
        parcel = find_parcel(station, scan, lambda row: row.state in (State.CHECKED_IN, State.SHELVED))
        answer = parcel if isinstance(parcel, Refused) else shelve_at(station, parcel, place)
        station.keep(answer)
    return put_light_out(station, parcel, answer)


@allowed(Event.SHELVE)
def put_away_pending(station: Station, slot: Scan, at_hand: Scan | None = None) -> PutAway | Refused:
    """The slot label just scanned at this terminal is where the parcel checked in last lies; where `at_hand` is another
    one that waits for its place, from here or wherever it was forgotten, that one."""
    with station.transaction():
        parcel = _pending_at_hand(station, at_hand) or Refused(Problem.SLOT_LABEL_SCANNED)
        answer = parcel if isinstance(parcel, Refused) else shelve_at(station, parcel, _name(slot))
        station.keep(answer)
    return put_light_out(station, parcel, answer)


def _name(place: Scan) -> str:
    """Of a slot or of a level."""
    return place.slot_name or read_place(place.text) or place.text.strip()


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


def waits_already(station: Station, waybill: Waybill, courier: str | None, before: Parcel | None) -> Parcel | None:
    """The same piece, if it waits to be put away: from here, or from wherever it was forgotten."""
    if before and before.piece == waybill.piece and before.is_first(waybill.number):
        return before
    rows = [row for row in by_waybill(station.conn, waybill.number) if row.may_be_of(courier)]
    if any(row.state == State.EXPECTED and waybill.may_be(row.piece) for row in rows):
        return None  # that one has come
    waiting = [row for row in rows if row.state == State.CHECKED_IN and row.piece == waybill.piece]
    return waiting[0] if len(waiting) == 1 and waiting[0].is_first(waybill.number) else None


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


def shelve_with_check_in(station: Station, parcel: Parcel, place: Place) -> PutAway:
    """The scan that took it in puts it away, and is taken back as one."""
    return _place(station, parcel, place, {"follows": True})


def shelve_as_said(station: Station, parcel: Parcel, slot: str | None) -> PutAway | Refused:
    """Somebody says where it lies. Call inside a transaction."""
    if slot is not None and parcel.slot == slot:
        return PutAway(parcel.numbered_waybill, parcel.code or "", slot, State(parcel.state))
    said = place_said(station, parcel, slot)
    return said if isinstance(said, Refused) else replace(_place(station, parcel, said[0]), doubt=said[1])


def shelve_at(station: Station, parcel: Parcel, at: str) -> PutAway | Refused:
    """The same of a slot or a level: there it is the next slot with room."""
    if parcel.slot is not None and is_within(parcel.slot, at):
        return PutAway(parcel.numbered_waybill, parcel.code or "", parcel.slot, State(parcel.state))
    own = own_place(station, at, Size[parcel.size])
    if isinstance(own, Refused) and not own.is_warning:
        return note_refused(station, parcel, own)
    return shelve_as_said(station, parcel, own.slot if isinstance(own, Refused) else own.name)


def _place(station: Station, parcel: Parcel, place: Place, facts: Mapping[str, object] | None = None) -> PutAway:
    event = Event.SHELVE if parcel.state == State.CHECKED_IN else Event.RELOCATE
    code = code_at(station, parcel, place.address)
    changes = {"slot": place.name, "proposed_slot": None, "code": code.text, "code_compact": code.compact}
    if event is Event.SHELVE:
        changes["shelved_at"] = station.stamp()
    station.record(event, parcel, changes, facts=facts)
    new_code = event is Event.RELOCATE and code.text != parcel.code
    return PutAway(parcel.numbered_waybill, code.text, place.name, State.SHELVED, new_code)


def put_light_out(station: Station, parcel: Parcel | Refused, answer: PutAway | Refused) -> PutAway | Refused:
    """The parcel lies elsewhere than its lights say: put-to-light is done, and a customer's light would mislead."""
    if isinstance(parcel, Parcel) and isinstance(answer, PutAway) and parcel.slot != answer.slot:
        with station.after_commit():
            station.leases.drop_parcel(parcel.id)
    return answer
