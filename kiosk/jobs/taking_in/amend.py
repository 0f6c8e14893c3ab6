"""Amending: what was forgotten or wrong at check-in is set right on a parcel that is here or expected."""

from kiosk.jobs.allowed import allowed
from kiosk.jobs.changed import ADDED, CHANGED, Changed, as_changed
from kiosk.jobs.find_parcel import find_parcel, is_taken, may_happen, others_with
from kiosk.jobs.shelf.free_place import propose_slot
from kiosk.jobs.shelf.issue_code import code_at
from kiosk.jobs.shelf.put_to_light import put_to_light
from kiosk.jobs.shelf.room_for import no_room
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.whose import contact_from_now
from kiosk.parcels.emails import mask_email
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import mask_tail
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import may
from kiosk.parcels.scans import Scan
from kiosk.parcels.slots import Size
from kiosk.parcels.states import Event
from kiosk.store.tables.contacts import of_contact, read_contact, set_email
from kiosk.store.tables.parcels import Parcel, amounts_of, by_id, consent_of


@allowed(Event.AMEND)
def amend(station: Station, scan: Scan, said: Particulars) -> Changed | Refused:
    """Set right what is said; all else stays."""
    with station.transaction():
        parcel = find_parcel(station, scan, may_happen(Event.AMEND))
        if isinstance(parcel, Refused):
            return parcel
        amended = amend_parcel(station, parcel, said)
        if isinstance(amended, Refused):
            return amended
        changed = station.keep(_changed(parcel, amended, said))
    if amended.proposed_slot is not None and amended.proposed_slot != parcel.proposed_slot:
        with station.after_commit():
            put_to_light(station, amended.id, amended.proposed_slot)
    return changed


def _changed(before: Parcel, amended: Parcel, said: Particulars) -> Changed:
    told = {name: getattr(said, name) for name in ("courier", "size", "second_waybill")} | said.amounts()
    told["phone"] = mask_tail(said.phone.tail) if said.phone else None
    told["email"] = mask_email(said.email)
    new_code = before.code is not None and amended.code != before.code
    told = {name: str(getattr(value, "name", value)) for name, value in told.items() if value is not None}
    return as_changed(Event.AMEND, amended, new_code=new_code, said=told)


Changes = dict[str, object]


def amend_parcel(station: Station, parcel: Parcel, said: Particulars) -> Parcel | Refused:
    """The same inside the caller's transaction. No event is written where nothing differs."""
    written = write_amended(station, parcel, said, station.who)
    return written if isinstance(written, Refused) else by_id(station.conn, parcel.id)


def write_amended(station: Station, parcel: Parcel, said: Particulars, source: str) -> bool | Refused:
    """Whether anything differed, and is on record now. `source`: who told of the consent."""
    changes: Changes = {}
    for amended in (_courier, _consent, _second_waybill, _amounts, _place):
        part = amended(station, parcel, said)
        if isinstance(part, Refused):
            return part
        changes |= part
    contact_id, facts = _contact(station, parcel, said)
    if "consent" in changes:
        changes["consent_source"] = source
    if changes or facts:
        station.record(Event.AMEND, parcel, changes, of_contact(contact_id), facts)
    return bool(changes or facts)


def _courier(station: Station, parcel: Parcel, said: Particulars) -> Changes | Refused:
    if said.courier is None:
        return {}
    if said.courier == parcel.courier:
        return {} if parcel.courier_decided else {"courier_decided": 1}
    if is_taken(station, parcel.waybill, said.courier or "", parcel):
        return Refused(Problem.ALREADY_IN_CUSTODY, waybill=parcel.waybill)
    return {"courier": said.courier, "courier_decided": 1}


def _consent(station: Station, parcel: Parcel, said: Particulars) -> Changes | Refused:
    if said.consent in (None, consent_of(station.conn, parcel.id)):
        return {}
    return {"consent": said.consent, "consent_at": station.stamp()}


def _second_waybill(station: Station, parcel: Parcel, said: Particulars) -> Changes | Refused:
    if said.second_waybill is None or said.second_waybill == parcel.second_waybill:
        return {}
    if others_with(station, said.second_waybill, parcel):
        return Refused(Problem.ALREADY_IN_CUSTODY, waybill=said.second_waybill)
    return {"second_waybill": said.second_waybill}


def _amounts(station: Station, parcel: Parcel, said: Particulars) -> Changes | Refused:
    """Only who may waive may lower what is due, and nobody below what is paid."""
    old = amounts_of(station.conn, parcel.id)
    changed = {name: fen for name, fen in said.amounts().items() if fen != old[name]}
    raised = sum(fen - old[name] for name, fen in changed.items())
    if raised < 0 and not may(station.role, Event.WAIVE):
        return Refused(Problem.NOT_ALLOWED, waybill=parcel.numbered_waybill)
    if parcel.due_fen + raised < 0:
        return Refused(Problem.BAD_AMOUNT, waybill=parcel.numbered_waybill)
    return {**changed}


def _place(station: Station, parcel: Parcel, said: Particulars) -> Changes | Refused:
    """A parcel that waits to be put away gets a place that fits, and the code of that place."""
    size = said.size or Size[parcel.size]
    changes: Changes = {"size": size.name} if size.name != parcel.size else {}
    settings = station.settings.slots_by_name.get(parcel.proposed_slot or "")
    if parcel.proposed_slot is None or (settings is not None and settings.place.size >= size):
        return changes
    place = propose_slot(station, size, parcel.contact_id)
    if place is None:
        return no_room(station, size, parcel.waybill)
    code = code_at(station, parcel, place.address)
    return {**changes, "proposed_slot": place.name, "code": code.text, "code_compact": code.compact}


def _contact(station: Station, parcel: Parcel, said: Particulars) -> tuple[int | None, dict[str, str]]:
    """Whose it is from now on, where that is new, and what the log says of it: no more than that it changed."""
    contact_id, facts = _new_contact(station, parcel, said), {}
    if contact_id is not None:
        facts["phone"] = CHANGED if parcel.contact_id else ADDED
    known = contact_id or parcel.contact_id
    before = read_contact(station.conn, station.key, known) if said.email is not None else None
    if said.email is not None and (before is None or before.email != said.email):
        contact_id = set_email(station.conn, station.key, known, said.email)
        facts["email"] = CHANGED if parcel.contact_id or (before and before.email) else ADDED
    return contact_id, facts


def _new_contact(station: Station, parcel: Parcel, said: Particulars) -> int | None:
    """None where the phone says nothing new."""
    now = contact_from_now(station, parcel.contact_id, said.phone)
    return None if now == parcel.contact_id else now
