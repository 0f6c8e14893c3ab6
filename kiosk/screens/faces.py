"""The customer screen's four faces as plain data: what stands where, in which language and colour."""

from collections.abc import Collection, Sequence
from math import ceil
from typing import NamedTuple

from rich.cells import cell_len

from kiosk.jobs.check_out import HandedOver
from kiosk.jobs.delivery_asked import DeliveryAsked
from kiosk.jobs.offer import Offer
from kiosk.jobs.pick_up import Found, FoundParcel
from kiosk.parcels.kinds import Kind
from kiosk.parcels.looks import Colour, Look
from kiosk.parcels.money import yuan
from kiosk.parcels.problems import Problem, Refused
from kiosk.text import N_, Language, Say, words
from kiosk.text.refusals import problem_advice, problem_headline
from kiosk.text.sentences import colour_name, look_name

WARN_S = 10  # the last seconds of light are announced, so that one more key can extend it

GOOD, BAD, CALM = "#009E73", "#D55E00", "#333333"
_ON_COLOUR, _ON_CALM = "#000000", "#FFFFFF"
OFFERED = 6
_LINE = 44  # cells of the narrowest screen
_ASK = N_("Scan or type your pickup code")
_LEAVE = N_("Exit: scan the long barcode on your parcel.")
_NO_LIGHT = N_("No light there now: find it by this number")
_HERE = {
    Kind.PARCEL: N_("Your parcel is here"),
    Kind.REWARD: N_("Your reward goods are here"),
    Kind.ORDER: N_("Your order is here"),
    Kind.LAUNDRY: N_("Your laundry is here"),
}
_TRY = N_("Try one of these:")


class Face(NamedTuple):
    """`big` goes in big digits; `paint` is the colour behind headline and digits, `ink` the colour of both.

    `codes`: in the demo, pickup codes to try.
    """

    headline: str
    big: str
    detail: tuple[str, ...]
    paint: str
    ink: str
    codes: tuple[str, ...] = ()


def idle_face(typed: str, offers: Sequence[Offer]) -> Face:
    """Both languages at once: nobody has to find a switch first."""
    english, chinese = words(Language.ENGLISH), words(Language.CHINESE)
    leaving = (english(_LEAVE), chinese(_LEAVE))
    codes = tuple(offer.code for offer in offers[:OFFERED])
    return Face(f"{english(_ASK)}\n{chinese(_ASK)}", typed, leaving, CALM, _ON_CALM, codes)


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
    detail = [f"> {typed}"] if typed else []
    if left:
        detail.append(_place(say, left[0]))
    if count > 1:
        detail.append("  ".join(f"{'✔' if p.handed_over else '▢'} {p.slot}" for p in found.parcels[:6]))
    is_dark = big in dark
    if not is_dark:
        detail.append(_countdown(say, ceil(seconds_left)))
    detail.append(say("Take it, then scan its waybill at the exit."))
    if found.due_fen > 0:
        detail.append(say("First pay {amount} yuan at the desk.", amount=yuan(found.due_fen)))
    for problem in dict.fromkeys(found.refused):
        detail.append(say("Another code: {problem}", problem=problem_headline(say, Refused(problem))))
    if found.more:
        detail.append(say("{count} more: type the last 4 digits of your phone", count=found.more))
    if waybills:
        detail.append(say("Demo: the waybill is {waybill}", waybill=waybills[0]))
    if is_dark:
        return Face(f"{headline}\n{say(_NO_LIGHT)}", big, tuple(detail), CALM, _ON_CALM)
    if seconds_left <= 0:
        return Face(headline, big, tuple(detail), CALM, _ON_CALM)
    return Face(f"{headline}\n{look_name(say, found.look)}", big, tuple(detail), _paint(found.look), _ON_COLOUR)


def problem_face(say: Say, refused: Refused) -> Face:
    big = refused.slot if refused.problem is Problem.NOT_IN_SESSION and refused.slot else ""
    return Face(
        "✖ " + problem_headline(say, refused),
        big,
        tuple(problem_advice(say, refused).split("\n")),
        BAD,
        _ON_COLOUR,
    )


def broken_face(say: Say) -> Face:
    """Something of ours is broken: the customer needs a person; what it was stands in the log."""
    headline = "✖ " + say("The kiosk cannot do this now")
    return Face(headline, "", (say("Please call staff before you go."),), BAD, _ON_COLOUR)


def delivery_face(say: Say, asked: DeliveryAsked) -> Face:
    detail = [say("{count} parcels of yours will be brought home.", count=len(asked.waybills))]
    if asked.fee_fen:
        detail.append(say("It costs {amount} yuan each.", amount=yuan(asked.fee_fen)))
    detail.append(say("Tell staff your address, or press F1."))
    detail.append(say("Esc takes this back."))
    return Face("✔ " + say("Home delivery is noted"), "", tuple(detail), GOOD, _ON_COLOUR)


def called_face(say: Say) -> Face:
    return Face(say("Staff are called"), "", (say("Please wait here: somebody comes."),), GOOD, _ON_COLOUR)


def done_face(say: Say, done: HandedOver) -> Face:
    detail = [say("Parcel {code} is handed over.", code=done.code)]
    if done.left:
        detail.append(say("Still to collect: {slots}", slots=", ".join(parcel.slot for parcel in done.left)))
    if done.more:
        detail.append(say("{count} more of yours are on the shelf: scan their codes", count=done.more))
    if not done.left and not done.more:
        detail.append(say("Thank you. Have a good day."))
    return Face("✔ " + say("Done"), "", tuple(detail), GOOD, _ON_COLOUR)


def others_line(say: Say, lit: Sequence[tuple[Look, Sequence[str]]]) -> str:
    """Everybody's lights in one line: colours and slots, nothing of a person."""
    if not lit:
        return ""
    line = say("Lit now:")
    for number, (look, slots) in enumerate(lit):
        part = f" {look.colour.symbol} {colour_name(say, look.colour)} {slots[0]}"
        if cell_len(line + part) > _LINE - 4:
            return f"{line} +{len(lit) - number}"
        line += part
    return line


def keys_line(say: Say, language: Language, *, may_deliver: bool = False) -> str:
    """`may_deliver`: what was found may be brought home instead."""
    other = "中文" if language is Language.ENGLISH else "English"
    if may_deliver:
        return say("F1 call staff F2 {other} F3 bring home Esc cancel", other=other)
    return say("F1 call staff  F2 {other}  Esc cancel", other=other)


def codes_to_try(codes: Sequence[str], *, in_a_column: bool) -> str:
    """The demo's offer, in both languages: beside the QR code, or in rows of three where there is no QR."""
    if not codes:
        return ""
    asks = [words(language)(_TRY) for language in Language]
    if in_a_column:
        return "\n".join(["", *asks, "", *codes])
    return "\n".join(["  ".join(asks), "   ".join(codes[:3]), "   ".join(codes[3:])])


def _place(say: Say, parcel: FoundParcel) -> str:
    shelf, level, slot = parcel.slot.split("-")
    place = say("shelf {shelf}, level {level}, slot {slot}", shelf=shelf, level=level, slot=slot)
    return place + "  " + say("label {code}", code=parcel.code)


def _countdown(say: Say, seconds: int) -> str:
    if seconds <= 0:
        return say("The light is off: scan again to relight.")
    if seconds <= WARN_S:
        return say("Light off in {seconds} s: any key extends", seconds=seconds)
    return say("The light shines for {seconds} s", seconds=seconds)


def _paint(look: Look) -> str:
    red, green, blue = look.colour.rgb
    return f"#{red:02X}{green:02X}{blue:02X}" if look.colour is not Colour.RED else BAD
