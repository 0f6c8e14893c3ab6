"""What each scan does while a mode goes on, in words; and the end of the program."""

from kiosk.counter.answers import Mode, ModeSet
from kiosk.counter.modes import is_without_reason
from kiosk.jobs.staff.leave import Left
from kiosk.parcels.exceptions import reason_of
from kiosk.text import N_, Say
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.hold_names import hold_name

_EACH = {
    "out": N_("Each scan: handed over"),
    "return": N_("Each scan: back to the courier"),
    "delivered": N_("Each scan: delivered"),
    "hold": N_("Each scan: held back"),
}


def mode_name(say: Say, mode: Mode) -> str:
    """`Each scan: held back (damaged)`."""
    each = say(_EACH[mode.word])
    return (
        say("{each} ({reason})", each=each, reason=hold_name(say, reason_of(mode.argument))) if mode.argument else each
    )


def mode_set(say: Say, answer: ModeSet) -> Words:
    mode, ended = answer.mode, answer.ended
    if mode is not None and is_without_reason(mode):
        why = say("Why? Scan a reason's card or type it: refused, damaged, wrong-address, or your own words.")
        return Words(say("REASON"), Mood.DOUBTFUL, "", (mode_name(say, mode), why))
    if mode is not None:
        until = say("Scan one parcel after the other. Esc, done or another word ends it.")
        return Words(say("EACH SCAN"), Mood.CALM, "", (mode_name(say, mode), until))
    usual = say("A scan is again what it usually is: a parcel comes in, or goes on the open sheet.")
    if ended is None:
        return Words(say("READY"), Mood.CALM, "", (usual,))
    done = say("{each}: {count} done", each=mode_name(say, ended), count=ended.done)
    return Words(say("ENDED"), Mood.GOOD, "", (done, usual))


def left(say: Say, _: Left) -> Words:
    return Words(say("CLOSED"), Mood.CALM, "", (say("The desk ends. Open it again with: kiosk desk"),))
