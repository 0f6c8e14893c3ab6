"""A station opened for work at one terminal: everything a job needs, passed in."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random, SystemRandom
from typing import TypeVar

from kiosk.clock import Clock, has_been, stamped
from kiosk.config import Settings, read_settings
from kiosk.home import StationHome
from kiosk.jobs.own_words import for_the_log
from kiosk.jobs.ways_out import DoneBefore, SignedOut
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role, may
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import Event
from kiosk.safety.offer_backup import offering_backup
from kiosk.safety.open_mended import open_mended
from kiosk.store.events import Stamp, record, record_about
from kiosk.store.file.database import naming_faults, savepoint, transaction
from kiosk.store.file.keys import StationKey, read_key
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.lease_book.book import LeaseBook
from kiosk.store.lease_book.sessions import Wanted
from kiosk.store.tables.codes import leave_code
from kiosk.store.tables.occupancy import Occupancy
from kiosk.store.tables.operations import KeptAnswer, keep_answer, kept_answer
from kiosk.store.tables.own_words import OwnWords, keep_words
from kiosk.store.tables.parcels import Parcel
from kiosk.store.tables.staff import by_who

log = logging.getLogger("kiosk.jobs")
_LEEWAY = timedelta(hours=1)  # a clock that is set right by minutes is believed at once
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Operation:
    """One wish of one caller. Asked for again under the same `id`, because its outcome is not known, it is not done
    again: the first answer is given. `job` and `asked` (a keyed hash of its arguments) are known while a job runs."""

    id: str
    job: str = ""
    asked: bytes = b""


@dataclass(frozen=True, slots=True)
class Station:
    """The station as one terminal has it open. It belongs to one thread.

    `standing`: of who has signed in, as it was then; "" where nobody had to. `asked_by`: the clerk to whose job `who`,
    a manager, has consented.
    """

    home: StationHome
    settings: Settings
    conn: sqlite3.Connection
    key: StationKey
    leases: LeaseBook
    occupancy: Occupancy
    clock: Clock
    random: Random
    terminal: str
    who: str
    role: Role
    operation: Operation | None = None
    is_within: bool = False
    standing: str = ""
    asked_by: str | None = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One job, all or nothing. What SQLite cannot do any more becomes a StationFault. Raises SignedOut."""
        begun = savepoint if self.is_within else transaction
        try:
            with naming_faults(self.home.database), begun(self.conn):
                self._stop_if_done_before()
                if not self.is_in_standing():
                    raise SignedOut
                yield
        except BaseException:
            self.occupancy.forget()
            raise

    @contextmanager
    def together(self) -> "Iterator[Station]":
        """Several jobs of the station that is given, all or nothing."""
        with self.transaction():
            yield replace(self, is_within=True)

    def is_in_standing(self) -> bool:
        """Whether what was shown at signing in still opens this desk, to the same role."""
        if not self.standing:
            return True
        one = by_who(self.conn, self.who)
        return one is not None and one.standing == self.standing

    def _stop_if_done_before(self) -> None:
        operation = self.operation
        if operation is None or not operation.job:
            return
        kept = kept_answer(self.conn, self.key, operation.id, operation.job)
        if kept is not None:
            from kiosk.jobs.kept_answers import UnreadableAnswer, read_answer  # seldom needed

            if kept.asked != operation.asked:
                raise DoneBefore(Refused(Problem.OPERATION_REUSED))
            try:
                raise DoneBefore(read_answer(kept.answer))
            except UnreadableAnswer as older:
                raise DoneBefore(Refused(Problem.OPERATION_DONE)) from older

    def keep(self, answer: T) -> T:
        """Every job that writes hands its answer through here, inside its transaction: so it is known again."""
        operation = self.operation
        if operation is not None and operation.job and not isinstance(answer, Refused):
            from kiosk.jobs.kept_answers import as_text

            kept = KeptAnswer(operation.asked, as_text(answer))
            keep_answer(self.conn, self.key, operation.id, operation.job, kept, self.stamp())
        return answer

    @contextmanager
    def after_commit(self) -> Iterator[None]:
        """For lights that follow what is on record: their trouble must not make a done thing look undone."""
        try:
            yield
        except sqlite3.Error as broken:
            log.error("the lights did not follow: %s", broken)

    def record(
        self,
        event: Event,
        parcel: Parcel | None,
        changes: Mapping[str, object],
        private: Mapping[str, object] | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> int:
        """Write a transition and its event now, inside transaction(); returns the parcel's id.

        `facts` stand in the event only, such as a reason; `private` columns in the table only. A code that becomes
        another one stays good while the parcel is here: the event says which it was.
        """
        assert may(self.role, event), f"{self.role} tried to {event}"
        key = parcel.key if parcel else None
        words: list[OwnWords] = []
        changes, facts = for_the_log(self.key, changes, words), for_the_log(self.key, self._told(facts), words)
        stamp = self._stamped()
        facts = {**facts, **leave_code(self.conn, parcel, changes, stamp.occurred_at)}
        written = record(self.conn, self.key, event, key, changes, stamp, private, facts)
        self._keep_words(words, Subject.PARCEL, written)
        self.occupancy.changed(written, changes)
        return written

    def record_about(
        self,
        event: StationEvent,
        subject: Subject,
        subject_id: int | None,
        changes: Mapping[str, object],
        private: Mapping[str, object] | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> int:
        """The same for what is no parcel; a new row where `subject_id` is None. Returns its id."""
        words: list[OwnWords] = []
        changes, facts = for_the_log(self.key, changes, words), for_the_log(self.key, self._told(facts), words)
        written = record_about(
            self.conn, self.key, event, subject, subject_id, changes, self._stamped(), private, facts
        )
        self._keep_words(words, subject, written)
        return written

    def _told(self, facts: Mapping[str, object] | None) -> Mapping[str, object]:
        """What was done by consent says whose job it was."""
        return {**(facts or {}), "asked_by": self.asked_by} if self.asked_by else facts or {}

    def _keep_words(self, words: list[OwnWords], subject: Subject, subject_id: int) -> None:
        for one in words:
            keep_words(self.conn, one, subject, subject_id, self.stamp())

    def _stamped(self) -> Stamp:
        return Stamp(self.who, self.terminal, now := self.stamp(), now)

    def now(self) -> datetime:
        """The time that records are made by, in UTC: the clock's, but where it is behind the latest event or this
        program's own making by more than the leeway, that: a computer that wakes in 1970 makes no parcel old."""
        clock, been = self.clock.now().astimezone(UTC), has_been(self.conn)
        return clock if been - clock <= _LEEWAY else been

    def has_passed(self, at: datetime) -> bool:
        """By the clock or by any record: what has expired stays so when the clock goes back."""
        return max(self.clock.now(), has_been(self.conn)) > at

    def stamp(self, ago: timedelta = timedelta()) -> str:
        """Now, or so long ago, as the database keeps time: ISO 8601 in UTC to the millisecond."""
        return stamped(self.now() - ago)

    def clock_stamp(self, ago: timedelta = timedelta()) -> str:
        """The same by the clock alone, for what waits by it: it goes on while it is behind."""
        return stamped(self.clock.now().astimezone(UTC) - ago)

    def knows_slot(self, slot: str | None) -> bool:
        """False where its shelf has left station.toml meanwhile."""
        return slot in self.settings.slots_by_name

    def wanted(self, parcel_id: int, slot: str) -> Wanted:
        place = self.settings.slots_by_name[slot].place
        return Wanted(parcel_id, slot, place.address.shelf, place.has_colours)

    def local(self, stamp: str) -> datetime:
        """A stored time in the station's own time zone."""
        return datetime.fromisoformat(stamp).astimezone(self.settings.time_zone)

    def close(self) -> None:
        self.leases.close()
        self.conn.close()


def open_station(
    home: StationHome,
    *,
    terminal: str,
    who: str,
    clock: Clock | None = None,
    random: Random | None = None,
    role: Role | None = None,
    looking: bool = False,
) -> Station:
    """Raises StationFault when the home does not hold a working station; `looking`, for who is soon done, it may be one
    where nothing can be written.

    Without a role, a customer is a customer and anybody else is the owner of the files: a manager.
    """
    role = role or (Role.CUSTOMER if who == Role.CUSTOMER else Role.MANAGER)
    clock = clock or Clock()
    settings = read_settings(home.settings)
    key = read_key(home.key)
    with offering_backup(home, clock):
        conn = open_mended(home, key, settings, clock, looking=looking)
    try:
        with naming_faults(home.runtime()):
            leases = LeaseBook(home.runtime(), clock.monotonic)
    except BaseException:
        conn.close()
        raise
    random = random or SystemRandom()
    return Station(home, settings, conn, key, leases, Occupancy(conn), clock, random, terminal, who, role)
