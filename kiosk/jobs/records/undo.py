"""Undo: the last thing done at this terminal is taken back, by an event of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.jobs.allowed import allowed
from kiosk.jobs.changed import REMOVED
from kiosk.jobs.find_parcel import find_parcel, may_happen
from kiosk.jobs.forget_address import forget_address
from kiosk.jobs.keeping.return_again import return_again
from kiosk.jobs.records.old_values import old_values
from kiosk.jobs.records.undo_sheet import undo_station_event
from kiosk.jobs.station import Station
from kiosk.jobs.ways_out import Backout
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import may
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import SheetKind, StationEvent, Subject
from kiosk.parcels.states import UNDO, Event, State
from kiosk.store.actions import (
    Action,
    actions_at,
    has_happened_since,
    is_undone,
    last_action_of,
    last_following,
    values_before,
)
from kiosk.store.tables.parcels import CHARGES, Parcel, amounts_of, by_id

# These change nothing that could be put back; what was done before them still can.
_NO_ACTION = frozenset(
    {StationEvent.SIGN_IN, StationEvent.SIGN_OUT, StationEvent.REFUSE, StationEvent.NOTE_UNEXPECTED,
     StationEvent.ISSUE_PASS, StationEvent.USE_PASS, StationEvent.LIFT_PAUSE, StationEvent.ERASE_CONTACTS,
     StationEvent.EXPORT_PERSON, StationEvent.FIND_PERSON, StationEvent.CALL_STAFF, StationEvent.BELIEVE_CLOCK,
     StationEvent.CHASE, Event.REMIND, Event.REVEAL}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, and the parcel as it stands now; or the sheet, or the place, that it was done to."""

    event: Event | StationEvent
    waybill: str | None = None
    sheet: int | None = None
    kind: SheetKind | None = None
    party: str | None = None
    code: str | None = None
    slot: str | None = None
    state: State | None = None


@allowed(Event.AMEND)
def undo(station: Station, reason: str | None = None) -> Undone | Refused:
    """Take back the last action of this terminal that still stands; again, and the one before goes too."""
    try:
        with station.transaction():
            action = _last_action(station)
            if action is None:
                return Refused(Problem.NOTHING_TO_UNDO)
            answer = station.keep(_take_back_any(station, action, reason))
    except Backout as nothing_written:
        return nothing_written.refused
    if isinstance(answer, Undone) and action.subject == Subject.PARCEL:
        with station.after_commit():
            station.leases.drop_parcel(action.subject_id)
    return answer


def _take_back_any(station: Station, action: Action, reason: str | None) -> Undone | Refused:
    if action.subject == Subject.PARCEL:
        return take_back(station, action, reason)
    if not (_is_today(station, action.occurred_at) or station.asked_by):
        return Refused(Problem.TOO_LATE)
    named = undo_station_event(station, action, lambda inner: take_back(station, inner, reason))
    if isinstance(named, Refused):
        return named
    event = StationEvent(action.event)
    if isinstance(named, str):
        return Undone(event, slot=named)
    return Undone(event, sheet=named.id, kind=SheetKind(named.kind), party=named.party)


@allowed(Event.UNDO_CHECK_OUT)
def undo_check_out(station: Station, scan: Scan, reason: str) -> Undone | Refused:
    """The parcel was not handed over after all, whichever terminal said so."""
    if not reason:
        return Refused(Problem.NEEDS_REASON)
    with station.transaction():
        parcel = find_parcel(station, scan, lambda row: row.state == State.PICKED_UP, latest=True)
        if isinstance(parcel, Refused):
            return parcel
        return station.keep(take_back(station, last_action_of(station.conn, parcel.id), reason))


def _last_action(station: Station) -> Action | None:
    """What this terminal did last that nobody, here or elsewhere, has taken back."""
    for action in actions_at(station.conn, station.terminal):
        is_action = action.undoes is None and not action.follows and action.event not in _NO_ACTION
        if is_action and not is_undone(station.conn, action):
            return action
    return None


def take_back(station: Station, action: Action, reason: str | None) -> Undone | Refused:
    """Write the old values back, under the name of the event that leads back. Call inside a transaction."""
    parcel, event = by_id(station.conn, action.subject_id), Event(action.event)
    inverse, along = UNDO.get(event), _put_away_along(station, action)
    may_be = inverse is not None and (along is not None or may_happen(inverse)(parcel))
    if inverse is None or not may_be or has_happened_since(station.conn, action):
        return Refused(Problem.CANNOT_UNDO, waybill=parcel.numbered_waybill)
    if _is_too_late(station, event, action.occurred_at):
        return Refused(Problem.TOO_LATE, waybill=parcel.numbered_waybill)
    if along is not None:
        parcel = _off_the_shelf(station, parcel, along)
    old = old_values(station, parcel, event, action)
    if isinstance(old, Refused):
        return old
    if _lowers_amounts(station, parcel, old.changes) and action.who != station.who:
        return Refused(Problem.NOT_ALLOWED, waybill=parcel.numbered_waybill)
    facts = {"undoes": action.seq, **({"reason": reason} if reason else {})}
    nobody = {"collector_id": None} if event is Event.CHECK_OUT else None  # who took it has not taken it after all
    if old.of_nobody:
        nobody, facts = {"contact_id": None}, {**facts, "phone": REMOVED}
    station.record(inverse, parcel, old.changes, nobody, facts)
    if old.was_returning:  # a parcel in return that was called missing is in return again
        return_again(station, by_id(station.conn, parcel.id))
    if event is Event.REQUEST_DELIVERY:
        forget_address(station, parcel.contact_id)
    return _undone(event, by_id(station.conn, parcel.id))


def _put_away_along(station: Station, action: Action) -> Action | None:
    """The put-away by the same scan that took the parcel in, if it stands there still."""
    if action.event != Event.CHECK_IN or by_id(station.conn, action.subject_id).state != State.SHELVED:
        return None
    return last_following(station.conn, action.subject_id, Event.SHELVE)


def _off_the_shelf(station: Station, parcel: Parcel, along: Action) -> Parcel:
    old = values_before(station.conn, parcel.id, along.seq)
    changes = {name: old[name] for name in ("slot", "proposed_slot", "shelved_at")}
    station.record(Event.UNDO_SHELVE, parcel, changes, facts={"undoes": along.seq, "follows": True})
    return by_id(station.conn, parcel.id)


def _lowers_amounts(station: Station, parcel: Parcel, changes: Mapping[str, object]) -> bool:
    """What somebody else has asked for is waived by whoever may waive, under whatever name."""
    now = amounts_of(station.conn, parcel.id)
    lowered = (name for name in CHARGES if name in changes and int(str(changes[name])) < now[name])
    return any(lowered) and not may(station.role, Event.WAIVE)


def _undone(event: Event, now: Parcel) -> Undone:
    slot, state = now.place, State(now.state)
    return Undone(event, now.numbered_waybill, code=now.code, slot=slot, state=state)


def _is_too_late(station: Station, event: Event, occurred_at: str) -> bool:
    """A hand-over can be taken back for some minutes, anything else on the same business day; whatever else needs a
    manager's consent."""
    if station.asked_by:
        return False
    if event is Event.CHECK_OUT:
        return station.now() - datetime.fromisoformat(occurred_at) > timedelta(minutes=station.settings.desk.undo_min)
    return not _is_today(station, occurred_at)


def _is_today(station: Station, occurred_at: str) -> bool:
    return station.local(occurred_at).date() == station.local(station.stamp()).date()
