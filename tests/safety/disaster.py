"""A station that meets with a disaster: its files as a pulled plug leaves them, and ways to damage them."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

from kiosk.clock import Clock
from kiosk.home import StationHome
from kiosk.jobs.station import Station, open_station
from kiosk.parcels.problems import Refused
from kiosk.safety.replay import Violation
from kiosk.safety.restore import Restored, Wish, restore
from kiosk.safety.verify import verify
from kiosk.store.file.snapshot import head_of
from kiosk.store.file.sqlite import sqlite3
from kiosk.store.rescue.archive import pack, unpack

Tables = dict[str, list[tuple[Any, ...]]]


def as_after_a_power_cut(station: Station, folder: Path) -> StationHome:
    """A copy of the home with its -wal, taken while the station is open."""
    shutil.copytree(station.home.folder, folder)
    for side in folder.glob("*-shm"):
        side.unlink()
    return StationHome(folder)


def rows_of(database: Path) -> Tables:
    """All tables, in order."""
    with closing(sqlite3.connect(database)) as conn:
        names = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        return {name: sorted(conn.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}


def bring_back(home: StationHome, file: Path, **wish: Any) -> Restored | Refused:
    return restore(Wish(home, file, **wish))


@contextmanager
def opened(home: StationHome, clock: Clock | None = None) -> Iterator[Station]:
    station = open_station(home, terminal="t1", who="staff", clock=clock, random=Random(7))
    try:
        yield station
    finally:
        station.close()


def broken_rules(home: StationHome) -> tuple[Violation, ...]:
    with opened(home) as station:
        return verify(station).violations


# What makes a database one of the second version.
SCHEMA_2 = (
    "DROP TABLE message_parcels", "DROP TABLE messages", "DROP TABLE message_cursors", "DROP TABLE agent_tasks",
    "ALTER TABLE contacts DROP COLUMN email_sealed", "ALTER TABLE passes DROP COLUMN token_sealed",
    "DROP TABLE operations", "DROP TABLE wrong_tries", "ALTER TABLE staff DROP COLUMN pin_must_change",
    "DROP INDEX passes_by_bearer", "ALTER TABLE passes DROP COLUMN session", "ALTER TABLE passes DROP COLUMN bearer_id",
    "DROP INDEX parcels_by_collector", "ALTER TABLE parcels DROP COLUMN collector_id",
    "ALTER TABLE contacts DROP COLUMN address_sealed", "ALTER TABLE contacts DROP COLUMN phone_sealed",
    "ALTER TABLE contacts DROP COLUMN name_sealed", "ALTER TABLE contacts ADD COLUMN address TEXT",
    "DROP TABLE clock_watch", "DROP TABLE sealed_point", "DROP INDEX own_words_by_subject", "DROP TABLE own_words",
    "DROP INDEX parcels_by_canonical", "DROP INDEX parcels_by_second_canonical",
    "ALTER TABLE parcels DROP COLUMN canonical", "ALTER TABLE parcels DROP COLUMN second_canonical",
    "CREATE INDEX parcels_by_waybill ON parcels (waybill)",
    "CREATE INDEX parcels_by_second_waybill ON parcels (second_waybill) WHERE second_waybill IS NOT NULL",
    "PRAGMA user_version = 2", "DELETE FROM _sqlite_migrations WHERE name > 'm003'",
)  # fmt: skip

# Ways to damage a database, by what can be read afterwards.


def delete(database: Path) -> None:
    database.unlink()


def delete_everything(database: Path) -> None:
    for file in database.parent.glob("station.db*"):
        file.unlink()


def delete_wal(database: Path) -> None:
    database.with_name("station.db-wal").unlink()


def truncate_to_nothing(database: Path) -> None:
    os.truncate(database, 0)


def truncate_to_half(database: Path) -> None:
    os.truncate(database, database.stat().st_size // 2)


def zero_header(database: Path) -> None:
    _overwrite(database, 0, bytes(100))


def zero_first_page(database: Path) -> None:
    _overwrite(database, 0, bytes(4096))


def overwrite_pages(seed: int) -> Callable[[Path], None]:
    """A tenth of the pages become rubbish, the first one not among them."""

    def overwrite(database: Path) -> None:
        random, pages = Random(seed), database.stat().st_size // 4096
        for page in random.sample(range(1, pages), pages // 10):
            _overwrite(database, page * 4096, random.randbytes(4096))

    overwrite.__name__ = f"overwrite_pages_{seed}"
    return overwrite


def _overwrite(database: Path, at: int, content: bytes) -> None:
    with database.open("r+b") as file:
        file.seek(at)
        file.write(content)


def altered(backup: Path, folder: Path, *statements: str) -> Path:
    """A backup whose database somebody has changed, with a manifest that fits it."""
    folder.mkdir()
    manifest = unpack(backup, None, folder)
    database = folder / "station.db"
    with closing(sqlite3.connect(database, isolation_level=None)) as conn:
        for statement in statements:
            conn.execute(statement)
        head = head_of(conn)
    manifest = manifest._replace(
        schema=head.schema, events=head.events, seq=head.seq, link=head.link.hex(), sha256="",
        sizes={**manifest.sizes, "station.db": database.stat().st_size},
    )  # fmt: skip
    pack(folder / backup.name, manifest, {name: folder / name for name in manifest.sizes}, None)
    return folder / backup.name
