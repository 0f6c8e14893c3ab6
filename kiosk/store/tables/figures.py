"""What reports and pictures are made of."""

from collections.abc import Collection, Iterator

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
