"""What a clerk is to do about a problem."""

from kiosk.parcels.problems import Problem, Refused
from kiosk.text import N_, Say
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
    sure = [say("If it is the waybill all the same: sure NUMBER")] if refused.is_doubt else []
    return "\n".join([say(advice), *particulars(say, refused), *sure])
