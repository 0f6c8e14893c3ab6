"""What each scan does while a mode goes on."""

from kiosk.counter.answers import Mode
from kiosk.parcels.exceptions import reason_of
from kiosk.text import N_, Say
from kiosk.text.hold_names import hold_name

EACH = {
    "out": N_("Each scan: handed over"),
    "return": N_("Each scan: back to the courier"),
    "delivered": N_("Each scan: delivered"),
    "hold": N_("Each scan: held back"),
}


def mode_name(say: Say, mode: Mode) -> str:
    """`Each scan: held back (damaged)`."""
    each = say(EACH[mode.word])
    if not mode.argument:
        return each
    return say("{each} ({reason})", each=each, reason=hold_name(say, reason_of(mode.argument)))
