"""One row of the table: what a fault did to the station."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scripts.faults.ledger import Finding


@dataclass(frozen=True, slots=True)
class Result:
    """`cycles`: faults or cut points; `survived`: after so many the station worked again.

    A control is meant to lose: there the test is proved to see it. `notes`: what else is to be known, one line each.
    """

    fault: str
    cycles: int
    survived: int
    acknowledged: int
    lost: int
    duplicated: int
    violations: int
    seconds: float
    control: bool = False
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Nothing lost, doubled or broken; of a control, that the loss was seen."""
        if self.control:
            return self.lost > 0
        return self.cycles == self.survived and not (self.lost or self.duplicated or self.violations)


def result(
    fault: str,
    findings: Iterable[Finding],
    acknowledged: int,
    seconds: float,
    *,
    control: bool = False,
    notes: Iterable[str] = (),
) -> Result:
    """Sum up; the first few findings that are not clean are told as notes."""
    found = list(findings)
    odd = [] if control else [f"{one}"[:300] for one in found if not one.clean][:3]
    return Result(
        fault, len(found), sum(one.opened for one in found), acknowledged,
        sum(len(one.lost) for one in found), sum(len(one.duplicated) for one in found),
        sum(len(one.violations) for one in found), seconds, control, (*odd, *notes),
    )  # fmt: skip


_COLUMNS = ("cycles", "survived", "acknowledged", "lost", "duplicated", "violations")


def heading() -> str:
    return f"{'fault':40}" + "".join(f"{name:>13}" for name in _COLUMNS) + f"{'seconds':>9}"


def lines(row: Result) -> Iterator[str]:
    """The row as text, its notes under it."""
    verdict = {(False, True): "", (True, True): "caught", (True, False): "NOT CAUGHT"}.get(
        (row.control, row.passed), "FAILED"
    )
    figures = "".join(f"{getattr(row, name):>13,}" for name in _COLUMNS)
    yield f"{row.fault:40}{figures}{row.seconds:>9.1f}  {verdict}".rstrip()
    yield from (f"    {note}" for note in row.notes)
