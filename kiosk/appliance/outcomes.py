"""What came of an update, and what is told while it is done."""

from dataclasses import dataclass
from enum import StrEnum

CUT_SHORT = "cut short"


class Step(StrEnum):
    """What takes its time, told while it is done."""

    CHECKING = "checking"
    MAKING = "making"
    BACKING_UP = "backing_up"
    STARTING = "starting"
    GOING_BACK = "going_back"


@dataclass(frozen=True, slots=True)
class Updated:
    """`version` runs; `before` is kept, and so is the `backup` made before it (path)."""

    version: str
    before: str
    backup: str


@dataclass(frozen=True, slots=True)
class CameBack:
    """`version` runs as before, for `tried` did not come up: `why`. `restored`: the database is that of the backup."""

    version: str
    tried: str
    why: str
    restored: bool


@dataclass(frozen=True, slots=True)
class UpToDate:
    """This very version runs already."""

    version: str
