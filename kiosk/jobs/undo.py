"""Undo: the last thing done at this terminal is taken back, by an event of its own."""

from dataclasses import dataclass
from datetime import timedelta

from kiosk.jobs.allowed import allowed
from kiosk.jobs.find_parcel import find_parcel
from kiosk.jobs.issue_code import issue_code
from kiosk.jobs.station import Station
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import may
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import UNDO, Event, State
from kiosk.store.actions import Action, actions_at, values_before
from kiosk.store.events import TABLES
from kiosk.store.parcels import Parcel, by_id, held_in, retire_code

_NO_ACTION = frozenset({StationEvent.SIGN_IN, StationEvent.SIGN_OUT, StationEvent.REFUSE})


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, and the parcel as it stands now."""

    event: Event
    waybill: str
    code: str | None
    slot: str | None
    state: State


@allowed(Event.AMEND)
def undo(station: Station, reason: str | None = None) -> Undone | Refused:
    """Take back the last action of this terminal that still stands; again, and the one before goes too."""
    with station.transaction():
        action = _last_action(station)
        if action is None:
            return Refused(Problem.NOTHING_TO_UNDO)
        answer = _take_back(station, action, reason)
    return _light_off(station, action, answer)


@allowed(Event.UNDO_CHECK_OUT)
def undo_check_out(station: Station, text: str, reason: str) -> Undone | Refused:
    """The parcel was not handed over after all, whichever terminal said so."""
    if not reason:
        return Refused(Problem.NEEDS_REASON)
    with station.transaction():
        parcel = find_parcel(station, text, lambda row: row.state == State.PICKED_UP)
        if isinstance(parcel, Refused):
            return parcel
        row = station.conn.execute(
            "SELECT seq, event, subject, subject_id, occurred_at FROM events WHERE subject_id = ? AND subject = ?"
            " ORDER BY seq DESC LIMIT 1",
            (parcel.id, Subject.PARCEL),
        ).fetchone()
        return _take_back(station, Action._make((*row, {"slot": None, "released_at": None})), reason)


def _last_action(station: Station) -> Action | None:
    undone: set[int] = set()
    for action in actions_at(station.conn, station.terminal):
        if action.undoes is not None:
            undone.add(action.undoes)
        elif action.seq not in undone and action.event not in _NO_ACTION:
            return action
    return None


def _take_back(station: Station, action: Action, reason: str | None) -> Undone | Refused:
    """Write the old values back, under the name of the event that leads back. Call inside a transaction."""
    inverse = UNDO.get(Event(action.event)) if action.subject == Subject.PARCEL else None
    if inverse is None:
        return Refused(Problem.CANNOT_UNDO)
    if not may(station.role, inverse):
        return Refused(Problem.NOT_ALLOWED)
    parcel, event = by_id(station.conn, action.subject_id), Event(action.event)
    if _is_too_late(station, event, action.occurred_at):
        return Refused(Problem.TOO_LATE, waybill=parcel.numbered_waybill)
    if not _is_latest(station, parcel, action):
        return Refused(Problem.CANNOT_UNDO, waybill=parcel.numbered_waybill)
    changes = _old_values(station, parcel, event, action)
    if isinstance(changes, Refused):
        return changes
    facts = {"undoes": action.seq, **({"reason": reason} if reason else {})}
    station.record(inverse, parcel, changes, facts=facts)
    now = by_id(station.conn, parcel.id)
    return Undone(event, now.numbered_waybill, now.code, now.slot or now.proposed_slot, State(now.state))


def _is_too_late(station: Station, event: Event, occurred_at: str) -> bool:
    """A hand-over can be taken back for some minutes, anything else on the same business day."""
    happened, now = station.local(occurred_at), station.local(station.stamp())
    if event is Event.CHECK_OUT:
        return now - happened > timedelta(minutes=station.settings.desk.undo_min)
    return now.date() != happened.date()


def _is_latest(station: Station, parcel: Parcel, action: Action) -> bool:
    """Nothing else has happened to the parcel since, here or at another terminal; what was undone does not count."""
    undone: set[int] = set()
    rows = station.conn.execute(
        "SELECT seq, json_extract(changes, '$.undoes') FROM events WHERE subject_id = ? AND subject = ? AND seq >= ?"
        " ORDER BY seq DESC",
        (parcel.id, Subject.PARCEL, action.seq),
    )
    for seq, undoes in rows:
        if undoes is not None:
            undone.add(undoes)
        elif seq not in undone:
            return bool(seq == action.seq)
    return False


def _old_values(station: Station, parcel: Parcel, event: Event, action: Action) -> dict[str, object] | Refused:
    before = values_before(station.conn, parcel.id, action.seq)
    if event is Event.CHECK_IN:
        return {"proposed_slot": None, "released_at": station.stamp()}
    if event is Event.DISPATCH_HOME:
        return {"proposed_slot": before["slot"]}
    columns = TABLES[Subject.PARCEL].columns - {"state"}
    changes = {name: before[name] for name in action.changes if name in columns}
    slot = changes.get("slot")
    if slot is not None and slot != parcel.slot and not _has_room(station, str(slot)):
        return Refused(Problem.SLOT_FULL, slot=str(slot), waybill=parcel.numbered_waybill)
    return _with_code(station, parcel, changes, before)


def _has_room(station: Station, slot: str) -> bool:
    settings = station.settings.slots_by_name.get(slot)
    return settings is not None and held_in(station.conn, slot) < settings.place.capacity


def _with_code(
    station: Station, parcel: Parcel, changes: dict[str, object], before: dict[str, object]
) -> dict[str, object]:
    """The old code comes back unless somebody else has it by now; the newer one cools."""
    old = str(before["code"]) if before["code"] else None
    if old == parcel.code and not _is_somebody_elses(station, parcel):
        return changes
    if parcel.code and old != parcel.code:
        retire_code(station.conn, parcel.code, station.stamp())
    if old and old == parcel.code:
        slot = station.settings.slots_by_name[str(changes.get("slot") or parcel.proposed_slot)]
        code = issue_code(station, slot.place.address)
        return {**changes, "code": code.text, "code_compact": code.compact}
    return changes


def _is_somebody_elses(station: Station, parcel: Parcel) -> bool:
    """Without a cooling time the code of a parcel that had left may have been issued again."""
    if parcel.code is None or parcel.in_custody:
        return False
    compact = PickupCode(parcel.code).compact
    found = station.conn.execute("SELECT 1 FROM parcels WHERE code_compact = ? AND id > ?", (compact, parcel.id))
    return found.fetchone() is not None


def _light_off(station: Station, action: Action, answer: Undone | Refused) -> Undone | Refused:
    if isinstance(answer, Undone):
        with station.after_commit():
            station.leases.drop_parcel(action.subject_id)
    return answer
