"""Why a parcel is held, in words."""

from kiosk.parcels.exceptions import HoldReason
from kiosk.text import N_, Say

_HOLDS: dict[HoldReason, str] = {
    HoldReason.REFUSED: N_("refused by the consignee"),
    HoldReason.DAMAGED: N_("damaged"),
    HoldReason.WRONG_ADDRESS: N_("wrong address"),
    HoldReason.MIS_SORTED: N_("mis-sorted"),
    HoldReason.INTERCEPTED: N_("intercepted"),
    HoldReason.LOST: N_("lost"),
    HoldReason.OTHER: N_("other"),
}


def hold_name(say: Say, held_for: str) -> str:
    """The reason of a hold in words, its note as staff wrote it."""
    reason, colon, note = held_for.partition(": ")
    named = _HOLDS.get(HoldReason(reason)) if reason in set(HoldReason) else None
    if named is None:
        return held_for
    return say("{reason}: {note}", reason=say(named), note=note) if colon else say(named)
