"""Restoring: a backup becomes the station's database again, followed by what the old log still tells."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from kiosk.config import Settings, read_settings
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.jobs.aside import aside_name
from kiosk.jobs.backups import Site, backup_key
from kiosk.jobs.station import Clock
from kiosk.jobs.verify import Candidate, Violation, verify
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.store import archive
from kiosk.store.chain import StationKey, read_key
from kiosk.store.database import SCHEMA_VERSION, naming_faults, open_database, transaction
from kiosk.store.durable import naming_files, write_in_place
from kiosk.store.envelope import BadBackup, read_backup_key
from kiosk.store.events import Stamp, record_about
from kiosk.store.hold import held_alone
from kiosk.store.old_log import replay_old
from kiosk.store.replay import Replayed
from kiosk.store.snapshot import Head, head_of
from kiosk.store.sqlite import sqlite3
from kiosk.store.staff import by_number
from kiosk.store.swap import clear_work, swap, work_folder

# What depends on today's settings, and so says nothing about the file.
_RULES_OF_SETTINGS = frozenset({"slot_within_capacity", "code_unique_and_cooled"})
# What no colleague may accept: a file or a log that is not what the station wrote.
_NEVER_ACCEPTED = frozenset({"file_intact", "chain_unbroken", "events_without_gaps"})
_SHOWN = 3  # violations named in a refusal
_LONGEST_PAGE = 65536  # bytes


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

    `accept`: rules of custody may be broken, for a defect of ours must not make every backup useless.
    """

    home: StationHome
    file: Path
    key_file: Path | None = None
    replay: bool = True
    accept: bool = False
    terminal: str = "cli"
    staff: str | None = None
    clock: Clock = field(default_factory=Clock)


@dataclass(frozen=True, slots=True)
class _Found:
    """A backup unpacked: the key and the settings it is to be read with, and what of these the home lacks."""

    work: Path
    manifest: archive.Manifest
    key: StationKey
    settings: Settings
    missing: tuple[str, ...]
    first_page: bytes

    @property
    def database(self) -> Path:
        return self.work / archive.DATABASE


def restore(wish: Wish) -> Restored | Refused:
    """Refuses what does not verify, and a station that is open anywhere. Until the last step nothing is changed.

    Raises StationFault where the disk does not let it.
    """
    home = wish.home
    with naming_files(home.folder):
        home.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    with held_alone(home.database) as others:
        if others is not None:
            return Refused(Problem.STATION_IN_USE, detail=others)
        try:
            with _working(home) as work:
                return _restore(wish, work)
        except BadBackup as bad:
            return Refused(bad.problem, detail=bad.detail)


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
        found = _unpack(wish, work)
        with closing(_open(found)) as conn:
            head = head_of(conn)
            accepted = _refuse_unsound(conn, found, head, accept=wish.accept)
            if wish.staff is not None and not _is_manager(conn, wish.staff):
                return Refused(Problem.NOT_ALLOWED)
            if with_replay:
                replayed = replay_old(conn, found.key, head, wish.home.database, found.first_page)
                did_something = replayed.events or replayed.lost is not None
                if did_something and not accepted.issuperset(_violations(conn, found)):
                    # What the old log tells breaks a rule: go without it.
                    replayed = Replayed(lost=replayed.events + (replayed.lost or 0))
                    continue
            facts = {"backup_seq": head.seq, "replayed": replayed.events, "lost": replayed.lost}
            facts |= {"accepted": len(accepted)} if accepted else {}
            events = _put_on_record(conn, wish, found, facts)
        break
    _install(wish.home, found)
    aside = swap(wish.home.database, aside_name(wish.clock.now()))
    _forget_leases(wish.home)
    return Restored(
        str(wish.file), datetime.fromisoformat(found.manifest.made_at), events, replayed.events, replayed.lost,
        replayed.is_complete, str(aside) if aside else None, found.missing,
    )  # fmt: skip


def _unpack(wish: Wish, work: Path) -> _Found:
    """Every byte of the file is checked. Raises BadBackup."""
    for name in (archive.DATABASE, archive.SETTINGS, archive.KEY):
        (work / name).unlink(missing_ok=True)
    home = wish.home
    manifest = _reading(wish, work)
    missing = [name for name in (archive.SETTINGS,) if not (home.folder / name).exists()]
    settings = read_settings(work / archive.SETTINGS if missing else home.settings)
    own, carried = _key(home.key), _key(work / archive.KEY)
    if own is None and carried is None:
        raise StationFault(Fault.BAD_KEY, path=home.key)
    if own is None:
        missing.append(archive.KEY)
    elif carried is not None and (work / archive.KEY).read_text().strip() != home.key.read_text().strip():
        raise BadBackup(Problem.BACKUP_OTHER_STATION)
    key = read_key(home.key if own else work / archive.KEY)
    with (work / archive.DATABASE).open("rb") as file:  # nobody has it open yet
        first_page = file.read(_LONGEST_PAGE)
    return _Found(work, manifest, key, settings, tuple(missing), first_page)


def _reading(wish: Wish, work: Path) -> archive.Manifest:
    try:
        return archive.unpack(wish.file, _seal_of(wish), work)
    except OSError as broken:
        if broken.filename is not None and Path(broken.filename).is_relative_to(work):
            raise
        raise StationFault(Fault.UNREADABLE_FILE, path=wish.file, detail=broken.strerror or "") from broken


def _seal_of(wish: Wish) -> bytes | None:
    """The key that is named, or the one of station.toml as far as there is one."""
    if wish.key_file is not None:
        return read_backup_key(wish.key_file)
    try:
        return backup_key(Site(wish.home, read_settings(wish.home.settings)))
    except StationFault:
        return None


def _key(path: Path) -> StationKey | None:
    try:
        return read_key(path)
    except StationFault:
        return None


def _open(found: _Found) -> sqlite3.Connection:
    """Brought up to this version. Raises BadBackup."""
    if found.manifest.schema > SCHEMA_VERSION:
        raise BadBackup(Problem.BACKUP_NEWER)
    try:
        return open_database(found.database, found.key)
    except StationFault as fault:
        kind = Problem.BACKUP_NEWER if fault.fault is Fault.NEWER_DATABASE else Problem.BACKUP_DAMAGED
        raise BadBackup(kind) from fault


def _refuse_unsound(conn: sqlite3.Connection, found: _Found, head: Head, *, accept: bool) -> set[Violation]:
    """What was accepted, mostly nothing. Raises BadBackup."""
    told = found.manifest
    if (head.events, head.seq, head.link.hex()) != (told.events, told.seq, told.link):
        raise BadBackup(Problem.BACKUP_DAMAGED)
    violations = _violations(conn, found)
    if any(v.rule == "chain_unbroken" and v.detail == "event 1" for v in violations):
        raise BadBackup(Problem.BACKUP_OTHER_STATION)
    if violations and (not accept or any(v.rule in _NEVER_ACCEPTED for v in violations)):
        shown = "; ".join(f"{v.rule}: {v.detail}" for v in violations[:_SHOWN])
        raise BadBackup(Problem.BACKUP_BREAKS_RULES, shown)
    return set(violations)


def _violations(conn: sqlite3.Connection, found: _Found) -> list[Violation]:
    try:
        verdict = verify(Candidate(conn, found.key, found.settings))
    except sqlite3.Error as broken:
        return [Violation("file_intact", str(broken))]
    return [violation for violation in verdict.violations if violation.rule not in _RULES_OF_SETTINGS]


def _is_manager(conn: sqlite3.Connection, number: str) -> bool:
    one = by_number(conn, number)
    return one is not None and one.role == Role.MANAGER


def _put_on_record(conn: sqlite3.Connection, wish: Wish, found: _Found, facts: Mapping[str, object]) -> int:
    """The log itself tells that it was cut here, and where it went on. Returns how many events it has now."""
    now = wish.clock.now().astimezone(UTC).isoformat(timespec="milliseconds")
    stamp = Stamp(f"staff-{wish.staff}" if wish.staff else "staff", wish.terminal, now, now)
    told = {"backup": wish.file.name, "made_at": found.manifest.made_at, **facts}
    with transaction(conn):
        record_about(conn, found.key, StationEvent.RESTORE, Subject.STATION, None, {}, stamp, facts=told)
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return head_of(conn).events


def _install(home: StationHome, found: _Found) -> None:
    """What the home has stays; what it lacks comes out of the backup."""
    for name in found.missing:
        write_in_place((found.work / name).read_bytes(), home.folder / name)


def _forget_leases(home: StationHome) -> None:
    from kiosk.store.lease_file import forget_leases

    with naming_faults(home.runtime()):
        forget_leases(home.runtime())
