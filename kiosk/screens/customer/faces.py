"""The customer screen's faces as plain data: what stands where, in which language, colour and form."""

from collections.abc import Sequence
from typing import NamedTuple

from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.upkeep.offer import Offer
from kiosk.parcels.problems import Refused
from kiosk.screens.colours import BAD, CALM, GOOD, ON_CALM, ON_COLOUR
from kiosk.screens.customer.lines import Line, Matters
from kiosk.text import N_, Language, Say, words
from kiosk.text.for_customers import customer_problem

OFFERED = 6
LISTED = 6  # slots in a row
ALARM_EDGE, DONE_EDGE = "✖", "✔"  # what no search has: its plate is told from theirs by its form, whatever the eye
_ASK = N_("Scan or type your pickup code")
_LEAVE = N_("Exit: scan the long barcode on the parcel.")


class Face(NamedTuple):
    """`big` goes in big digits; `paint` is the colour behind headline and digits, `ink` the colour of both.

    `codes`: in the demo, pickup codes to try. `edge`: a mark that is repeated along the plate's upper and lower edge.
    """

    headline: str
    big: str
    detail: tuple[Line, ...]
    paint: str
    ink: str
    codes: tuple[str, ...] = ()
    edge: str = ""


def idle_face(typed: str, offers: Sequence[Offer], hints: Sequence[Line] = ()) -> Face:
    """All languages at once: nobody has to find a switch first. `hints`: what is to be said instead of the way out."""
    asks, leaving = ([words(language)(text) for language in Language] for text in (_ASK, _LEAVE))
    detail = tuple(hints) or tuple(map(Line, leaving))
    codes = tuple(offer.code for offer in offers[:OFFERED])
    return Face("\n".join(asks), typed, detail, CALM, ON_CALM, codes)


def problem_face(say: Say, refused: Refused) -> Face:
    headline, advice = customer_problem(say, refused)
    return Face("✖ " + headline, "", tuple(Line(text) for text in advice), BAD, ON_COLOUR)


def alarm_face(say: Say, refused: Refused, *, is_searched: bool, is_lit: bool) -> Face:
    """A parcel at the exit that nobody's search has. `is_searched`: somebody searches here, so it may be the wrong one;
    else its own person may have come late, who is accused of nothing. `is_lit`: the red light shows its slot now."""
    detail = []
    if is_searched:
        headline = say("Please wait: this may be the wrong parcel")
        detail.append(Line(say("Put it back, or scan its pickup code first.")))
    else:
        headline = say("Scan its pickup code first")
        detail.append(Line(say("Then scan the long barcode on the parcel again. Or call staff.")))
    if refused.slot:
        where = say("Its place is {slot}, where the light blinks red.", slot=refused.slot)
        detail.append(Line(where if is_lit else say("Its place is {slot}.", slot=refused.slot)))
    return Face("✖ " + headline, "", tuple(detail), BAD, ON_COLOUR, edge=ALARM_EDGE)


def broken_face(say: Say) -> Face:
    """Something of ours is broken: the customer needs a person; what it was stands in the log."""
    headline = "✖ " + say("The kiosk cannot do this now")
    return Face(headline, "", (Line(say("Please call staff before you go.")),), BAD, ON_COLOUR)


def called_face(say: Say, hint: str, phone: str = "") -> Face:
    """`hint`: how it is taken back; `phone`: the station's, once nobody has come for a while."""
    texts = [say("Please wait here until somebody comes."), hint]
    if phone:
        texts[0] = say("Nobody came? Phone {phone}", phone=phone)
    return Face("✔ " + say("Staff are called"), "", tuple(map(Line, filter(None, texts))), GOOD, ON_COLOUR)


def coming_face(say: Say) -> Face:
    """Staff have answered the call."""
    return Face("✔ " + say("Staff are on their way"), "", (Line(say("Please wait here.")),), GOOD, ON_COLOUR)


def done_face(say: Say, done: HandedOver) -> Face:
    detail = [Line(say("Parcel {code} is handed over.", code=done.code))]
    if done.left:
        slots = [*dict.fromkeys(parcel.slot for parcel in done.left)]
        more = f" +{len(slots) - LISTED}" if len(slots) > LISTED else ""
        detail.append(Line(say("Still to take: {slots}", slots=say(", ").join(slots[:LISTED]) + more)))
    if done.more:
        more = say(
            "{count} more of yours is on the shelf: scan its code",
            "{count} more of yours are on the shelf: scan their codes",
            count=done.more,
        )
        detail.append(Line(more))
    if not done.left and not done.more:
        detail.append(Line(say("Next customer: scan or type your code."), Matters.COUNTDOWN))
    return Face("✔ " + say("You have it. Thank you"), "", tuple(detail), GOOD, ON_COLOUR, edge=DONE_EDGE)


def with_hints(face: Face, typed: str, hints: Sequence[Line]) -> Face:
    """What was typed meanwhile, as large as the first time, and what is about to end."""
    return face._replace(big=typed or face.big, detail=(*face.detail, *hints))
