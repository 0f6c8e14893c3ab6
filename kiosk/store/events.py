"""The event log: the only way a parcel's row is written, so that each change has exactly one event."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kiosk.parcels.states import Event, ForbiddenTransition, State, next_state
from kiosk.store.chain import FIRST_LINK, StationKey, compact_json
from kiosk.store.parcels import COLUMNS
from kiosk.store.sqlite import sqlite3


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who did it where and when. Times are ISO 8601 in UTC; `occurred_at` differs from `recorded_at` on replay."""

    who: str
    terminal: str
    occurred_at: str
    recorded_at: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """One row of the event log. Times are UTC; `changes` is JSON, `link` chains it to the row before."""

    seq: int
    event: str
    parcel_id: int
    who: str
    terminal: str
    occurred_at: str
    recorded_at: str
    changes: str
    link: bytes

    def chained(self) -> tuple[object, ...]:
        """What the link covers."""
        return (self.seq, self.event, self.parcel_id, self.who, self.terminal, self.occurred_at, self.recorded_at,
                self.changes)  # fmt: skip


def record(
    conn: sqlite3.Connection,
    key: StationKey,
    event: Event,
    parcel: tuple[int, State] | None,
    changes: Mapping[str, object],
    stamp: Stamp,
    contact_id: int | None = None,
) -> int:
    """Write one transition: the parcel's row and its event, inside the caller's transaction. Returns the parcel id.

    `parcel` is (id, state now), None for a new episode. The contact stays out of the event: events carry no phone.
    """
    assert conn.in_transaction
    full = {"state": next_state(parcel[1] if parcel else None, event), **changes}
    private = {} if contact_id is None else {"contact_id": contact_id}
    written = {**full, **private}
    if parcel is None:
        parcel_id = int(conn.execute(_insert(tuple(written)), tuple(written.values())).lastrowid)
    else:
        parcel_id = parcel[0]
        done = conn.execute(_update(tuple(written)), (*written.values(), *parcel))
        if done.rowcount != 1:
            raise ForbiddenTransition(f"{event}: parcel {parcel_id} is not {parcel[1]} any more")
    _append(conn, key, event, parcel_id, compact_json(full), stamp)
    return parcel_id


def _append(
    conn: sqlite3.Connection, key: StationKey, event: Event, parcel_id: int, changes: str, stamp: Stamp
) -> None:
    last = conn.execute("SELECT seq, link FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (last[0] + 1, last[1]) if last else (1, FIRST_LINK)
    row = EventRow(seq, event, parcel_id, stamp.who, stamp.terminal, stamp.occurred_at, stamp.recorded_at, changes, b"")
    conn.execute(
        "INSERT INTO events (seq, event, parcel_id, who, terminal, occurred_at, recorded_at, changes, link)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row.chained(), key.link(previous, row.chained())),
    )


@lru_cache(maxsize=64)
def _insert(columns: tuple[str, ...]) -> str:
    assert set(columns) <= COLUMNS
    return f"INSERT INTO parcels ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


@lru_cache(maxsize=64)
def _update(columns: tuple[str, ...]) -> str:
    assert set(columns) <= COLUMNS
    return f"UPDATE parcels SET {', '.join(f'{column} = ?' for column in columns)} WHERE id = ? AND state = ?"


def read_events(
    conn: sqlite3.Connection, *, parcel_id: int | None = None, after: int = 0, last: int | None = None
) -> Iterator[tuple[EventRow, str]]:
    """Events with their parcel's waybill in order of seq: of one parcel, after a seq, or the `last` n."""
    where, values = "seq > ?", [after]
    if parcel_id is not None:
        where, values = where + " AND parcel_id = ?", [after, parcel_id]
    newest = f"ORDER BY seq DESC LIMIT {int(last)}" if last is not None else ""
    rows = conn.execute(
        f"SELECT e.seq, event, parcel_id, who, terminal, occurred_at, recorded_at, changes, link, waybill"
        f" FROM (SELECT * FROM events WHERE {where} {newest}) e LEFT JOIN parcels p ON p.id = e.parcel_id"
        f" ORDER BY e.seq",
        values,
    )
    for row in rows:
        yield EventRow(*row[:9]), row[9]
