"""What every job that writes has around it: who may do it, and that it is not done twice in one operation."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from kiosk.jobs.station import Operation, Station
from kiosk.jobs.ways_out import DoneBefore, SignedOut
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import may
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import Event

P = ParamSpec("P")
T = TypeVar("T")


def allowed(
    event: Event | StationEvent,
) -> Callable[[Callable[Concatenate[Station, P], T]], Callable[Concatenate[Station, P], T | Refused]]:
    """The job writes this event: whoever may not gets Refused(NOT_ALLOWED), and the try is on record. So it is with
    whoever may not any more when the job has the database: Refused(SIGN_IN_AGAIN)."""

    def guard(job: Callable[Concatenate[Station, P], T]) -> Callable[Concatenate[Station, P], T | Refused]:
        @wraps(job)
        def guarded(station: Station, /, *args: P.args, **kwargs: P.kwargs) -> T | Refused:
            if not may(station.role, event):
                return refuse(station, event)
            try:
                return job(_known_again(station, job.__qualname__, args, kwargs), *args, **kwargs)
            except DoneBefore as known:
                return cast(T, known.answer)
            except SignedOut:
                return refuse(replace(station, standing=""), event, Problem.SIGN_IN_AGAIN)

        return guarded

    return guard


def _known_again(station: Station, job: str, args: Any, kwargs: Any) -> Station:
    """With what the operation asks for, where it is one."""
    if station.operation is None:
        return station
    asked = station.key.secret_hash(
        "operation", repr((station.who, station.terminal, _as_asked(args), sorted(_as_asked(kwargs).items())))
    )
    return replace(station, operation=Operation(station.operation.id, job, asked))


def _as_asked(value: Any) -> Any:
    """A scan as the text it was: so an operation is known again by whoever scans again, and to older versions too."""
    if isinstance(value, Scan):
        return value.text
    if isinstance(value, dict):
        return {name: _as_asked(item) for name, item in value.items()}
    return type(value)(map(_as_asked, value)) if type(value) in (tuple, list) else value


def refuse(station: Station, event: Event | StationEvent, why: Problem = Problem.NOT_ALLOWED) -> Refused:
    """Put the try on record."""
    with station.transaction():
        station.record_about(StationEvent.REFUSE, Subject.STATION, None, {}, facts={"wanted": event})
    return Refused(why)
