"""What reports and pictures are made of."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.parcels import CUSTODY

ParcelEvent = tuple[int, str, str, str, str | None, str]  # seq, event, when, courier, when checked in (UTC), who


def parcel_events(conn: sqlite3.Connection, since: str, until: str) -> Iterator[ParcelEvent]:
    """Between two times."""
    yield from conn.execute(
        "SELECT e.seq, e.event, e.occurred_at, p.courier, p.checked_in_at, e.who FROM events e"
        " JOIN parcels p ON p.id = e.subject_id"
        " WHERE e.subject = 'parcel' AND e.occurred_at >= ? AND e.occurred_at < ?",
        (since, until),
    )


def found_later(conn: sqlite3.Connection, since: str, but: Collection[int]) -> set[int]:
    """Seqs of events since a time (UTC) that called a parcel missing which has turned up meanwhile. `but`: events that
    were taken back, a finding among them."""
    rows = conn.execute(
        "SELECT seq, event, subject_id FROM events WHERE subject = 'parcel' AND occurred_at >= ?"
        " AND event IN ('mark_missing', 'found') ORDER BY +seq DESC",
        (since,),
    )
    found: set[int] = set()
    called: set[int] = set()
    for seq, event, parcel_id in rows:
        if event == "found" and seq not in but:
            found.add(parcel_id)
        elif event == "mark_missing" and parcel_id in found:
            called.add(seq)
    return called


def custody(conn: sqlite3.Connection) -> Iterator[tuple[str, str, str | None]]:
    """Courier, state and time of check-in (UTC) of everything that is here."""
    yield from conn.execute(f"SELECT courier, state, checked_in_at FROM parcels WHERE state IN ({CUSTODY})")


def couriers_by_slot(conn: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Slot, courier and the oldest check-in (UTC) among its parcels there, couriers with the most parcels first."""
    rows = conn.execute(
        "SELECT slot, courier, min(checked_in_at), count(*) FROM parcels WHERE slot IS NOT NULL"
        " GROUP BY slot, courier ORDER BY 4 DESC"
    )
    yield from ((slot, courier, oldest) for slot, courier, oldest, _ in rows)


def events_since(conn: sqlite3.Connection, since: str, after: int) -> dict[str, int]:
    """How many of each kind occurred at that time (UTC) or later, of those recorded after event number `after`."""
    time = "+occurred_at" if after else "occurred_at"  # what is new is little, the first time its own index answers
    rows = conn.execute(
        f"SELECT event, count(*) FROM events WHERE seq > ? AND {time} >= ? GROUP BY event", (after, since)
    )
    return dict(rows.fetchall())


class Standing(NamedTuple):
    """Parcels in custody, of them those that are overdue; messages that wait."""

    here: int
    overdue: int
    messages: int


def standing(conn: sqlite3.Connection, overdue_before: str) -> Standing:
    """As everything is now. `overdue_before`: checked in then or earlier (UTC)."""
    here, overdue = conn.execute(
        f"SELECT count(*), coalesce(sum(checked_in_at <= ?), 0) FROM parcels WHERE state IN ({CUSTODY})",
        (overdue_before,),
    ).fetchone()
    waiting = conn.execute("SELECT count(*) FROM messages WHERE state = 'waiting'").fetchone()[0]
    return Standing(int(here), int(overdue), int(waiting))
