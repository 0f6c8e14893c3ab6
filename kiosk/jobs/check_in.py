"""Checking in: a parcel comes into custody, gets its code, and a light shows where it belongs."""

from dataclasses import dataclass, replace

from kiosk.jobs.issue_code import issue_code
from kiosk.jobs.put_away import PutAway, pending, put_away_pending, shelve_as_proposed
from kiosk.jobs.station import Station
from kiosk.parcels.consents import Consent
from kiosk.parcels.couriers import UNKNOWN_COURIER
from kiosk.parcels.looks import Look
from kiosk.parcels.phones import Phone
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import recognise_waybill
from kiosk.parcels.slots import Place, Size, choose_slot
from kiosk.parcels.states import Event, State
from kiosk.parcels.waybills import Waybill, candidates
from kiosk.store.contacts import contact_of
from kiosk.store.leases import Purpose
from kiosk.store.parcels import (
    Parcel,
    by_id,
    by_waybill,
    consent_of,
    couriers_seen_lately,
    slots_of_consignee,
)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the clerk says about a parcel; None leaves it to the manifest, then to the default (M, not asked)."""

    courier: str | None = None
    phone: Phone | None = None
    size: Size | None = None
    consent: Consent | None = None


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """`candidates`: couriers whose numbers look like this one, the likeliest first; empty for an unknown form.

    `look` is None where no light could be had (every look taken) or wanted (shelved at once). `confirmed` is the
    parcel before this one, now on record as put away, or why it could not be.
    """

    waybill: str
    courier: str
    candidates: tuple[str, ...]
    code: str
    slot: str
    state: State
    look: Look | None = None
    confirmed: PutAway | Refused | None = None

    @property
    def looks_like_another_courier(self) -> bool:
        return bool(self.candidates) and self.courier not in self.candidates


def check_in(station: Station, text: str, particulars: Particulars, *, shelve: bool = False) -> CheckedIn | Refused:
    """Take a parcel into custody and propose a slot; `shelve` puts it away there at once.

    Scanning the next parcel confirms the one before at this terminal; scanning the same one again relights it.
    """
    waybill = recognise_waybill(text)
    if isinstance(waybill, Problem):
        return Refused(waybill)
    before = pending(station)
    if before and (before.waybill, before.piece) == (waybill.number, waybill.piece):
        return _again(station, before, shelve)
    with station.transaction():
        accepted = _accept(station, waybill, particulars)
        if isinstance(accepted, Refused):
            return accepted
        confirmed = shelve_as_proposed(station, before) if before else None
        answer, parcel_id = _take_in(station, accepted, text)
        if isinstance(answer, CheckedIn) and shelve:
            put_away = shelve_as_proposed(station, by_id(station.conn, parcel_id))
            assert isinstance(put_away, PutAway)
            answer = replace(answer, code=put_away.code, state=put_away.state)
    if before:
        session = station.leases.session_of(before.id, Purpose.PUT_AWAY)
        if session:
            station.leases.end(session.id)
    if isinstance(answer, Refused):
        return answer
    answer = replace(answer, confirmed=confirmed)
    return answer if shelve else _lit(station, answer, parcel_id)


@dataclass(frozen=True, slots=True)
class _Accepted:
    """A parcel that may come in: what the clerk said, filled up from the manifest."""

    waybill: Waybill
    expected: Parcel | None
    courier: str
    courier_decided: bool
    candidates: tuple[str, ...]
    size: Size
    consent: Consent
    consent_said: bool
    contact_id: int | None


def _accept(station: Station, waybill: Waybill, said: Particulars) -> _Accepted | Refused:
    conn = station.conn
    rows = [row for row in by_waybill(conn, waybill.number) if row.piece == waybill.piece]
    if said.courier is not None:
        rows = [row for row in rows if row.courier in (said.courier, UNKNOWN_COURIER)]
    here = next((row for row in rows if row.in_custody), None)
    if here is not None:
        return Refused(Problem.ALREADY_IN_CUSTODY, slot=here.slot or here.proposed_slot, waybill=waybill.number)
    expected = next((row for row in rows if row.state == State.EXPECTED), None)
    consent = said.consent or (consent_of(conn, expected.id) if expected else Consent.NOT_ASKED)
    if consent is Consent.DOOR_ONLY:
        return Refused(Problem.DOOR_ONLY, waybill=waybill.number)
    guesses = candidates(waybill.number, lambda: couriers_seen_lately(conn))
    announced = expected.courier if expected and expected.courier != UNKNOWN_COURIER else None
    contact_id = contact_of(conn, station.key, said.phone)
    if contact_id is None and expected:
        contact_id = expected.contact_id
    return _Accepted(
        waybill,
        expected,
        courier=said.courier or announced or (guesses[0] if guesses else UNKNOWN_COURIER),
        courier_decided=bool(said.courier or announced),
        candidates=guesses,
        size=said.size or (Size[expected.size] if expected else Size.M),
        consent=consent,
        consent_said=said.consent is not None,
        contact_id=contact_id,
    )


def _take_in(station: Station, accepted: _Accepted, raw_scan: str) -> tuple[CheckedIn | Refused, int]:
    place = _propose(station, accepted)
    if place is None:
        return Refused(Problem.NO_ROOM, waybill=accepted.waybill.number), 0
    code = issue_code(station, place.address)
    now = station.stamp()
    changes: dict[str, object] = {
        "courier": accepted.courier,
        "courier_decided": int(accepted.courier_decided),
        "waybill": accepted.waybill.number,
        "piece": accepted.waybill.piece,
        "pieces": accepted.waybill.pieces,
        "raw_scan": raw_scan,
        "size": accepted.size.name,
        "proposed_slot": str(place.address),
        "code": code.text,
        "code_compact": code.compact,
        "checked_in_at": now,
    }
    if accepted.consent_said:
        changes |= {"consent": accepted.consent, "consent_source": station.who, "consent_at": now}
    parcel_id = station.record(Event.CHECK_IN, accepted.expected, changes, accepted.contact_id)
    answer = CheckedIn(
        by_id(station.conn, parcel_id).numbered_waybill,
        accepted.courier,
        accepted.candidates,
        code.text,
        str(place.address),
        State.CHECKED_IN,
    )
    return answer, parcel_id


def _propose(station: Station, accepted: _Accepted) -> Place | None:
    contact_id = accepted.contact_id
    together = slots_of_consignee(station.conn, contact_id) if contact_id is not None else ()
    return choose_slot(station.settings.places, station.occupancy.held(), accepted.size, together)


def _again(station: Station, parcel: Parcel, shelve: bool) -> CheckedIn | Refused:
    """The parcel that waits to be put away was scanned once more: light its slot again, or shelve it there."""
    guesses = candidates(parcel.waybill, lambda: couriers_seen_lately(station.conn))
    slot, code = parcel.proposed_slot or "", parcel.code or ""
    answer = CheckedIn(parcel.numbered_waybill, parcel.courier, guesses, code, slot, State.CHECKED_IN)
    if not shelve:
        return _lit(station, answer, parcel.id)
    put_away = put_away_pending(station, slot)
    return put_away if isinstance(put_away, Refused) else replace(answer, code=put_away.code, state=put_away.state)


def _lit(station: Station, answer: CheckedIn, parcel_id: int) -> CheckedIn:
    """Put-to-light: the proposed slot shows where the parcel belongs."""
    session = station.leases.light(
        Purpose.PUT_AWAY,
        station.terminal,
        [station.wanted(parcel_id, answer.slot)],
        seconds=station.settings.put_away_light_s,
        grace=station.settings.exit_grace_s,
    )
    return replace(answer, look=session.look) if session else answer
