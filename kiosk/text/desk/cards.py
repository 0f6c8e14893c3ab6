"""The cards that are scanned instead of typing: what each says to the desk, and to a person."""

from kiosk.parcels.couriers import couriers, short_name
from kiosk.parcels.exceptions import HoldReason
from kiosk.parcels.slots import Size
from kiosk.text import N_, Say
from kiosk.text.courier_names import courier_name
from kiosk.text.desk.modes import EACH
from kiosk.text.desk_help import HELP
from kiosk.text.hold_names import hold_name

_COMMANDS = {
    "UNDO": N_("Undo"),
    "CANCEL": N_("Cancel"),
    "LANGUAGE": N_("Language"),
    "HELP": N_("Help"),
    "LARGE": N_("Large text"),
}
# Those that need nothing typed after them.
_WORDS = (
    "batch", "done", "in", "out", "pay", "found", "missing", "stay", "homes", "overdue", "remind", "free", "map",
    "sheets", "label", "lock",
)  # fmt: skip
# Why a parcel goes back though it is not overdue.
_RETURNED = (HoldReason.REFUSED, HoldReason.DAMAGED, HoldReason.WRONG_ADDRESS, HoldReason.MIS_SORTED,
             HoldReason.INTERCEPTED)  # fmt: skip
_BROUGHT_HERE = 10  # brands of the list's beginning: these have drivers of their own that bring batches


def card_texts(say: Say) -> list[tuple[str, str]]:
    """What is scanned from each card, and what a person reads on it."""
    meanings = {name: what for words in HELP.values() for name, (_, what) in words.items()}
    cards = [(scanned, say(told)) for scanned, told in _COMMANDS.items()]
    cards += [(name.upper(), say(meanings[name])) for name in _WORDS]
    cards += [(f"MODE {name.upper()}", say(told)) for name, told in EACH.items()]
    cards += [(f"RETURN {_typed(why)}", _with(say, "return", hold_name(say, why))) for why in _RETURNED]
    cards += [(f"HOLD {_typed(why)}", _with(say, "hold", hold_name(say, why))) for why in HoldReason]
    cards += [(f"SIZE {size.name}", say("Size {size}", size=size.name)) for size in Size]
    cards += [(f"BATCH {name}", say("Batch of {courier}", courier=courier_name(say, name))) for name in _brands()]
    return cards + [(short_name(name), say("Next: {courier}", courier=courier_name(say, name))) for name in couriers()]


def _brands() -> tuple[str, ...]:
    return couriers()[:_BROUGHT_HERE]


def _typed(why: HoldReason) -> str:
    return why.upper().replace("_", "-")


def _with(say: Say, name: str, reason: str) -> str:
    """`Return: damaged`."""
    return say("{word}: {reason}", word=say(_REASONED[name]), reason=reason)


_REASONED = {"return": N_("Return"), "hold": N_("Hold")}
