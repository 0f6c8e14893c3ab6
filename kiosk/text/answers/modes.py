"""What each scan does while a mode goes on, in words; and the end of the program."""

from kiosk.counter.answers import ModeSet
from kiosk.counter.modes import is_without_reason
from kiosk.jobs.staff.leave import Left
from kiosk.text import Say
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.desk.modes import mode_name


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
    done = f"{mode_name(say, ended)}  " + say("{count} done", count=ended.done)
    return Words(say("ENDED"), Mood.GOOD, "", (done, usual))


def left(say: Say, _: Left) -> Words:
    return Words(say("CLOSED"), Mood.CALM, "", (say("The desk ends. Open it again with: kiosk desk"),))
