"""How many parcels lie in or are promised to each slot: counted once, then kept by following the event log."""

import json
from collections.abc import Mapping

from kiosk.parcels.sheets import Subject
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.tables.closed_places import closed_now

_CLAIMS = ("slot", "proposed_slot")
_RECOUNT = 1000  # events behind: counting anew is cheaper then


class Occupancy:
    """Counting thousands of parcels for each check-in would cost more than the check-in itself."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._version: int | None = None
        self._seq = 0  # of the last event that is counted
        self._claims: dict[tuple[str, int], str] = {}  # column and parcel → slot
        self._held: dict[str, int] = {}
        self._closed: frozenset[str] = frozenset()

    def held(self) -> Mapping[str, int]:
        """Parcels held by and promised to each slot. Call inside a transaction, so that nobody writes meanwhile."""
        self._follow()
        return self._held

    def closed(self) -> frozenset[str]:
        """Names of slots, levels and shelves that take no parcels for now. Inside a transaction, too."""
        self._follow()
        return self._closed

    def changed(self, parcel_id: int, changes: Mapping[str, object]) -> None:
        """This connection wrote these columns of a parcel."""
        for column in _CLAIMS:
            if column in changes:
                old, new = self._claims.pop((column, parcel_id), None), changes[column]
                if old is not None:
                    self._held[old] -= 1
                if new is not None:
                    self._claims[column, parcel_id] = str(new)
                    self._held[str(new)] = self._held.get(str(new), 0) + 1

    def forget(self) -> None:
        """Count again next time: a transaction was rolled back, or a place was closed or opened here."""
        self._version = None

    def _follow(self) -> None:
        """Take in what other connections have written since."""
        version = self._conn.execute("PRAGMA data_version").fetchone()[0]
        if version == self._version:
            return
        last = self._conn.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0]
        if self._version is None or last - self._seq > _RECOUNT:
            self._count()
        else:
            self._read_on()
        self._version, self._seq = version, last

    def _read_on(self) -> None:
        rows = self._conn.execute("SELECT subject, subject_id, changes FROM events WHERE seq > ?", (self._seq,))
        for subject, number, changes in rows.fetchall():
            if subject == Subject.PLACE:
                self._closed = frozenset(closed_now(self._conn))
            elif subject == Subject.PARCEL and "slot" in changes:
                self.changed(number, json.loads(changes))

    def _count(self) -> None:
        self._claims.clear()
        self._held.clear()
        for column in _CLAIMS:
            rows = self._conn.execute(f"SELECT id, {column} FROM parcels WHERE {column} IS NOT NULL")
            for parcel_id, slot in rows.fetchall():
                self._claims[column, parcel_id] = slot
                self._held[slot] = self._held.get(slot, 0) + 1
        self._closed = frozenset(closed_now(self._conn))
