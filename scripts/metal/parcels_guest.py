"""Inside the machine: where parcels lie, which pixels are their slots', and whether just those are lit."""

from functools import cache
from typing import Any

from scripts.metal.tap import Tap
from scripts.vm.guest import rows

SELECTS = {"main": 0, "second": 1}
_seen: set[str] = set()


@cache
def _slots() -> dict[str, dict[str, Any]]:
    return {row["slot"]: row for row in rows("slots")}


@cache
def _shelved() -> list[dict[str, str]]:
    """Slot, waybill and code of the sample's parcels to which nothing has happened but that they were put away."""
    told = [one for one in rows("events") if one.get("waybill")]
    others = {one["waybill"] for one in told if one["event"] not in ("announce", "check_in", "shelve")}
    return [
        {"waybill": one["waybill"], "slot": one["changes"]["slot"], "code": one["changes"]["code"]}
        for one in told
        if one["event"] == "shelve" and one["waybill"] not in others
    ]


def strip_of(slot: str) -> str:
    return str(_slots()[slot]["strip"])


def pixels_of(slot: str) -> set[int]:
    row = _slots()[slot]
    return set(range(row["first_pixel"], row["first_pixel"] + row["pixels"]))


def shows(tap: Tap, *slots: str, strip: str = "main") -> bool:
    """Exactly these slots are lit on the strip."""
    return set(tap.lit(SELECTS[strip])) == {pixel for slot in slots for pixel in pixels_of(slot)}


def parcels_on(strip: str, count: int) -> list[dict[str, str]]:
    """Each in a slot of its own; each is given once."""
    found: list[dict[str, str]] = []
    for parcel in _shelved():
        is_new = parcel["waybill"] not in _seen and parcel["slot"] not in [one["slot"] for one in found]
        if len(found) < count and is_new and strip_of(parcel["slot"]) == strip:
            _seen.add(parcel["waybill"])
            found.append(parcel)
    assert len(found) == count, f"{len(found)} parcels on {strip}"
    return found
