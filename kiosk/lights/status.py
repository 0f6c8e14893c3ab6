"""What the light owner tells about its strips, for status lines and for screens."""

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from hardware.file_lock import FileLock
from hardware.strips.supply import Supply
from hardware.trouble import DeviceFault
from kiosk.config import Settings
from kiosk.device_faults import packed, unpacked
from kiosk.faults import Fault, StationFault

LOCK_NAME = "owner.lock"
_STATUS_NAME = "strips.json"


@dataclass(frozen=True, slots=True)
class StripStatus:
    """`fault` is None while the strip answers; `node` is what a network node calls itself.

    Currents in mA; `budget_ma` is what its supply gives all its strips.
    """

    name: str
    driver: str
    node: str | None
    fault: DeviceFault | None
    used_ma: int
    supply: str
    budget_ma: int


@dataclass(frozen=True, slots=True)
class LightStatus:
    """Who owns the strips (None: nobody, so all are dark) and how they are."""

    owner: str | None
    strips: tuple[StripStatus, ...]

    @property
    def faults(self) -> Mapping[str, DeviceFault]:
        return {one.name: one.fault for one in self.strips if one.fault}

    def is_dark(self, strip: str) -> bool:
        return self.owner is None or any(one.fault for one in self.strips if one.name == strip)


def take(lock: FileLock, holder: str) -> None:
    """Own the strips, or raise StationFault(LIGHTS_OWNED) with whoever does."""
    if not lock.try_lock(holder):
        raise StationFault(Fault.LIGHTS_OWNED, detail=lock.locked_by() or "?")


def strip_statuses(supplies: Iterable[Supply]) -> tuple[StripStatus, ...]:
    return tuple(
        StripStatus(
            strip.wiring.name, strip.wiring.driver, strip.node, strip.fault, round(strip.used_ma),
            supply.wiring.name, supply.wiring.budget_ma,
        )
        for supply in supplies
        for strip in supply.strips
    )  # fmt: skip


def publish(runtime: Path, strips: Iterable[StripStatus]) -> None:
    """Written beside and moved into place, so that nobody reads half of it. What cannot be told stops no light."""
    fresh = runtime / f"{_STATUS_NAME}.new"
    with contextlib.suppress(OSError):
        rows = [{**asdict(row), "fault": packed(row.fault)} for row in strips]
        fresh.write_text(json.dumps(rows), encoding="utf-8")
        fresh.replace(runtime / _STATUS_NAME)


def read_status(runtime: Path) -> LightStatus:
    owner = FileLock(runtime / LOCK_NAME).locked_by()
    if owner is None:
        return LightStatus(None, ())
    try:
        strips = json.loads((runtime / _STATUS_NAME).read_text(encoding="utf-8"))
        told = (StripStatus(**{**strip, "fault": unpacked(strip["fault"])}) for strip in strips)
        return LightStatus(owner, tuple(told))
    except (OSError, ValueError, TypeError, KeyError):  # not yet written, or by another version
        return LightStatus(owner, ())


def dark_slots(settings: Settings, status: LightStatus) -> frozenset[str]:
    """Slots whose light is out."""
    dark = {strip.name for strip in settings.strips if not strip.has_light or status.is_dark(strip.name)}
    return frozenset(slot.name for slot in settings.slots if slot.strip in dark)
