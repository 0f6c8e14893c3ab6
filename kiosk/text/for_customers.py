"""What the customer's screen says of a problem where that differs from the desk: there a parcel has a long barcode, and
nobody knows of waybills."""

from dataclasses import replace

from kiosk.parcels.problems import Problem, Refused
from kiosk.text import N_, Say
from kiosk.text.refusals import PROBLEMS, particulars, problem_headline, too_many_tries

_SAID: dict[Problem, tuple[str, str]] = {
    Problem.WAYBILL_NOT_CODE: (
        N_("That is the long barcode on the parcel"),
        N_("Here scan or type your pickup code, such as 3-2-0147."),
    ),
    Problem.CODE_NOT_WAYBILL: (N_("That is a pickup code"), N_("Here scan the long barcode on the parcel.")),
    Problem.CODE_AT_EXIT: (
        N_("Parcels are handed over here"),
        N_("Scan your pickup code at the entrance; here scan the long barcode on the parcel."),
    ),
    Problem.WAYBILL_AT_ENTRY: (
        N_("The long barcode is for the exit"),
        N_("Scan it there. Here scan your pickup code."),
    ),
    Problem.NOT_A_WAYBILL: (
        N_("That is no barcode of a parcel"),
        N_("Scan the long barcode on the parcel, or your pickup code."),
    ),
    Problem.SLOT_LABEL_SCANNED: (
        N_("That is a label of the shelf"),
        N_("Scan your pickup code, or the long barcode on the parcel."),
    ),
    Problem.COMMAND_SCANNED: (
        N_("That is a command card"),
        N_("Scan your pickup code, or the long barcode on the parcel."),
    ),
    Problem.BADGE_SCANNED: (
        N_("That is a staff badge"),
        N_("Scan your pickup code, or the long barcode on the parcel."),
    ),
    Problem.NO_SUCH_WAYBILL: (
        N_("No parcel here has this barcode"),
        N_("To collect, scan your pickup code. Or call staff."),
    ),
}


def customer_problem(say: Say, refused: Refused) -> tuple[str, list[str]]:
    """What happened, and what is to be done, a line each. Who of the staff did something is for staff."""
    if refused.wait_s:
        headline, advice = too_many_tries(say, refused)
    elif refused.problem in _SAID:
        headline, advice = map(say, _SAID[refused.problem])
    else:
        headline, advice = problem_headline(say, refused), say(PROBLEMS[refused.problem][1])
    return headline, "\n".join([advice, *particulars(say, replace(refused, who=None))]).split("\n")
