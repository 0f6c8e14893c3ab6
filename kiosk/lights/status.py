"""What the light owner tells about its strips, for status lines and staff screens."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from hardware.file_lock import FileLock
from hardware.light_strip import LightStrip

LOCK_NAME = "owner.lock"
_STATUS_NAME = "strips.json"


@dataclass(frozen=True, slots=True)
class StripStatus:
    """`fault` is None while the strip answers; currents in mA."""

    name: str
    driver: str
    fault: str | None
    used_ma: int
    budget_ma: int


def publish(runtime: Path, strips: Iterable[LightStrip]) -> None:
    """Written beside and moved into place, so that nobody reads half of it."""
    rows = [StripStatus(s.wiring.name, s.wiring.driver, s.fault, round(s.used_ma), s.wiring.budget_ma) for s in strips]
    fresh = runtime / f"{_STATUS_NAME}.new"
    fresh.write_text(json.dumps([asdict(row) for row in rows]), encoding="utf-8")
    fresh.replace(runtime / _STATUS_NAME)


def read_status(runtime: Path) -> tuple[str | None, list[StripStatus]]:
    """Who owns the strips (None: nobody) and how they are."""
    owner = FileLock(runtime / LOCK_NAME).holder()
    if owner is None:
        return None, []
    try:
        rows = json.loads((runtime / _STATUS_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return owner, []
    return owner, [StripStatus(**row) for row in rows]
