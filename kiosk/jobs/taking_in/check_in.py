"""Checking in: a parcel comes into custody, gets its code, and a light shows where it belongs."""

from dataclasses import replace

from kiosk.jobs.allowed import allowed
from kiosk.jobs.shelf.issue_code import issue_code
from kiosk.jobs.shelf.put_to_light import put_to_light
from kiosk.jobs.shelf.room_for import note_refused
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.accept import Accepted, accept
from kiosk.jobs.taking_in.amend import amend_parcel
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.noted import beyond, ended, from_where, half_read, passed_over, where_said
from kiosk.jobs.taking_in.put_away import (
    pending,
    shelve_as_proposed,
    shelve_at,
    shelve_on_the_way,
    shelve_with_check_in,
    waits_already,
)
from kiosk.jobs.taking_in.whose import Whose, consignee, contact_from_now, is_somebody_else
from kiosk.jobs.ways_out import Backout, DoneBefore
from kiosk.parcels.consents import Consent
from kiosk.parcels.kinds import Kind, own_number
from kiosk.parcels.particulars import NOTHING_SAID, Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan, clean, recognise
from kiosk.parcels.states import Event, State
from kiosk.parcels.waybills import Waybill, candidates
from kiosk.store.actions import refused_place
from kiosk.store.tables.contacts import of_contact, phone_tail, set_email
from kiosk.store.tables.parcels import Parcel, by_id, couriers_seen_lately


@allowed(Event.CHECK_IN)
def check_in(
    station: Station,
    scan: Scan,
    particulars: Particulars,
    *,
    shelve: bool = False,
    sure: bool = False,
    at: str | None = None,
    coming: Particulars = NOTHING_SAID,
    undecided: bool = False,
) -> CheckedIn | Refused:
    """Take a parcel into custody and propose a slot; `shelve` puts it away there at once, `at` in the slot, or on the
    level, that the clerk chose.

    Another thing than a parcel may come without a number: an empty scan gives it one of ours. What looks like the
    number of something else is asked about; `sure` says that it is the waybill all the same.
    Scanning the next parcel confirms the one before at this terminal; scanning the same one again relights it.
    `coming` is said of whichever item comes next: its courier and size yield to what is certain of this one, its phone
    overrules no other on record, and none of it touches a parcel that waits already. `undecided`: nothing new comes in
    before it is decided whose a phone is. Refused, nothing at all has changed.
    """
    if not scan.text and particulars.kind is not Kind.PARCEL:
        scan = recognise(own_number(particulars.kind, station.random))
    waybill = scan.waybill
    if isinstance(waybill, Problem):
        return Refused(waybill)
    try:
        with station.transaction():
            before = pending(station)
            waits = waits_already(station, waybill, particulars.courier, before)
            if waits is not None:
                recorded = _placed(station, _again(station, waits, particulars, before), at)
            else:
                confirmed = shelve_as_proposed(station, before) if before else None  # first: it may fill a chosen slot
                accepted = _accepted(station, waybill, particulars, coming, sure=sure, undecided=undecided, at=at)
                taken_in = replace(_next(station, accepted, particulars, coming, scan.text), confirmed=confirmed)
                recorded = _where_chosen(station, taken_in, accepted) if at else taken_in
            answer = station.keep(_shelved(station, recorded) if shelve else recorded)
    except Backout as nothing_written:
        return nothing_written.refused
    except DoneBefore as known:
        return _lit_again(station, known.answer)
    with station.after_commit():
        if answer.state == State.CHECKED_IN:
            done_with = before.id if before and before.id != answer.parcel_id else None
            return replace(answer, look=put_to_light(station, answer.parcel_id, answer.slot, done_with=done_with))
        for done_with in {before.id if before else answer.parcel_id, answer.parcel_id}:
            station.leases.drop_parcel(done_with)
    return answer


def _lit_again(station: Station, known: object) -> CheckedIn | Refused:
    """What was answered the first time, whole: its look is the light's, which shines again while it waits for it."""
    assert isinstance(known, CheckedIn | Refused)
    if isinstance(known, CheckedIn) and _waits(station, known):
        with station.after_commit():
            return replace(known, look=put_to_light(station, known.parcel_id, known.slot))
    return known


def _waits(station: Station, answer: CheckedIn) -> bool:
    """For its place, then and now."""
    return answer.state == by_id(station.conn, answer.parcel_id).state == State.CHECKED_IN


def _accepted(
    station: Station,
    waybill: Waybill,
    said: Particulars,
    coming: Particulars,
    *,
    sure: bool,
    undecided: bool,
    at: str | None,
) -> Accepted:
    """Raises Backout where the parcel may not come in; then the one before is not confirmed either."""
    accepted = accept(station, waybill, said, coming, sure=sure, at=at)
    if isinstance(accepted, Refused):
        raise Backout(accepted)
    if undecided:
        raise Backout(Refused(Problem.WHOSE_PHONE, waybill=str(accepted.waybill)))
    return accepted


def _next(station: Station, accepted: Accepted, said: Particulars, coming: Particulars, text: str) -> CheckedIn:
    taken_in = _take_in(station, accepted, said.with_what_is_coming(coming), text)
    return replace(taken_in, passed_over=passed_over(accepted, said, coming))


def _where_chosen(station: Station, taken_in: CheckedIn, accepted: Accepted) -> CheckedIn:
    parcel = by_id(station.conn, taken_in.parcel_id)
    if accepted.not_there:
        return replace(taken_in, not_there=note_refused(station, parcel, accepted.not_there), asks_slot=True)
    return replace(taken_in, state=shelve_with_check_in(station, parcel, accepted.place).state)


def _placed(station: Station, waits: CheckedIn, at: str | None) -> CheckedIn:
    """The parcel that waits lies where the clerk scans now."""
    if at is None:
        return waits
    put_away = shelve_at(station, by_id(station.conn, waits.parcel_id), at)
    if isinstance(put_away, Refused):
        return replace(waits, not_there=put_away, asks_slot=True)
    return replace(waits, slot=put_away.slot, code=put_away.code, state=put_away.state)


def _take_in(station: Station, accepted: Accepted, said: Particulars, raw_scan: str) -> CheckedIn:
    code, slot, now = issue_code(station, accepted.place.address), accepted.place.name, station.stamp()
    changes: dict[str, object] = {
        "courier": accepted.courier,
        "courier_decided": int(accepted.courier_decided),
        "waybill": accepted.waybill.number,
        "piece": accepted.waybill.piece,
        "pieces": accepted.waybill.pieces,
        "raw_scan": clean(raw_scan),
        "size": accepted.size.name,
        "proposed_slot": slot,
        "code": code.text,
        "code_compact": code.compact,
        "checked_in_at": now,
        **accepted.carried,
        **said.amounts(),
        **where_said(said),
    }
    if said.consent is not None:
        changes |= {"consent": said.consent, "consent_source": station.who, "consent_at": now}
    elif accepted.consent is not Consent.NOT_ASKED and accepted.expected is None:
        changes |= {"consent": accepted.consent, "consent_source": "before", "consent_at": now}
    kin = accepted.kin
    is_other = kin is not None and is_somebody_else(station, kin.contact_id, said.phone)
    contact_id = contact_from_now(station, kin.contact_id if kin else None, said.phone)
    whose = from_where(contact_id, kin)
    if said.email is not None:
        contact_id = set_email(station.conn, station.key, contact_id, said.email)
    parcel_id = station.record(Event.CHECK_IN, accepted.expected, changes, of_contact(contact_id))
    may_be_due = bool(accepted.expected or accepted.carried or said.amounts())
    return CheckedIn(
        parcel_id,
        str(accepted.waybill),
        accepted.courier,
        accepted.candidates,
        code.text,
        slot,
        State.CHECKED_IN,
        earlier=ended(accepted.earlier),
        due_fen=by_id(station.conn, parcel_id).due_fen if may_be_due else 0,
        kind=said.kind,
        beyond=beyond(station, said.batch),
        half_read=half_read(station, accepted) if said.kind is Kind.PARCEL else "",
        other_tail=phone_tail(station.conn, kin.contact_id) if kin and is_other else None,
        **consignee(station, contact_id, whose)._asdict(),
    )


def _again(station: Station, parcel: Parcel, said: Particulars, before: Parcel | None) -> CheckedIn:
    """The parcel that waits to be put away was scanned once more: what is said now is added to what is on record.
    `before`: the last one from here."""
    if said.consent is Consent.DOOR_ONLY:
        raise Backout(Refused(Problem.DOOR_ONLY, waybill=parcel.waybill))
    amended = amend_parcel(station, parcel, said)
    if isinstance(amended, Refused):
        raise Backout(amended)
    guesses = candidates(amended.waybill, lambda: couriers_seen_lately(station.conn))
    slot, code = amended.proposed_slot or "", amended.code or ""
    number, due = amended.numbered_waybill, amended.due_fen
    is_last, refused = before is not None and before.id == parcel.id, refused_place(station.conn, parcel.id)
    return CheckedIn(
        amended.id, number, amended.courier, guesses, code, slot, State.CHECKED_IN,
        due_fen=due, kind=Kind(amended.kind), again=True, asks_slot=not is_last or refused is not None,
        confirmed=None if is_last or before is None else shelve_as_proposed(station, before),
        **consignee(station, amended.contact_id, Whose.ON_RECORD)._asdict(),
    )  # fmt: skip


def _shelved(station: Station, answer: CheckedIn) -> CheckedIn:
    put_away = shelve_on_the_way(station, by_id(station.conn, answer.parcel_id))
    if isinstance(put_away, Refused):
        raise Backout(put_away)
    return replace(answer, code=put_away.code, state=put_away.state)
