"""Inside the machine: where parcels lie, which pixels are their slots', and whether just those are lit."""

from functools import cache
from typing import Any

from scripts.metal.tap import Tap
from scripts.vm.guest import kiosk, rows

SELECTS = {"main": 0, "second": 1}
_seen: set[str] = set()


@cache
def _slots() -> dict[str, dict[str, Any]]:
    return {row["slot"]: row for row in rows("slots")}


@cache
def _shelved() -> list[tuple[str, str]]:
    """Slot and waybill of the sample's parcels."""
    return [(one["changes"]["slot"], one["waybill"]) for one in rows("events") if one["event"] == "shelve"]


def strip_of(slot: str) -> str:
    return str(_slots()[slot]["strip"])


def pixels_of(slot: str) -> set[int]:
    row = _slots()[slot]
    return set(range(row["first_pixel"], row["first_pixel"] + row["pixels"]))


def shows(tap: Tap, *slots: str, strip: str = "main") -> bool:
    """Exactly these slots are lit on the strip."""
    return set(tap.lit(SELECTS[strip])) == {pixel for slot in slots for pixel in pixels_of(slot)}


def parcels_on(strip: str, count: int) -> list[dict[str, Any]]:
    """On the shelf, each in a slot of its own, of a person with no other parcel in sight, not held; each given once."""
    found: list[dict[str, Any]] = []
    for slot, waybill in _shelved():
        if len(found) == count:
            break
        if waybill in _seen or strip_of(slot) != strip or slot in [one["slot"] for one in found]:
            continue
        _seen.add(waybill)
        parcel = kiosk("parcel", waybill)
        if parcel.get("state") != "SHELVED":
            continue
        answer = kiosk("pick-up", parcel["code"])
        if answer.get("ok"):
            kiosk("cancel", str(answer["session"]))
            if len(answer["parcels"]) == 1 and not answer["more"]:
                found.append(parcel)
    assert len(found) == count, f"{len(found)} parcels on {strip}"
    return found
