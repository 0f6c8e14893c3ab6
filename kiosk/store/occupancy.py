"""How many parcels lie in or are promised to each slot, counted once and kept until somebody else writes."""

from collections.abc import Mapping

from kiosk.store.closed_places import closed_now
from kiosk.store.sqlite import sqlite3


class Occupancy:
    """Counting 2,000 parcels for each check-in would cost more than the check-in itself."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._version: int | None = None
        self._held: dict[str, int] = {}
        self._closed: frozenset[str] = frozenset()

    def held(self) -> Mapping[str, int]:
        """Parcels held by and promised to each slot. Call inside a transaction, so that nobody writes meanwhile."""
        self._count_again()
        return self._held

    def closed(self) -> frozenset[str]:
        """Names of slots, levels and shelves that take no parcels for now. Inside a transaction, too."""
        self._count_again()
        return self._closed

    def _count_again(self) -> None:
        version = self._conn.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            rows = self._conn.execute(
                "SELECT place, count(*) FROM (SELECT slot AS place FROM parcels WHERE slot IS NOT NULL"
                " UNION ALL SELECT proposed_slot FROM parcels WHERE proposed_slot IS NOT NULL) GROUP BY place"
            )
            self._held, self._version = dict(rows.fetchall()), version
            self._closed = frozenset(closed_now(self._conn))

    def moved(self, old: str | None, new: str | None) -> None:
        """This connection moved a parcel's claim from one slot to another."""
        if old is not None:
            self._held[old] = self._held.get(old, 0) - 1
        if new is not None:
            self._held[new] = self._held.get(new, 0) + 1

    def forget(self) -> None:
        """Count again next time: a transaction was rolled back."""
        self._version = None
