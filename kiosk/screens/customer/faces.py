"""The customer screen's four faces as plain data: what stands where, in which language and colour."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.handing_over.delivery_asked import DeliveryAsked
from kiosk.jobs.handing_over.pick_up import Found, FoundParcel
from kiosk.jobs.upkeep.offer import Offer
from kiosk.parcels.kinds import Kind
from kiosk.parcels.looks import Colour, Look
from kiosk.parcels.money import yuan
from kiosk.parcels.problems import Problem, Refused
from kiosk.screens.colours import BAD, CALM, GOOD, ON_CALM, ON_COLOUR
from kiosk.screens.customer.lines import WARN_S, Line, Matters, countdown, passing_line
from kiosk.text import N_, Language, Say, words
from kiosk.text.refusals import problem_advice, problem_headline
from kiosk.text.sentences import look_name

OFFERED = 6
_LISTED = 6  # slots in a row
_ASK = N_("Scan or type your pickup code")
_LEAVE = N_("Exit: scan the long barcode on your parcel.")
_NO_LIGHT = N_("No light there now: find it by this number")
_HERE = {
    Kind.PARCEL: N_("Your parcel is here"),
    Kind.REWARD: N_("Your reward goods are here"),
    Kind.ORDER: N_("Your order is here"),
    Kind.LAUNDRY: N_("Your laundry is here"),
}


class Face(NamedTuple):
    """`big` goes in big digits; `paint` is the colour behind headline and digits, `ink` the colour of both.

    `codes`: in the demo, pickup codes to try.
    """

    headline: str
    big: str
    detail: tuple[Line, ...]
    paint: str
    ink: str
    codes: tuple[str, ...] = ()


def idle_face(typed: str, offers: Sequence[Offer], hints: Sequence[str] = ()) -> Face:
    """All languages at once: nobody has to find a switch first. `hints`: what is to be said instead of the way out."""
    asks, leaving = ([words(language)(text) for language in Language] for text in (_ASK, _LEAVE))
    detail = tuple(Line(text) for text in hints or leaving)
    codes = tuple(offer.code for offer in offers[:OFFERED])
    return Face("\n".join(asks), typed, detail, CALM, ON_CALM, codes)


def found_face(
    say: Say,
    found: Found,
    seconds_left: float,
    typed: str,
    waybills: Sequence[str] = (),
    dark: Collection[str] = (),
) -> Face:
    """`waybills`: in the demo, what stands on the parcels still to be taken. `dark`: slots without a working light."""
    left = found.left
    big = left[0].slot if left else ""
    count = len(found.parcels)
    headline = (
        say(_HERE[found.parcels[0].kind])
        if count == 1
        else say("Still to take: {left} of {count} parcels", left=len(left), count=count)
    )
    is_dark = big in dark
    detail = [Line(f"> {typed}")] if typed else []
    if left:
        label = say("label {code}", code=left[0].code)
        detail.append(Line(f"{_place(say, left[0])}  {label}", Matters.WHICH, label))
    if count > 1:
        detail.append(Line("  ".join(_marked(found.parcels)), Matters.LIST))
    if not is_dark:
        detail.append(countdown(say, seconds_left))
    elif 0 < seconds_left <= WARN_S:
        detail.append(passing_line(say, seconds_left))  # there is no light that goes off, the number does
    take = say("Take it, then scan its waybill at the exit.")
    detail.append(Line(take, short=say("Then scan its waybill at the exit.")))
    if found.due_fen > 0:
        detail.append(Line(say("First pay {amount} yuan at the desk.", amount=yuan(found.due_fen)), Matters.MONEY))
    for problem in dict.fromkeys(found.refused):
        what = problem_headline(say, Refused(problem))
        detail.append(Line(say("Another code: {problem}", problem=what), Matters.OTHER_CODE))
    if found.more:
        more = say("{count} more: type the last 4 digits of your phone", count=found.more)
        detail.append(Line(more, Matters.MORE, say("{count} more: last 4 digits of phone", count=found.more)))
    if waybills:
        detail.append(Line(say("Demo: the waybill is {waybill}", waybill=waybills[0]), Matters.MONEY))
    if is_dark:
        return Face(f"{headline}\n{say(_NO_LIGHT)}", big, tuple(detail), CALM, ON_CALM)
    if seconds_left <= 0:
        return Face(headline, big, tuple(detail), CALM, ON_CALM)
    return Face(f"{headline}\n{look_name(say, found.look)}", big, tuple(detail), _paint(found.look), ON_COLOUR)


def problem_face(say: Say, refused: Refused) -> Face:
    big = refused.slot if refused.problem is Problem.NOT_IN_SESSION and refused.slot else ""
    advice = problem_advice(say, replace(refused, who=None))  # who of the staff did it is for staff
    detail = tuple(Line(text) for text in advice.split("\n"))
    return Face("✖ " + problem_headline(say, refused), big, detail, BAD, ON_COLOUR)


def broken_face(say: Say) -> Face:
    """Something of ours is broken: the customer needs a person; what it was stands in the log."""
    headline = "✖ " + say("The kiosk cannot do this now")
    return Face(headline, "", (Line(say("Please call staff before you go.")),), BAD, ON_COLOUR)


def delivery_face(say: Say, asked: DeliveryAsked) -> Face:
    detail = [Line(say("{count} parcels of yours will be brought home.", count=len(asked.waybills)))]
    if asked.fee_fen:
        detail.append(Line(say("It costs {amount} yuan each.", amount=yuan(asked.fee_fen))))
    detail.append(Line(say("Tell staff your address, or press F1.")))
    detail.append(Line(say("Esc takes this back.")))
    return Face("✔ " + say("Home delivery is noted"), "", tuple(detail), GOOD, ON_COLOUR)


def called_face(say: Say) -> Face:
    return Face(
        "✔ " + say("Staff are called"), "", (Line(say("Please wait here until somebody comes.")),), GOOD, ON_COLOUR
    )


def coming_face(say: Say) -> Face:
    """Staff have answered the call."""
    return Face("✔ " + say("Staff are on their way"), "", (Line(say("Please wait here.")),), GOOD, ON_COLOUR)


def done_face(say: Say, done: HandedOver) -> Face:
    detail = [Line(say("Parcel {code} is handed over.", code=done.code))]
    if done.left:
        slots = ", ".join(dict.fromkeys(parcel.slot for parcel in done.left[:_LISTED]))
        more = f" +{len(done.left) - _LISTED}" if len(done.left) > _LISTED else ""
        detail.append(Line(say("Still to collect: {slots}", slots=slots + more)))
    if done.more:
        detail.append(Line(say("{count} more of yours are on the shelf: scan their codes", count=done.more)))
    if not done.left and not done.more:
        detail.append(Line(say("Thank you. Have a good day.")))
        detail.append(Line(say("Next customer: scan or type your code."), Matters.COUNTDOWN))
    return Face("✔ " + say("Done"), "", tuple(detail), GOOD, ON_COLOUR)


def with_hints(face: Face, typed: str, hints: Sequence[Line]) -> Face:
    """What was typed meanwhile and what is about to end, on a face that passes by itself."""
    detail = (*([Line(f"> {typed}")] if typed else []), *face.detail, *hints)
    return face._replace(detail=detail)


def _place(say: Say, parcel: FoundParcel) -> str:
    shelf, level, slot = parcel.slot.split("-")
    return say("shelf {shelf}, level {level}, slot {slot}", shelf=shelf, level=level, slot=slot)


def _marked(parcels: Sequence[FoundParcel]) -> list[str]:
    """Slots, ticked where the parcel is taken; those still to be taken first, and how many more there are."""
    order = sorted(parcels, key=lambda parcel: parcel.handed_over)
    marked = [f"{'✔' if one.handed_over else '▢'} {one.slot}" for one in order[:_LISTED]]
    return marked + ([f"+{len(order) - _LISTED}"] if len(order) > _LISTED else [])


def _paint(look: Look) -> str:
    red, green, blue = look.colour.rgb
    return f"#{red:02X}{green:02X}{blue:02X}" if look.colour is not Colour.RED else BAD
