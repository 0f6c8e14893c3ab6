"""What a clerk is to do about a problem, while each scan is the same job, and when the program ends."""

from kiosk.counter.answers import ModeSet
from kiosk.counter.modes import is_without_reason
from kiosk.jobs.staff.leave import Left
from kiosk.parcels.problems import Problem, Refused
from kiosk.text import N_, Say
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.desk.modes import mode_name
from kiosk.text.refusals import PROBLEMS, particulars

# Where the customer's advice would send clerks to themselves.
_FOR_STAFF: dict[Problem, str] = {
    Problem.ON_HOLD: N_("See why with: history. End the hold with: release"),
    Problem.ALREADY_COLLECTED: N_("Take it back with: back REASON"),
    Problem.AMOUNT_DUE: N_("Take the money and press F6, then F5."),
    Problem.NO_SUCH_CODE: N_("Compare it with the message, or look for the person: find 1234 SF"),
    Problem.NO_SUCH_WAYBILL: N_("Nothing here fits. Compare it with the label or the message."),
    Problem.NOT_SHELVED: N_("Scan it and put it away first."),
    Problem.EMPTY_SCAN: N_("Scan again, or type the number."),
    Problem.UNKNOWN_QR: N_("Scan the long barcode of the parcel, or type its number."),
    Problem.KEYBOARD_LAYOUT: N_("Set it to the US layout; see what arrives with: kiosk scanner test"),
    Problem.PAY_CODE_SCANNED: N_("Scan the long barcode on the courier's label."),
    Problem.IN_RETURN: N_("It goes back to its courier. If it is to stay: stay"),
    Problem.MISSING: N_("Put it in a slot with: found SLOT"),
    Problem.OUT_FOR_DELIVERY: N_("Record what came of it: delivered PROOF, or failed REASON"),
    Problem.WRONG_STATE: N_("See what happened to it with: history"),
}


_ASK_MANAGER = N_("Ask a manager: scan the manager's badge now. You stay signed in.")
_BY_CONSENT = {
    Problem.PIN_NEEDED: N_("Type the PIN that goes with the badge, then Enter."),
    Problem.WRONG_PIN: N_("Type it again slowly. You stay signed in."),
}


def staff_advice(say: Say, refused: Refused) -> str:
    """What a clerk is to do."""
    advice = _FOR_STAFF.get(refused.problem, PROBLEMS[refused.problem][1])
    if refused.consent:
        advice = _BY_CONSENT.get(refused.problem, _ASK_MANAGER)
    sure = [say("If it is the waybill all the same: sure")] if refused.is_doubt else []
    return "\n".join([say(advice), *particulars(say, refused), *sure])


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
