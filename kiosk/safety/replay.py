"""Replaying the event log: the tables as the events tell them, to hold the tables against."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from json import JSONDecodeError, JSONDecoder
from sys import intern
from typing import NamedTuple

from kiosk.parcels.canonical import canonical
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import IN_CUSTODY, Event, ForbiddenTransition, State, next_state
from kiosk.store.events import TABLES, EventRow
from kiosk.store.file.keys import FIRST_LINK, StationKey
from kiosk.store.file.rows import spelt, spelt_table, whole_table
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.codes import OLD_CODE

STATES = 1 << 256
FILE_INTACT = "file_intact"
_PARCEL = Subject.PARCEL.value
_STATION_EVENTS = frozenset(event.value for event in StationEvent)
_read_json = JSONDecoder().raw_decode  # json.loads looks at every text twice as long


class Violation(NamedTuple):
    """`rule` is a stable name; `detail` says where."""

    rule: str
    detail: str


@lru_cache(maxsize=1024)
def _led_to(state: str | None, event: str) -> str:
    """Raises ForbiddenTransition or ValueError; there are few of these, and many events."""
    return next_state(State(state) if state else None, Event(event)).value


class _Shape(NamedTuple):
    """How the rows of a table are told: a list each, of these columns. A dict each would take a Pi's memory."""

    columns: tuple[str, ...]
    place: Mapping[str, int]
    blank: list[object]
    canonical: Mapping[str, int]  # columns that no event tells → the place of the number that they follow from


def _shape(subject: Subject) -> _Shape:
    table = TABLES.get(subject)
    columns = tuple(sorted(table.columns - table.private)) if table else ()
    places = {name: place for place, name in enumerate(columns)}
    blank = [table.defaults.get(name) if table else None for name in columns]
    return _Shape(columns, places, blank, {name: places[of] for name, of in table.canonical.items()} if table else {})


class Replay:
    """Built event by event; `previous` and `seq` are of the last one."""

    def __init__(self, key: StationKey, cooling_days: int) -> None:
        self._key = key
        self._cooled = timedelta(days=cooling_days)
        self._shapes: dict[str, _Shape] = {subject.value: _shape(subject) for subject in Subject}
        self._state, self._code, self._compact = map(
            self._shapes[_PARCEL].place.__getitem__, ("state", "code", "code_compact")
        )
        self.rows: dict[str, dict[int, list[object]]] = {subject.value: {} for subject in Subject}
        self._codes: dict[object, tuple[int, str]] = {}  # compact code → last holder, released_at
        self._left: dict[int, list[object]] = {}  # compact codes that parcels had before, and are good still
        self.previous = FIRST_LINK
        self.seq = 0
        self.began_with = 0

    def take(self, row: EventRow) -> Iterator[Violation]:
        """The next event of the log. Raises TypeError or ValueError where a damaged row lacks or spoils a value."""
        before_it, previous = self.seq, self.previous
        self.seq, self.previous = row.seq, row.link
        if row.seq != before_it + 1:
            yield Violation("events_without_gaps", f"event {row.seq} follows {before_it}")
        if self._key.link(previous, row.chained()) != row.link:
            yield Violation("chain_unbroken", f"event {row.seq}")
        yield from self.follow(row)

    def follow(self, row: EventRow) -> Iterator[Violation]:
        """What the event did to its row, whoever vouches for the event itself."""
        seq, event, subject, number, _, _, occurred_at, _, text, _ = row
        try:
            changes, shape = _changes(text), self._shapes[subject]
            told = self.rows[subject].get(number)
            if subject == _PARCEL:
                before = str(told[self._state]) if told else None
                if changes["state"] != _led_to(before, event):
                    yield Violation("transition_allowed", f"event {seq}: {event} led to {changes['state']}")
            elif event not in _STATION_EVENTS:
                raise ValueError(event)
        except (ValueError, KeyError, ForbiddenTransition) as wrong:
            yield Violation("transition_allowed", f"event {seq}: {wrong}")
            return
        if told is None:
            told = self.rows[subject][number] = shape.blank.copy()
        held = told[self._compact] if subject == _PARCEL else None
        for name, value in changes.items():
            place = shape.place.get(name)  # None for a fact, which stands in the event only
            if place is not None:
                told[place] = intern(value) if type(value) is str else int(value) if type(value) is bool else value
        if subject == _PARCEL:
            if held is not None and held != told[self._compact]:
                self._leave_code(number, held, occurred_at, stays=OLD_CODE in changes)
            yield from self._check_code(seq, number, occurred_at, told, issued="code_compact" in changes)

    def _leave_code(self, number: int, code: object, occurred_at: str, *, stays: bool) -> None:
        """The parcel has another one. `stays`: the one before is good while the parcel is here; it was not always."""
        self._codes[code] = (number, "" if stays else occurred_at)
        if stays:
            self._left.setdefault(number, []).append(code)

    def _check_code(
        self, seq: int, number: int, occurred_at: str, parcel: list[object], *, issued: bool
    ) -> Iterator[Violation]:
        code = parcel[self._compact]
        if code is None:
            return
        known = self._codes.get(code)
        if issued and known is not None and known[0] != number:
            released_at = known[1]
            begun = datetime.fromisoformat(occurred_at)
            if not released_at or begun < datetime.fromisoformat(released_at) + self._cooled:
                yield Violation("code_unique_and_cooled", f"event {seq} issued {parcel[self._code]} again too early")
        released = "" if parcel[self._state] in IN_CUSTODY else occurred_at
        if issued or known is not None:
            self._codes[code] = (number, released)
        for left in self._left.get(number, ()):
            if self._codes[left][0] == number:
                self._codes[left] = (number, released)

    def compare(self, conn: sqlite3.Connection, subject: Subject) -> Iterator[Violation]:
        """Invariant 4: what the events tell is what the table holds."""
        columns, told_of = self._shapes[subject].columns, self.rows[subject]
        unseen = set(told_of)
        for number, *row in whole_table(conn, TABLES[subject].name, columns):
            unseen.discard(number)
            told = told_of.get(number)
            if told is None:
                yield Violation("table_replays", f"{subject} {number} has no event")
            elif row != told:
                wrong = (name for name, was, is_now in zip(columns, told, row, strict=True) if was != is_now)
                yield Violation("table_replays", f"{subject} {number}: {', '.join(wrong)}")
        for missing in sorted(unseen):
            yield Violation("table_replays", f"{subject} {missing} is gone")

    def begin_at(self, seq: int, link: bytes) -> None:
        """After an event that somebody vouches for, instead of before the first; with the rows that were built."""
        self.seq, self.previous, self.began_with = seq, link, self.state()

    def state(self) -> int:
        """One figure for all rows as the events tell them, wherever they stand."""
        mark, total = self._key.row_mark, 0
        for subject in TABLES:
            places = self._shapes[subject].canonical.values()
            for number, row in self.rows[subject].items():
                follows = [canonical(str(row[place])) if row[place] else None for place in places]
                total += mark(subject.value + spelt((number, *row, *follows)))
        return total % STATES

    def state_of(self, conn: sqlite3.Connection) -> int:
        """The same figure for the tables as they are."""
        mark, total = self._key.row_mark, 0
        for subject in TABLES:
            name, shape = subject.value, self._shapes[subject]
            for row in spelt_table(conn, TABLES[subject].name, (*shape.columns, *shape.canonical)):
                total += mark(name + row)
        return total % STATES

    @property
    def spelling(self) -> str:
        """Which columns the figure is made of: another version may have more."""
        return repr([(name, shape.columns, [*shape.canonical]) for name, shape in self._shapes.items()])


def _changes(text: str) -> dict[str, object]:
    try:
        changes, end = _read_json(text)
    except (JSONDecodeError, RecursionError, TypeError) as broken:
        raise ValueError("its changes cannot be read") from broken
    if end != len(text) or not isinstance(changes, dict):
        raise ValueError("its changes cannot be read")
    return changes
