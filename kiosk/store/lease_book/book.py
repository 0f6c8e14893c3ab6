"""Light leases: who may light which slot, in which look, until when. One book for a station, in memory."""

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.parcels.looks import ALARM_LOOK, Colour, Look, Pattern
from kiosk.store.file.database import transaction
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.lease_book.bell import Bell
from kiosk.store.lease_book.choose_look import look_for
from kiosk.store.lease_book.entries import leases_of, read_session, session_id_of
from kiosk.store.lease_book.file import LeaseFile
from kiosk.store.lease_book.sessions import PRIORITY, LitSlot, Purpose, Session, Wanted

_END_EMPTY_SESSIONS = (
    "DELETE FROM sessions WHERE NOT EXISTS (SELECT 1 FROM leases WHERE session_id = sessions.id AND handed_over = 0)"
)


class LeaseBook:
    """Each process opens its own; a second session never ends the first one's light."""

    def __init__(self, runtime: Path, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._bell = Bell(runtime)
        self._file = LeaseFile(runtime)

    def close(self) -> None:
        self._bell.close()
        self._conn.close()

    @property
    def _conn(self) -> sqlite3.Connection:
        return self._file.conn

    def light(
        self,
        purpose: Purpose,
        terminal: str,
        wanted: Sequence[Wanted],
        *,
        seconds: float,
        grace: float = 0,
        continuing: str | None = None,
        done_with: int | None = None,
    ) -> Session | None:
        """Light the parcels' slots in a look of their own; None when every look is taken in these zones.

        A session that has no other parcels than these is lit again, and so is `continuing`, the session whose
        person is here; out of any other session the parcels are taken, for it may be somebody else's.
        `grace`: seconds that the session outlives its light. `done_with`: a parcel that no session has any more.
        """
        self._file.follow()
        now = self._monotonic()
        with transaction(self._conn):
            self._conn.execute("DELETE FROM sessions WHERE ends_at <= ?", (now,))
            if done_with is not None:
                self._drop(done_with)
            session_id = self._session_to_reuse(wanted, purpose, continuing)
            look = look_for(self._conn, session_id, wanted, now)
            if look is None:
                return None
            session_id = session_id or secrets.token_hex(4)
            self._conn.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " terminal = excluded.terminal, colour = excluded.colour, pattern = excluded.pattern,"
                " lit_until = excluded.lit_until, ends_at = excluded.ends_at",
                (session_id, terminal, purpose, look.colour, look.pattern, now + seconds, now + seconds + grace),
            )
            self._conn.executemany(
                "INSERT INTO leases (session_id, parcel_id, slot, zone) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET slot = excluded.slot, zone = excluded.zone, handed_over = 0",
                [(session_id, want.parcel_id, want.slot, want.zone) for want in wanted],
            )
            for want in wanted:
                self._drop_leases(want.parcel_id, purpose, but_of=session_id)
                self._conn.execute("DELETE FROM sessions WHERE id = ?", (_alarm_id(want.parcel_id),))
            session = read_session(self._conn, session_id)
        self._bell.ring()
        return session

    def alarm(self, terminal: str, wanted: Wanted, *, seconds: float) -> None:
        """Raise the alarm look on a parcel's home slot; it outshines everything else there."""
        self._file.follow()
        now = self._monotonic()
        look, ends_at = ALARM_LOOK, now + seconds
        values = (_alarm_id(wanted.parcel_id), terminal, Purpose.ALARM, look.colour, look.pattern, ends_at, ends_at)
        with transaction(self._conn):
            self._conn.execute("DELETE FROM sessions WHERE id = ?", values[:1])
            self._conn.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)", values)
            self._conn.execute(
                "INSERT INTO leases (session_id, parcel_id, slot, zone) VALUES (?, ?, ?, ?)",
                (values[0], wanted.parcel_id, wanted.slot, wanted.zone),
            )
        self._bell.ring()

    def extend(self, session_id: str, *, seconds: float, grace: float) -> Session | None:
        """More light for a session that still has some; None when it has ended or gone dark."""
        now = self._monotonic()
        with transaction(self._conn):
            extended = self._conn.execute(
                "UPDATE sessions SET lit_until = ?, ends_at = ? WHERE id = ? AND lit_until > ?",
                (now + seconds, now + seconds + grace, session_id, now),
            )
        self._bell.ring()
        return self.session(session_id) if extended.rowcount else None

    def drop_parcel(self, parcel_id: int) -> None:
        """The parcel is not to be collected or put away where it was: no session has it any more."""
        with transaction(self._conn):
            dropped = self._drop(parcel_id)
        if dropped:
            self._bell.ring()

    def _drop(self, parcel_id: int) -> bool:
        gone = self._conn.execute("DELETE FROM leases WHERE parcel_id = ? AND handed_over = 0", (parcel_id,)).rowcount
        if gone:
            self._conn.execute(_END_EMPTY_SESSIONS)
        return bool(gone)

    def hand_over(self, lease_id: int) -> Session | None:
        """The parcel has left: its light goes off and the session ticks it off. The session as it stands after.

        The session ends with its last parcel.
        """
        with transaction(self._conn):
            found = self._conn.execute("SELECT session_id FROM leases WHERE id = ?", (lease_id,)).fetchone()
            if found is None:
                return None
            self._conn.execute("UPDATE leases SET handed_over = 1 WHERE id = ?", (lease_id,))
            session = read_session(self._conn, found[0])
            if session is not None and not session.left:
                self._conn.execute("DELETE FROM sessions WHERE id = ?", (session.id,))
        self._bell.ring()
        return session

    def end(self, session_id: str) -> None:
        """End a session and all its light; ending it twice is harmless."""
        with transaction(self._conn):
            self._conn.execute("DELETE FROM sessions WHERE id = ?", (session_id,))
        self._bell.ring()

    def end_walk(self, terminal: str) -> None:
        """A clerk's walk along lit slots is over, or another one begins."""
        with transaction(self._conn):
            self._conn.execute("DELETE FROM sessions WHERE terminal = ? AND purpose = ?", (terminal, Purpose.WALK))
        self._bell.ring()

    def end_alarm(self, parcel_id: int) -> None:
        self.end(_alarm_id(parcel_id))

    def session(self, session_id: str) -> Session | None:
        found = read_session(self._conn, session_id)
        return found if found and found.ends_at > self._monotonic() else None

    def session_of(self, parcel_id: int, purpose: Purpose) -> Session | None:
        """The live session that has this parcel, whichever terminal started it."""
        session_id = session_id_of(self._conn, [parcel_id], purpose)
        return self.session(session_id) if session_id else None

    def live_sessions(self) -> list[Session]:
        """Sessions whose lights are on, oldest light first."""
        ids = self._conn.execute("SELECT id FROM sessions WHERE lit_until > ? ORDER BY rowid", (self._monotonic(),))
        sessions = [read_session(self._conn, session_id) for (session_id,) in ids.fetchall()]
        return [session for session in sessions if session is not None]

    def lit_slots(self) -> tuple[LitSlot, ...]:
        """Everything that is lit now, oldest lease first."""
        rows = self._conn.execute(
            "SELECT slot, colour, pattern, purpose, lit_until FROM leases JOIN sessions ON sessions.id = session_id"
            " WHERE handed_over = 0 AND lit_until > ? ORDER BY leases.id",
            (self._monotonic(),),
        )
        return tuple(
            LitSlot(slot, Look(Colour(colour), Pattern(pattern)), PRIORITY[Purpose(purpose)], lit_until)
            for slot, colour, pattern, purpose, lit_until in rows
        )

    def call(self, terminal: str) -> None:
        """Somebody at a terminal waits for staff; a call is as short-lived as a light, so it is kept here."""
        self._file.follow()
        self._conn.execute("INSERT OR IGNORE INTO calls VALUES (?)", (terminal,))

    def callers(self) -> tuple[str, ...]:
        """Terminals where somebody waits, longest first."""
        return tuple(t for (t,) in self._conn.execute("SELECT terminal FROM calls ORDER BY rowid"))

    def end_call(self, terminal: str) -> None:
        self._file.follow()
        self._conn.execute("DELETE FROM calls WHERE terminal = ?", (terminal,))

    def answer_calls(self) -> None:
        self._conn.execute("DELETE FROM calls")

    def version(self) -> int:
        """A number that changes when another connection has changed a lease."""
        books = self._file.follow()
        return books << 32 | int(self._conn.execute("PRAGMA data_version").fetchone()[0])

    def ring(self) -> bool:
        """Wake the owner; False when nobody owns the strips."""
        return self._bell.ring()

    def _session_to_reuse(self, wanted: Sequence[Wanted], purpose: Purpose, continuing: str | None) -> str | None:
        asked = {want.parcel_id for want in wanted}
        session_id = session_id_of(self._conn, list(asked), purpose)
        if session_id is None or session_id == continuing:
            return session_id
        open_leases = [lease.parcel_id for lease in leases_of(self._conn, session_id) if not lease.handed_over]
        return session_id if asked.issuperset(open_leases) else None

    def _drop_leases(self, parcel_id: int, purpose: Purpose, *, but_of: str) -> None:
        """Take a parcel out of the sessions that still have it; a session without leases ends."""
        dropped = self._conn.execute(
            "DELETE FROM leases WHERE parcel_id = ? AND handed_over = 0 AND session_id <> ?"
            " AND session_id IN (SELECT id FROM sessions WHERE purpose = ?)",
            (parcel_id, but_of, purpose),
        )
        if dropped.rowcount:
            self._conn.execute(_END_EMPTY_SESSIONS)


def _alarm_id(parcel_id: int) -> str:
    """One alarm for a parcel at a time."""
    return f"!{parcel_id}"
