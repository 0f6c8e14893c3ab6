"""What was done at a terminal lately, and how a parcel stood before."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.sheets import Subject
from kiosk.parcels.states import Event
from kiosk.store.events import TABLES, About, EventRow, read_events
from kiosk.store.file.sqlite import sqlite3

_LOOK_BACK = 5000  # events of all terminals; a terminal that was silent for longer has nothing to take back


class Action(NamedTuple):
    """One event of a terminal; `undoes` is the seq of the event it took back, if it did.

    `follows`: it is no action of its own, but goes with the event before it.
    """

    seq: int
    event: str
    subject: str
    subject_id: int
    occurred_at: str
    changes: dict[str, object]
    who: str
    terminal: str

    @property
    def follows(self) -> bool:
        return bool(self.changes.get("follows"))

    @property
    def undoes(self) -> int | None:
        undone = self.changes.get("undoes")
        return int(str(undone)) if undone is not None else None


def actions_at(conn: sqlite3.Connection, terminal: str) -> Iterator[Action]:
    """Newest first, read as far as is asked for."""
    rows = conn.execute(
        "SELECT seq, event, subject, subject_id, occurred_at, changes, who, terminal FROM events"
        " WHERE seq > (SELECT coalesce(max(seq), 0) FROM events) - ? AND +terminal = ? ORDER BY seq DESC",
        (_LOOK_BACK, terminal),
    )
    for row in rows:
        yield Action._make((*row[:5], json.loads(row[5]), *row[6:]))


def values_before(conn: sqlite3.Connection, parcel_id: int, seq: int) -> dict[str, object]:
    """The parcel's columns as they were just before an event, as the log tells them."""
    values: dict[str, object] = dict.fromkeys(TABLES[Subject.PARCEL].columns)
    values |= TABLES[Subject.PARCEL].defaults
    for row, _ in read_events(conn, About(Subject.PARCEL, parcel_id)):
        if row.seq < seq:
            values |= json.loads(row.changes)
    return values


def is_undone(conn: sqlite3.Connection, action: Action) -> bool:
    """Whether it has been taken back, at whatever terminal: an event that does so is about the same subject."""
    took_back = (
        "SELECT 1 FROM events WHERE subject_id = ? AND subject = ? AND seq > ?"
        " AND json_extract(changes, '$.undoes') = ? LIMIT 1"
    )
    return conn.execute(took_back, (action.subject_id, action.subject, action.seq, action.seq)).fetchone() is not None


def seq_of(conn: sqlite3.Connection, event: str, subject: str, subject_id: int) -> int:
    """The first event of that name about the subject."""
    found = "SELECT min(seq) FROM events WHERE subject_id = ? AND subject = ? AND event = ?"
    return int(conn.execute(found, (subject_id, subject, event)).fetchone()[0])


def refused_place(conn: sqlite3.Connection, parcel_id: int) -> Refused | None:
    """The slot that the parcel could not be put in, as far as the log tells, and why; None once it was put somewhere
    or taken in anew."""
    settled = ", ".join(f"'{event}'" for event in sorted(_SETTLED))
    row = conn.execute(
        "SELECT json_extract(changes, '$.refused'), json_extract(changes, '$.refused_slot') FROM events"
        " WHERE subject_id = ? AND subject = 'parcel'"
        f" AND (event IN ({settled}) OR json_extract(changes, '$.refused') IS NOT NULL) ORDER BY seq DESC LIMIT 1",
        (parcel_id,),
    ).fetchone()
    return Refused(Problem(row[0]), slot=row[1]) if row and row[0] else None


def was_called_for(conn: sqlite3.Connection, parcel_id: int, terminal: str, since: str) -> bool:
    """Whether staff were called to this terminal after a time (UTC) because somebody waits for the parcel."""
    called = (
        "SELECT 1 FROM events, json_each(events.changes, '$.waits_for') AS waited WHERE occurred_at > ?"
        " AND event = 'call_staff' AND terminal = ? AND waited.value = ? LIMIT 1"
    )
    return conn.execute(called, (since, terminal, parcel_id)).fetchone() is not None


_SETTLED = frozenset(
    {Event.CHECK_IN, Event.FAIL_DELIVERY, Event.SHELVE, Event.UNDO_SHELVE, Event.RELOCATE, Event.FOUND,
     Event.CANCEL_RETURN, Event.UNDO_CHECK_OUT, Event.MARK_MISSING}
)  # fmt: skip
_PLACES = frozenset({Event.SHELVE, Event.RELOCATE, Event.FOUND, Event.UNDO_CHECK_OUT, Event.COUNT})


def was_placed_after(conn: sqlite3.Connection, parcel_id: int, seq: int) -> bool:
    """Whether somebody had the parcel in their hands since, and put it somewhere. What was done and taken back since
    does not count."""
    later = [_action(row) for row, _ in read_events(conn, About(Subject.PARCEL, parcel_id, after=seq))]
    cancelled = {action.seq for action in later} & {action.undoes for action in later}
    return any(a.event in _PLACES and a.seq not in cancelled and a.undoes not in cancelled for a in later)


def last_action_of(conn: sqlite3.Connection, parcel_id: int) -> Action:
    """The last event of a parcel that has not been taken back."""
    actions = [_action(row) for row, _ in read_events(conn, About(Subject.PARCEL, parcel_id))]
    undone = {action.undoes for action in actions}
    acted = (a for a in reversed(actions) if a.undoes is None and not a.follows and a.event != Event.REVEAL)
    return next(a for a in acted if a.seq not in undone)


def last_following(conn: sqlite3.Connection, parcel_id: int, event: Event) -> Action | None:
    """The last event of that name that went along with another one and has not been taken back."""
    actions = [_action(row) for row, _ in read_events(conn, About(Subject.PARCEL, parcel_id))]
    undone = {action.undoes for action in actions}
    found = (a for a in reversed(actions) if a.event == event and a.follows and a.undoes is None)
    return next((a for a in found if a.seq not in undone), None)


def has_happened_since(conn: sqlite3.Connection, action: Action) -> bool:
    """Whether anything else has happened to the parcel since; what was taken back does not count."""
    return last_action_of(conn, action.subject_id).seq != action.seq


def _action(row: EventRow) -> Action:
    seq, event, subject, number, who, terminal, occurred_at, _, changes, _ = row
    return Action(seq, event, subject, number, occurred_at, json.loads(changes), who, terminal)


def values_before_last(conn: sqlite3.Connection, parcel_id: int, event: Event) -> dict[str, object]:
    """A parcel's columns before the last event of that name that was an action of its own."""
    actions = [_action(row) for row, _ in read_events(conn, About(Subject.PARCEL, parcel_id))]
    seq = max((action.seq for action in actions if action.event == event and not action.follows), default=0)
    return values_before(conn, parcel_id, seq)
