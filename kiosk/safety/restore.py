"""Restoring: a backup becomes the station's database again, followed by what the old log still tells."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from kiosk.clock import Clock, stamped
from kiosk.durable import naming_files, write_in_place
from kiosk.home import StationHome
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.safety.aside import aside_name
from kiosk.safety.unpacked import Unpacked, open_unpacked, refuse_unsound, unpack
from kiosk.safety.verify import Candidate, violations_of
from kiosk.store.events import Stamp, record_about
from kiosk.store.file.database import naming_faults, transaction, truncate_wal
from kiosk.store.file.database_lock import locked_alone
from kiosk.store.file.snapshot import head_of
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.file.swap import clear_work, swap, work_folder
from kiosk.store.lease_book.file import forget_leases
from kiosk.store.rescue.bring_back import Replayed
from kiosk.store.rescue.envelope import BadBackup
from kiosk.store.rescue.old_log import erase_as_old, replay_old
from kiosk.store.tables.staff import by_number, who_is


@dataclass(frozen=True, slots=True)
class Restored:
    """The station is as in `backup`, `made_at` (UTC), and `replayed` events later; its log has `events` now.

    `lost`: events that the old log had and that did not come back, None where nobody can tell. `is_complete`: what no
    event tells (phones, PINs, counters) came back too. `aside`: the old database; `installed`: files that were missing.
    """

    backup: str
    made_at: datetime
    events: int
    replayed: int
    lost: int | None
    is_complete: bool
    aside: str | None
    installed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """Which file is to be restored into which station, by whom. `staff`: a colleague's number, else a manager.

    `phrase`: opens the key that a backup carries, where the home has none. `accept`: rules of custody may be broken,
    for a defect of ours must not make every backup useless.
    """

    home: StationHome
    file: Path
    key_file: Path | None = None
    replay: bool = True
    accept: bool = False
    terminal: str = "cli"
    staff: str | None = None
    clock: Clock = field(default_factory=Clock)
    phrase: str | None = field(default=None, repr=False)


def restore(wish: Wish) -> Restored | Refused:
    """Refuses what does not verify, and a station that is open anywhere. Until the last steps nothing is changed: files
    that were missing are put in place, then the database.

    Raises StationFault where the disk does not let it.
    """
    home = wish.home
    with _folder(home), locked_alone(home.database) as others:
        if others is not None:
            return Refused(Problem.STATION_IN_USE, detail=others)
        try:
            with _working(home) as work:
                return _restore(wish, work)
        except BadBackup as bad:
            return Refused(bad.problem, detail=bad.detail)


@contextmanager
def _folder(home: StationHome) -> Iterator[None]:
    """The home's folder is made where it is missing, and taken away again if nothing came into it."""
    made = [folder for folder in (home.folder, *home.folder.parents) if not folder.exists()]
    with naming_files(home.folder):
        home.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    try:
        yield
    finally:
        with suppress(OSError):
            for folder in made:
                folder.rmdir()


@contextmanager
def _working(home: StationHome) -> Iterator[Path]:
    with naming_files(home.folder), naming_faults(home.database):
        work = work_folder(home.database)
        try:
            yield work
        finally:
            clear_work(home.database)


def _restore(wish: Wish, work: Path) -> Restored | Refused:
    replayed = Replayed()
    for with_replay in (True, False) if wish.replay else (False,):
        found = unpack(wish.home, wish.file, wish.key_file, work, wish.phrase)
        with closing(open_unpacked(found)) as conn:
            if wish.staff is not None and not _is_manager(conn, wish.staff):
                return Refused(Problem.NOT_ALLOWED)
            head = head_of(conn)
            if with_replay:
                accepted = refuse_unsound(conn, found, head, accept=True) if wish.accept else set()
                replayed = replay_old(conn, found.key, head, wish.home.database, found.first_page)
                if not accepted.issuperset(violations_of(Candidate(conn, found.key, found.settings))):
                    # Either of the two breaks a rule; the second try tells whether it is the backup.
                    replayed = Replayed(lost=replayed.events + replayed.lost if replayed.lost is not None else None)
                    continue
            else:
                accepted = refuse_unsound(conn, found, head, accept=wish.accept)
                erase_as_old(conn, head, wish.home.database, found.first_page)
            facts = {"backup_seq": head.seq, "replayed": replayed.events, "lost": replayed.lost}
            facts |= {"accepted": len(accepted)} if accepted else {}
            events = _put_on_record(conn, wish, found, facts)
        break
    _install(wish.home, found)
    _forget_leases(wish.home)
    aside = swap(wish.home.database, aside_name(wish.clock.now()))
    return Restored(
        str(wish.file), datetime.fromisoformat(found.manifest.made_at), events, replayed.events, replayed.lost,
        replayed.is_complete, str(aside) if aside else None, found.missing,
    )  # fmt: skip


def _is_manager(conn: sqlite3.Connection, number: str) -> bool:
    one = by_number(conn, number)
    return one is not None and one.role == Role.MANAGER


def _put_on_record(conn: sqlite3.Connection, wish: Wish, found: Unpacked, facts: Mapping[str, object]) -> int:
    """The log itself tells that it was cut here, and where it went on. Returns how many events it has now."""
    now = stamped(wish.clock.now().astimezone(UTC))
    stamp = Stamp(who_is(wish.staff) if wish.staff else "staff", wish.terminal, now, now)
    told = {"backup": wish.file.name, "made_at": found.manifest.made_at, **facts}
    with transaction(conn):
        record_about(conn, found.key, StationEvent.RESTORE, Subject.STATION, None, {}, stamp, facts=told)
    truncate_wal(conn)
    return head_of(conn).events


def _install(home: StationHome, found: Unpacked) -> None:
    """What the home has stays; what it lacks comes out of the backup."""
    for name in found.missing:
        write_in_place((found.work / name).read_bytes(), home.folder / name)


def _forget_leases(home: StationHome) -> None:
    with naming_faults(home.runtime()):
        forget_leases(home.runtime())
