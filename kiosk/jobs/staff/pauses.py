"""Who has to wait after too many wrong tries, as staff see it, and ending that."""

from dataclasses import dataclass

from kiosk.jobs.allowed import allowed
from kiosk.jobs.shelf.listed import ListedParcel, listed
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.store.tables.attempts import all_wrong_tries, forget_wrong_tries
from kiosk.store.tables.parcels import by_id


@dataclass(frozen=True, slots=True)
class Pause:
    """`scope`: whose tries have to wait, as it is named to staff, for so many seconds more."""

    scope: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Pauses:
    """Every pause of now; `parcels`: those whose phone's digits wait, so that staff see whose they are."""

    pauses: tuple[Pause, ...]
    parcels: tuple[ListedParcel, ...] = ()


def list_pauses(station: Station) -> Pauses:
    """What staff see of it."""
    running = _running(station)
    numbers = [int(scope.partition(" ")[2]) for scope in running if scope.startswith("tail ")]
    return Pauses(tuple(running.values()), tuple(listed(station, by_id(station.conn, one)) for one in numbers))


def _running(station: Station) -> dict[str, Pause]:
    """By the scope's name in the table; people know a parcel by its code."""
    boot, now = station.clock.boot(), station.clock.monotonic()
    left = {scope: tries.left_s(boot, now) for scope, tries in all_wrong_tries(station.conn).items()}
    return {scope: Pause(_named(station, scope), round(seconds) or 1) for scope, seconds in left.items() if seconds > 0}


def _named(station: Station, scope: str) -> str:
    kind, _, of = scope.partition(" ")
    return f"{kind} {by_id(station.conn, int(of)).code}" if kind == "tail" else scope


@allowed(StationEvent.LIFT_PAUSE)
def lift_pauses(station: Station, where: str = "") -> Pauses | Refused:
    """End the pauses of one terminal, parcel or colleague, or all of them; the answer names what has ended."""
    with station.transaction():
        running = _running(station)
        ended = {scope: one.scope for scope, one in running.items() if where in ("", one.scope.partition(" ")[2])}
        if station.role is not Role.MANAGER:  # or a clerk could try a manager's PIN without end
            ended = {scope: name for scope, name in ended.items() if not scope.startswith("pin-")}
        if not ended:
            return Refused(Problem.NO_PAUSE)
        forget_wrong_tries(station.conn, ended)
        facts = {"lifted": [*ended.values()]}
        station.record_about(StationEvent.LIFT_PAUSE, Subject.STATION, None, {}, facts=facts)
        return station.keep(Pauses(tuple(Pause(named, 0) for named in ended.values())))
