"""Salvaging: what can still be read of a damaged database goes into a file of its own; it stays as it is."""

import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.clock import Clock
from kiosk.config import read_settings
from kiosk.durable import naming_files
from kiosk.faults import StationFault
from kiosk.home import StationHome
from kiosk.parcels.problems import Problem, Refused
from kiosk.safety.aside import aside_name
from kiosk.safety.backup_files import Site, backup_key, newest_good
from kiosk.store.file.database import naming_faults
from kiosk.store.file.database_lock import locked_alone
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.file.swap import clear_work, work_folder
from kiosk.store.rescue import archive
from kiosk.store.rescue.damaged import HEADER
from kiosk.store.rescue.envelope import BadBackup
from kiosk.store.rescue.salvaged import save_rows


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A SQLite file with the rows that could be read: how many of each table, and which tables are not complete."""

    path: str
    rows: Mapping[str, int]
    incomplete: tuple[str, ...]


def salvage(home: StationHome, clock: Clock | None = None) -> Salvaged | Refused:
    """Reads a copy; refuses while anybody has the station open. Raises StationFault where the disk does not let it."""
    if not home.database.exists():
        return Refused(Problem.NOTHING_TO_SALVAGE)
    with locked_alone(home.database) as others:
        if others is not None:
            return Refused(Problem.STATION_IN_USE, detail=others)
        now = (clock or Clock()).now()
        folder = home.aside / aside_name(now)
        with naming_files(home.folder), naming_faults(home.database):
            home.aside.mkdir(mode=0o700, exist_ok=True)
            folder.mkdir(mode=0o700)
            try:
                work = work_folder(home.database)
                saved = save_rows(home.database, work / "old", _model(home, work, now), folder / "salvaged.db")
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)  # half of it would be taken for all
                raise
            finally:
                clear_work(home.database)
            if saved is None:
                folder.rmdir()
                return Refused(Problem.NOTHING_TO_SALVAGE)
    return Salvaged(str(folder / "salvaged.db"), saved.rows, saved.incomplete)


def _model(home: StationHome, work: Path, now: datetime) -> bytes:
    """The first page of the newest good backup; without one, the header of an empty database."""
    try:
        site = Site(home, read_settings(home.settings))
        newest = newest_good(site, now)
        if newest is not None:
            (work / "backup").mkdir()
            archive.unpack(newest.path, backup_key(site), work / "backup")
            with (work / "backup" / archive.DATABASE).open("rb") as file:
                return file.read(65536)
    except (StationFault, BadBackup, OSError):
        pass
    with closing(sqlite3.connect(work / "empty.db")) as conn:
        conn.execute("CREATE TABLE empty (id INTEGER PRIMARY KEY)")
    with (work / "empty.db").open("rb") as file:
        return file.read(HEADER)
