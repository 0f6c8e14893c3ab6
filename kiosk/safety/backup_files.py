"""The backups of a station: where they lie, which there are, which of them are good."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from kiosk.clock import stamped
from kiosk.config import Settings
from kiosk.faults import StationFault
from kiosk.home import StationHome
from kiosk.parcels.problems import Problem
from kiosk.store.file.keys import read_key, read_secret

PLAIN, SEALED = ".tar", ".tar.sealed"
T = TypeVar("T")
_TIME = "%Y%m%dT%H%M%S"
_MAY_BE_AHEAD = timedelta(minutes=5)  # of a clock that was set right meanwhile


class BackedStation(Protocol):
    """A station, or as much of it as is left."""

    @property
    def home(self) -> StationHome: ...
    @property
    def settings(self) -> Settings: ...


class Site(NamedTuple):
    """What is left of a station whose database is lost."""

    home: StationHome
    settings: Settings


class Place(NamedTuple):
    """A folder with backups. `number`: only these are this station's, where others may keep theirs too."""

    folder: Path
    number: str | None
    is_second: bool


class Backup(NamedTuple):
    """A backup file; `problem` says why it cannot be used, `seq` and `link` are where its log ends. Time in UTC."""

    path: Path
    place: Place
    bytes: int
    sealed: bool
    made_at: datetime
    problem: Problem | None
    events: int = 0
    seq: int = 0
    link: str = ""
    station: str = ""
    erased_seq: int = 0

    @property
    def is_good(self) -> bool:
        return self.problem is None

    def is_ahead(self, now: datetime) -> bool:
        """Dated after now: nobody knows which of the two is wrong, so it neither goes nor counts as one we have."""
        return self.made_at > now + _MAY_BE_AHEAD


class KnownHead(NamedTuple):
    """The end of the log as a backup knows it; `made_at` in UTC."""

    seq: int
    link: bytes
    made_at: str
    backup: str


def backup_places(station: BackedStation) -> tuple[Place, ...]:
    """The folder in the home first, then the second place if there is to be one."""
    settings = station.settings.backup
    places = [Place(station.home.folder / settings.folder, None, False)]
    if settings.second_place is not None:
        second = station.home.folder / settings.second_place
        if second.resolve() != places[0].folder.resolve():
            places.append(Place(second, station.settings.number, True))
    return tuple(places)


def backup_key(station: BackedStation) -> bytes | None:
    """What seals backups, None where they are not sealed. Raises StationFault(BAD_KEY) where the file is gone."""
    if station.settings.backup.key_file is None:
        return None
    return read_secret(station.home.folder / station.settings.backup.key_file)


def list_backups(station: BackedStation, *, check: bool = False) -> list[Backup]:
    """Those in all places that can be reached, newest first. With `check` each one is read to its last byte."""
    keys = _Keys(_or_none(backup_key, station), _or_none(_own_name, station))
    found = [backup for place in backup_places(station) for backup in _list(place, keys, check)]
    return sorted(found, key=lambda one: (one.made_at, not one.place.is_second), reverse=True)


def newest_good(station: BackedStation, now: datetime) -> Backup | None:
    """In the first place where both have it. One that is dated ahead may well be the older one: it comes last."""
    good = [backup for backup in list_backups(station) if backup.is_good]
    return min(good, key=lambda one: one.is_ahead(now), default=None)  # the first of those that are alike


def known_heads(station: BackedStation) -> list[KnownHead]:
    """What the readable backups know of the log's end: an end cut off it shows by these."""
    heads = {
        (b.seq, b.link): KnownHead(b.seq, bytes.fromhex(b.link), stamped(b.made_at), b.path.name)
        for b in list_backups(station)
        if b.is_good
    }
    return list(heads.values())


def file_name(number: str, made_at: datetime, *, sealed: bool) -> str:
    """`S001-20261122T080000.000Z.tar`: station and time in UTC, fit for a stick's file system."""
    made_at = made_at.astimezone(UTC)
    return f"{number}-{made_at:{_TIME}}.{made_at.microsecond // 1000:03d}Z{SEALED if sealed else PLAIN}"


class _Keys(NamedTuple):
    """What opens sealed backups, and the name of the station's own key; None where we have none."""

    seal: bytes | None
    own: str | None


def _own_name(station: BackedStation) -> str:
    return read_key(station.home.key).name


def _or_none(read: Callable[[BackedStation], T | None], station: BackedStation) -> T | None:
    """A lost key makes no list impossible."""
    try:
        return read(station)
    except StationFault:
        return None


def _list(place: Place, keys: _Keys, check: bool) -> list[Backup]:
    try:
        paths = [path for path in place.folder.iterdir() if _time_of(path, place.number)]
    except OSError:
        return []  # the stick is not there
    return [backup for path in paths if (backup := _read(path, place, keys, check))]


def _read(path: Path, place: Place, keys: _Keys, check: bool) -> Backup | None:
    """What a file says of itself; None where it has gone meanwhile."""
    # tarfile, 4 ms: most commands that load this file read no backup
    from kiosk.store.rescue.archive import read_manifest, unpack
    from kiosk.store.rescue.envelope import BadBackup

    made_at = _time_of(path, None)
    assert made_at is not None
    try:
        told = (path, place, path.stat().st_size, path.name.endswith(SEALED), made_at)
        manifest = unpack(path, keys.seal, None) if check else read_manifest(path, keys.seal)
    except FileNotFoundError:
        return None
    except OSError:
        return Backup(*told, Problem.BACKUP_DAMAGED)
    except BadBackup as bad:
        return Backup(*told, bad.problem)
    is_ours = keys.own in (None, manifest.key)
    problem = None if is_ours else Problem.BACKUP_OTHER_STATION
    return Backup(*told, problem, manifest.events, manifest.seq, manifest.link, manifest.station,
                  manifest.erased_seq)  # fmt: skip


def _time_of(path: Path, number: str | None) -> datetime | None:
    """When the backup was made, by its name; None for what is no backup, or another station's."""
    for suffix in (SEALED, PLAIN):
        if path.name.endswith(suffix):
            whose, _, time = path.name.removesuffix(suffix).rpartition("-")
            try:
                made_at = datetime.strptime(time, f"{_TIME}.%fZ").replace(tzinfo=UTC)
            except ValueError:
                return None
            return made_at if whose and number in (None, whose) else None
    return None
