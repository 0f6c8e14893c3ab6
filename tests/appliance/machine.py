"""A machine with services, for updates: its versions are folders, what they do to the station the real program does."""

import json
import sqlite3
import tarfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner

from kiosk.appliance.places import Places, Ran, version_at
from kiosk.appliance.update import Machine
from kiosk.cli import kiosk
from kiosk.home import StationHome
from kiosk.store.file.database import SCHEMA_VERSION
from scripts.releasing.signing import SecretKey, sign

ENABLED = ("kiosk-lights.service", "kiosk-screen.service")
MIGRATES = 1  # how much newer the schema of a version with an "m" in its number is


class PowerCut(BaseException):
    """Nothing after it is done, and nothing is cleaned up."""


@dataclass
class FakeMachine:
    """`bad`: a part of the version's name that does not come up. `cut_after`: so many deeds until the power fails."""

    places: Places
    bad: str = "bad"
    cut_after: int | None = None
    deeds: int = 0
    running: set[str] = field(default_factory=set)
    commands: list[str] = field(default_factory=list)

    @property
    def hands(self) -> Machine:
        return Machine(self.run, lambda seconds: None)

    def deed(self) -> None:
        """The power may fail before each."""
        if self.cut_after is not None and self.deeds >= self.cut_after:
            raise PowerCut
        self.deeds += 1

    def run(self, command: Sequence[str]) -> Ran:
        self.deed()
        self.commands.append(" ".join(command))
        if command[0] == "systemctl":
            return self._systemctl(*command[1:])
        if command[0] == "runuser":
            return self._program(Path(command[4]).parts[-4], list(command[5:]))
        return Ran(0, "")

    def _systemctl(self, verb: str, *services: str) -> Ran:
        current = version_at(self.places.current) or ""
        if verb == "is-enabled":
            return Ran(int(services[-1] not in ENABLED), "")
        if verb == "stop":
            self.running.clear()
        if verb == "start":
            if "bad" in current:
                return Ran(1, "Job for kiosk-screen.service failed")
            self.running.update(services)
        if verb == "show":
            falls = "falls" in current
            return Ran(0, f"ActiveState=active\nNRestarts={int(falls)}\n")
        return Ran(0, "")

    def _program(self, version: str, arguments: list[str]) -> Ran:
        newer = "m" in version
        with Schema(self.places.home, newer):
            done = CliRunner().invoke(kiosk, arguments)
        if newer and done.exit_code == 0 and "events" in arguments:
            _set_schema(self.places.home, SCHEMA_VERSION + MIGRATES)
        return Ran(done.exit_code, done.output + str(done.exception or ""))

    def opens(self) -> bool:
        """Whether the version that runs opens the station's database."""
        version = version_at(self.places.current)
        assert version is not None
        return self._program(version, ["--home", str(self.places.home), "verify", "--json"]).code == 0


class Schema:
    """A newer version knows the newer schema as well: it finds the database as this program knows it."""

    def __init__(self, home: Path, newer: bool) -> None:
        self._home, self._newer = home, newer
        self._was = SCHEMA_VERSION

    def __enter__(self) -> None:
        if self._newer:
            self._was = _schema(self._home)
            _set_schema(self._home, SCHEMA_VERSION)

    def __exit__(self, *_: object) -> None:
        if self._newer:
            _set_schema(self._home, self._was)


def _schema(home: Path) -> int:
    with closing(sqlite3.connect(StationHome(home).database)) as conn:
        return int(conn.execute("PRAGMA user_version").fetchone()[0])


def _set_schema(home: Path, version: int) -> None:
    with closing(sqlite3.connect(StationHome(home).database)) as conn:
        conn.execute(f"PRAGMA user_version = {version}")


def archive(tmp_path: Path, number: str, name: str = "station-kiosk") -> Path:
    """A new version to update to, as it is published: a tar, not yet signed."""
    folder = source(tmp_path / f"source {number}", number, name)
    packed = tmp_path / f"station_kiosk-{number}.tar.gz"
    with tarfile.open(packed, "w:gz") as tar:
        tar.add(folder, f"station_kiosk-{number}")
    return packed


def signed(packed: Path, key: SecretKey) -> Path:
    sign(packed, key, made_at=0, about="x")
    return packed


def source(folder: Path, number: str, name: str = "station-kiosk") -> Path:
    """Of a version, as much as is looked at."""
    for path in ("scripts/pi/kiosk-screen.service", "scripts/environment/run.lock", "kiosk/__init__.py"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"{number}\n")
    (folder / "pyproject.toml").write_text(f'[project]\nname = "{name}"\nversion = "{number}"\n')
    return folder


def state_of(places: Places) -> dict[str, object]:
    path = places.opt / "updating.json"
    return json.loads(path.read_text()) if path.exists() else {}
