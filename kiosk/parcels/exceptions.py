"""Exceptions: why a parcel is held back."""

from enum import StrEnum
from typing import NamedTuple


class HoldReason(StrEnum):
    REFUSED = "refused"
    DAMAGED = "damaged"
    WRONG_ADDRESS = "wrong_address"
    MIS_SORTED = "mis_sorted"
    INTERCEPTED = "intercepted"
    LOST = "lost"
    OTHER = "other"


_CHINESE = {
    "拒收": HoldReason.REFUSED, "破损": HoldReason.DAMAGED, "地址错误": HoldReason.WRONG_ADDRESS,
    "错分": HoldReason.MIS_SORTED, "拦截": HoldReason.INTERCEPTED, "丢失": HoldReason.LOST, "其他": HoldReason.OTHER,
}  # fmt: skip


class Why(NamedTuple):
    """A reason, and what staff say about it."""

    reason: HoldReason
    note: str | None


def read_why(text: str) -> Why | None:
    """`damaged corner is wet` → (DAMAGED, "corner is wet"); other words are a note to OTHER; None without any."""
    first, _, rest = text.strip().partition(" ")
    folded = first.lower().replace("-", "_")
    known = next((reason for reason in HoldReason if reason == folded), _CHINESE.get(first))
    if known:
        return Why(known, rest.strip() or None)
    return Why(HoldReason.OTHER, text.strip()) if text.strip() else None
