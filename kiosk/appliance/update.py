"""From one version to another and back, so that a pulled plug at any moment leaves a station that opens.

What is underway stands in a file. As long as it is there, the link `previous` names the version that is known to run;
after a pulled plug that version's own program takes its place again, before any service starts (kiosk-recover.service).
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import sleep

from kiosk.appliance.admission import admitted
from kiosk.appliance.outcomes import CUT_SHORT, CameBack, Step, Updated, UpToDate
from kiosk.appliance.places import UNITS, WEB, Places, Run, point, run_command, version_at
from kiosk.appliance.trust import trusted_keys
from kiosk.appliance.versions import drop_others, is_whole, make_version
from kiosk.durable import locked, sync, write_in_place
from kiosk.faults import Fault, StationFault
from kiosk.parcels.problems import Problem, Refused

SERVICES = (*UNITS, WEB)
STEADY_S = 10.0  # so long a new version has to stand without falling


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is underway: from `old` to `new`; `before` is what `previous` named, `backup` is `old`'s, when made."""

    old: str
    new: str
    before: str | None
    backup: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """Packages come from the folder `wheels`, else from the archive's own or the index. `goes_back`: the version may
    be older than the one that runs."""

    wheels: Path | None = None
    goes_back: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """The hands that an update needs: commands, a pause, and somebody who hears what is being done."""

    run: Run = run_command
    pause: Callable[[float], None] = sleep
    tell: Callable[[Step], None] = lambda step: None


def update(
    places: Places, source: Path, machine: Machine, wish: Wish = Wish()
) -> Updated | CameBack | UpToDate | Refused:
    """Make the version in the archive `source`, back the station up, and let it take the place of the one that runs.

    Raises StationFault where the version cannot be made or the station cannot be backed up; nothing has changed then.
    """
    with _alone(places, machine):
        old, keys = _running(places), [one.key for one in trusted_keys(places.opt)]
        machine.tell(Step.CHECKING)
        with admitted(source, keys, None if wish.goes_back else old, places.opt) as folder:
            if isinstance(folder, Refused):
                return folder
            machine.tell(Step.MAKING)
            new = make_version(places, folder, machine.run, wish.wheels)
        if new == old:
            return UpToDate(old)
        return _exchange(places, machine, old, new, None)


def go_back(places: Places, machine: Machine, *, to_backup: bool) -> Updated | CameBack | Refused:
    """Let the version before run again, on the database as it is; or `to_backup` that was made before the update,
    which loses what its program cannot read of what happened since."""
    with _alone(places, machine):
        current, previous = _running(places), version_at(places.previous)
        if previous is None or previous == current or not is_whole(places, previous):
            return Refused(Problem.NO_PREVIOUS_VERSION)
        backup = _read(places.opt / "before.json").get("backup", "") if to_backup else None
        if backup is not None and not Path(backup).is_file():
            return Refused(Problem.NO_BACKUP_OF_BEFORE, detail=backup)
        return _exchange(places, machine, current, previous, backup)


def recover(places: Places, machine: Machine) -> CameBack | None:
    """After a pulled plug, before any service runs: the version that is known to run, with a database that it opens.

    No service is stopped or started: at boot they wait in the queue, and stopping would take them out of it.
    """
    with locked(places.opt):
        exchange = _underway(places)
        return _return(places, machine, exchange, CUT_SHORT) if exchange else None


@contextmanager
def _alone(places: Places, machine: Machine) -> Iterator[None]:
    """One update at a time; one that was killed is brought to its end first."""
    _running(places)
    with locked(places.opt):
        exchange = _underway(places)
        if exchange:
            _fall_back(places, machine, exchange, CUT_SHORT)
        yield


def _exchange(places: Places, machine: Machine, old: str, new: str, restored: str | None) -> Updated | CameBack:
    exchange = Exchange(old, new, version_at(places.previous))
    point(places.previous, places.versions / old)
    _note(places, exchange)
    machine.tell(Step.BACKING_UP)
    machine.run(["systemctl", "stop", *SERVICES])  # before: what happens after the backup might be lost
    try:
        exchange = replace(exchange, backup=_back_up(places, machine, old))
    except StationFault:
        _fall_back(places, machine, exchange, "")
        raise
    _note(places, exchange)
    machine.tell(Step.STARTING)
    point(places.current, places.versions / new)
    why = _restore(places, machine, new, restored) if restored else ""
    why = why or _come_up(places, machine, new)
    if why:
        return _fall_back(places, machine, exchange, why)
    write_in_place(json.dumps({"backup": exchange.backup}).encode(), places.opt / "before.json", 0o644)
    _over(places)
    drop_others(places, (old, new))
    return Updated(new, old, exchange.backup)


def _come_up(places: Places, machine: Machine, version: str) -> str:
    """Migrate, start, and stand for a while. Returns what went wrong, or nothing."""
    why = _open(places, machine, version)
    if why:
        return why
    machine.run(["systemctl", "daemon-reload"])
    services = _enabled(machine)
    started = machine.run(["systemctl", "start", *services])  # returns when they are ready, as they say themselves
    if started.code:
        return started.last_words
    machine.pause(STEADY_S)
    for service in services:
        shown = machine.run(["systemctl", "show", "--property=ActiveState,NRestarts", service]).output.split()
        if sorted(shown) != ["ActiveState=active", "NRestarts=0"]:
            return f"{service}: {' '.join(shown)}"
    return ""


def _fall_back(places: Places, machine: Machine, exchange: Exchange, why: str) -> CameBack:
    """While the machine runs."""
    machine.run(["systemctl", "stop", *SERVICES])
    came_back = _return(places, machine, exchange, why)
    machine.run(["systemctl", "start", *_enabled(machine)])
    return came_back


def _return(places: Places, machine: Machine, exchange: Exchange, why: str) -> CameBack:
    """May be cut short and begun again."""
    machine.tell(Step.GOING_BACK)
    point(places.current, places.versions / exchange.old)
    machine.run(["systemctl", "daemon-reload"])
    restored = bool(exchange.backup and _open(places, machine, exchange.old))  # a newer schema, or whatever befell it
    if restored:
        failed = _restore(places, machine, exchange.old, exchange.backup)
        if failed:
            raise StationFault(Fault.COMMAND_FAILED, path=f"kiosk restore {exchange.backup}", detail=failed)
    _over(places)
    if exchange.before is None:
        places.previous.unlink(missing_ok=True)
    else:
        point(places.previous, places.versions / exchange.before)
    return CameBack(exchange.old, exchange.new, why, restored)


def _back_up(places: Places, machine: Machine, version: str) -> str:
    ran = machine.run(places.as_user(version, "backup", "--keep", "--json"))
    try:
        answer = json.loads(ran.output.strip().splitlines()[-1])
        return str(answer["path"])
    except (ValueError, IndexError, KeyError, TypeError) as broken:
        raise StationFault(Fault.COMMAND_FAILED, path="kiosk backup", detail=ran.last_words) from broken


def _open(places: Places, machine: Machine, version: str) -> str:
    """Opening migrates. Returns what went wrong, or nothing."""
    return machine.run(places.as_user(version, "events", "--last", "1", "--json")).failure


def _restore(places: Places, machine: Machine, version: str, backup: str) -> str:
    return machine.run(places.as_user(version, "restore", backup, "--json")).failure


def _enabled(machine: Machine) -> list[str]:
    """Those of our services that start at boot; the others are nobody's business."""
    return [one for one in SERVICES if machine.run(["systemctl", "is-enabled", "--quiet", one]).code == 0]


def _running(places: Places) -> str:
    version = version_at(places.current)
    if version is None:
        raise StationFault(Fault.NOT_AN_APPLIANCE, path=places.current)
    return version


def _underway(places: Places) -> Exchange | None:
    state = _read(_state(places))
    return Exchange(**state) if state else None


def _note(places: Places, exchange: Exchange) -> None:
    write_in_place(json.dumps(asdict(exchange)).encode(), _state(places), 0o644)


def _state(places: Places) -> Path:
    return places.opt / "updating.json"


def _over(places: Places) -> None:
    _state(places).unlink(missing_ok=True)
    sync(places.opt)


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):  # written in one go, so a broken one is nobody's of ours
        return {}
    return found if isinstance(found, dict) else {}
