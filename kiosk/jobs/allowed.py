"""Who may do a job: asked once, before the job begins."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.roles import may
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import Event

P = ParamSpec("P")
T = TypeVar("T")


def allowed(
    event: Event | StationEvent,
) -> Callable[[Callable[Concatenate[Station, P], T]], Callable[Concatenate[Station, P], T | Refused]]:
    """The job writes this event: whoever may not gets Refused(NOT_ALLOWED), and that he tried is on record."""

    def guard(job: Callable[Concatenate[Station, P], T]) -> Callable[Concatenate[Station, P], T | Refused]:
        @wraps(job)
        def guarded(station: Station, /, *args: P.args, **kwargs: P.kwargs) -> T | Refused:
            return job(station, *args, **kwargs) if may(station.role, event) else refuse(station, event)

        return guarded

    return guard


def refuse(station: Station, event: Event | StationEvent) -> Refused:
    """Put the try on record."""
    with station.transaction():
        station.record_about(StationEvent.REFUSE, Subject.STATION, None, {}, facts={"wanted": event})
    return Refused(Problem.NOT_ALLOWED)
