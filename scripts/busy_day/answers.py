"""What a job answered, held against the plan, and how long it took."""

from collections.abc import Callable
from time import perf_counter
from typing import ParamSpec, TypeVar

from kiosk.parcels.problems import Problem, Refused

P = ParamSpec("P")
T = TypeVar("T")


class Unexpected(Exception):
    """A job answered otherwise than the plan says."""


def sure(answer: object) -> object:
    if isinstance(answer, Refused):
        raise Unexpected(f"refused: {answer.problem}")
    return answer


def refused(answer: object, problem: Problem) -> None:
    if not isinstance(answer, Refused) or answer.problem is not problem:
        raise Unexpected(f"expected {problem}, came {answer}")


Durations = list[tuple[str, float]]


def timed(durations: Durations, job: Callable[P, T]) -> Callable[P, T]:
    """The job, its duration noted under its own name."""

    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        start = perf_counter()
        try:
            return job(*args, **kwargs)
        finally:
            durations.append((job.__name__, perf_counter() - start))

    return run
