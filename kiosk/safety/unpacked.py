"""A backup unpacked and looked into: is it whole, this station's, of a version that we read, free of contradictions?"""

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import Settings, read_settings
from kiosk.durable import private_file
from kiosk.faults import Fault, StationFault
from kiosk.home import StationHome
from kiosk.parcels.problems import Problem
from kiosk.safety.backup_files import Site, backup_key
from kiosk.safety.replay import Violation
from kiosk.safety.verify import Candidate, violations_of
from kiosk.store.file.database import SCHEMA_VERSION, open_database
from kiosk.store.file.keys import StationKey, key_if_good, read_secret
from kiosk.store.file.snapshot import Head
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.rescue import archive
from kiosk.store.rescue.envelope import BadBackup
from kiosk.store.rescue.recovery import read_recovery, unsealed_key

# What no colleague may accept: a file or a log that is not what the station wrote.
_NEVER_ACCEPTED = frozenset({"file_intact", "schema_as_shipped", "chain_unbroken", "events_without_gaps"})
_SHOWN = 3  # violations named in a refusal
_LONGEST_PAGE = 65536  # bytes


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The key and the settings it is to be read with, what of these the home lacks, and the file's beginning."""

    work: Path
    manifest: archive.Manifest
    key: StationKey
    settings: Settings
    missing: tuple[str, ...]
    first_page: bytes

    @property
    def database(self) -> Path:
        return self.work / archive.DATABASE


def unpack(home: StationHome, file: Path, key_file: Path | None, work: Path, phrase: str | None = None) -> Unpacked:
    """Every byte of the file is checked. `key_file`: what sealed it, if not the key of station.toml; `phrase`: what
    opens the station's key in it, where the home has none.

    Raises BadBackup, and StationFault where the file, or the station's key, cannot be read.
    """
    for name in (archive.DATABASE, archive.SETTINGS, archive.KEY, archive.RECOVERY):
        (work / name).unlink(missing_ok=True)
    own = key_if_good(home.key)
    manifest = _reading(home, file, key_file, work, may_need_phrase=own is None and phrase is None)
    missing = [name for name in (archive.SETTINGS,) if not (home.folder / name).exists()]
    settings = read_settings(work / archive.SETTINGS if missing else home.settings)
    if own is None and phrase is not None:
        _bring_key(work, phrase)
    key = own or key_if_good(work / archive.KEY)
    if key is None:
        raise StationFault(Fault.BAD_KEY, path=home.key)
    if own is None:
        missing.append(archive.KEY)
    if (work / archive.RECOVERY).exists() and not home.recovery.exists():
        missing.append(archive.RECOVERY)
    if key.name != manifest.key:
        raise BadBackup(Problem.BACKUP_OTHER_STATION)
    with (work / archive.DATABASE).open("rb") as database:  # nobody has it open yet
        first_page = database.read(_LONGEST_PAGE)
    return Unpacked(work, manifest, key, settings, tuple(missing), first_page)


def _reading(
    home: StationHome, file: Path, key_file: Path | None, work: Path, *, may_need_phrase: bool
) -> archive.Manifest:
    seal = _seal(home, key_file)
    try:
        if may_need_phrase:  # asked for before a large file is read
            held = archive.read_manifest(file, seal).sizes
            if archive.KEY not in held and archive.RECOVERY in held:
                raise BadBackup(Problem.PHRASE_NEEDED)
        return archive.unpack(file, seal, work)
    except OSError as broken:
        is_ours = broken.filename is not None and Path(broken.filename).is_relative_to(work)
        if is_ours or broken.errno in (errno.ENOSPC, errno.EDQUOT):
            raise  # not the backup's fault
        raise StationFault(Fault.UNREADABLE_FILE, path=file, detail=broken.strerror or "") from broken


def _seal(home: StationHome, key_file: Path | None) -> bytes | None:
    """The key that is named, or the one of station.toml as far as there is one."""
    if key_file is not None:
        return read_secret(key_file)
    try:
        return backup_key(Site(home, read_settings(home.settings)))
    except StationFault:
        return None


def _bring_key(work: Path, phrase: str) -> None:
    """Out of the recovery file, as if the backup had it in plain."""
    found = read_recovery(work / archive.RECOVERY)
    if found is None or (work / archive.KEY).exists():
        return
    secret = unsealed_key(found, phrase)
    if secret is None:
        raise BadBackup(Problem.WRONG_PHRASE, found.made_on)
    with os.fdopen(private_file(work / archive.KEY), "w", encoding="ascii") as key:
        key.write(f"{secret.hex()}\n")


def open_unpacked(found: Unpacked) -> sqlite3.Connection:
    """Brought up to this version. Raises BadBackup."""
    if found.manifest.schema > SCHEMA_VERSION:
        raise BadBackup(Problem.BACKUP_NEWER)
    try:
        return open_database(found.database, found.key)
    except StationFault as fault:
        kind = Problem.BACKUP_NEWER if fault.fault is Fault.NEWER_DATABASE else Problem.BACKUP_DAMAGED
        raise BadBackup(kind) from fault


def refuse_unsound(conn: sqlite3.Connection, found: Unpacked, head: Head, *, accept: bool) -> set[Violation]:
    """What was accepted, mostly nothing. Raises BadBackup."""
    told = found.manifest
    if (head.events, head.seq, head.link.hex()) != (told.events, told.seq, told.link):
        raise BadBackup(Problem.BACKUP_DAMAGED)
    violations = violations_of(Candidate(conn, found.key, found.settings))
    if violations and (not accept or any(v.rule in _NEVER_ACCEPTED for v in violations)):
        shown = "; ".join(f"{v.rule}: {v.detail}" for v in violations[:_SHOWN])
        raise BadBackup(Problem.BACKUP_BREAKS_RULES, shown)
    return set(violations)
