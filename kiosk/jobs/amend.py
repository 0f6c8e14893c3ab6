"""Amending: what was forgotten or wrong at check-in is set right on a parcel that is here or expected."""

from kiosk.jobs.accept import Particulars, propose_slot
from kiosk.jobs.allowed import allowed
from kiosk.jobs.changed import Changed, as_changed
from kiosk.jobs.find_parcel import find_parcel, may_happen
from kiosk.jobs.issue_code import issue_code
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.slots import Size
from kiosk.parcels.states import Event, State
from kiosk.store.contacts import contact_of
from kiosk.store.parcels import Parcel, by_id, by_waybill, consent_of, retire_code


@allowed(Event.AMEND)
def amend(station: Station, text: str, said: Particulars) -> Changed | Refused:
    """Set right what is said; all else stays."""
    with station.transaction():
        parcel = find_parcel(station, text, may_happen(Event.AMEND))
        amended = parcel if isinstance(parcel, Refused) else amend_parcel(station, parcel, said)
    return amended if isinstance(amended, Refused) else as_changed(Event.AMEND, amended)


def amend_parcel(station: Station, parcel: Parcel, said: Particulars) -> Parcel | Refused:
    """The same inside the caller's transaction. No event is written where nothing differs."""
    changes: dict[str, object] = {}
    if said.courier not in (None, parcel.courier):
        if _is_here(station, said.courier or "", parcel):
            return Refused(Problem.ALREADY_IN_CUSTODY, waybill=parcel.waybill)
        changes |= {"courier": said.courier, "courier_decided": 1}
    if said.consent not in (None, consent_of(station.conn, parcel.id)):
        changes |= {"consent": said.consent, "consent_source": station.who, "consent_at": station.stamp()}
    if said.second_waybill not in (None, parcel.second_waybill):
        changes["second_waybill"] = said.second_waybill
    changes |= {name: fen for name, fen in said.amounts().items() if fen}
    if said.size not in (None, Size[parcel.size]):
        resized = _resized(station, parcel, said.size or Size.M)
        if isinstance(resized, Refused):
            return resized
        changes |= resized
    contact_id = contact_of(station.conn, station.key, said.phone)
    contact_id = None if contact_id == parcel.contact_id else contact_id
    if changes or contact_id is not None:
        facts = None if contact_id is None else {"phone": "changed"}
        station.record(Event.AMEND, parcel, changes, contact_id, facts)
    return by_id(station.conn, parcel.id)


def _is_here(station: Station, courier: str, parcel: Parcel) -> bool:
    """Whether that courier's number is taken by another parcel that is here or expected."""
    rows = by_waybill(station.conn, parcel.waybill)
    taken = (row for row in rows if row.id != parcel.id and (row.in_custody or row.state == State.EXPECTED))
    return any((row.courier, row.piece) == (courier, parcel.piece) for row in taken)


def _resized(station: Station, parcel: Parcel, size: Size) -> dict[str, object] | Refused:
    """A parcel that waits to be put away gets a place that fits, and the code of that place."""
    changes: dict[str, object] = {"size": size.name}
    if parcel.proposed_slot is None or station.settings.slots_by_name[parcel.proposed_slot].place.size >= size:
        return changes
    place = propose_slot(station, size, parcel.contact_id)
    if place is None:
        return Refused(Problem.NO_ROOM, waybill=parcel.waybill)
    if parcel.code:
        retire_code(station.conn, parcel.code, station.stamp())
    code = issue_code(station, place.address)
    return {**changes, "proposed_slot": place.name, "code": code.text, "code_compact": code.compact}
