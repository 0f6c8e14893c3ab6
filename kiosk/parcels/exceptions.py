"""Exceptions: why a parcel is held back."""

import re
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
    "拒收": HoldReason.REFUSED, "破损": HoldReason.DAMAGED, "损坏": HoldReason.DAMAGED,
    "地址错误": HoldReason.WRONG_ADDRESS, "错址": HoldReason.WRONG_ADDRESS, "错分": HoldReason.MIS_SORTED,
    "拦截": HoldReason.INTERCEPTED, "丢失": HoldReason.LOST, "其他": HoldReason.OTHER,
}  # fmt: skip


_PART = re.compile(r"[\s,，:：;；。]+")


class Why(NamedTuple):
    """A reason, and what staff say about it."""

    reason: HoldReason
    note: str | None


def read_why(text: str) -> Why | None:
    """`damaged corner is wet` → (DAMAGED, "corner is wet"); other words are a note to OTHER; None without any."""
    first, note = _parted(text)
    known = _reason(first)
    if known:
        return Why(known, note or None)
    return Why(HoldReason.OTHER, text.strip()) if text.strip() else None


def reason_of(text: str) -> str:
    """The same as it is kept where there is one column for both: `拒收 不要了` → `refused: 不要了`."""
    first, note = _parted(text)
    known = _reason(first)
    return ": ".join(filter(None, (known, note))) if known else text.strip()


def chinese_reasons() -> tuple[str, ...]:
    """As they are typed."""
    return tuple(_CHINESE)


def is_reason(text: str) -> bool:
    """Whether it begins with the name of one."""
    return _reason(_parted(text)[0]) is not None


def _parted(text: str) -> tuple[str, str]:
    """The first word and the rest: `破损，角湿了` as well as `damaged corner is wet`."""
    first, *rest = _PART.split(text.strip(), maxsplit=1)
    return first, "".join(rest).strip()


def _reason(word: str) -> HoldReason | None:
    folded = word.lower().replace("-", "_")
    return next((reason for reason in HoldReason if reason == folded), _CHINESE.get(word))
