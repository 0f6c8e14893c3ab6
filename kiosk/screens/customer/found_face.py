"""What was found, on the customer's screen: the slot in big digits, and in words what to do and what about the rest."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from kiosk.jobs.handing_over.pick_up import Found, FoundParcel
from kiosk.parcels.kinds import Kind
from kiosk.parcels.looks import Look
from kiosk.parcels.money import yuan
from kiosk.parcels.problems import Refused
from kiosk.screens.colours import CALM, ON_CALM, ON_COLOUR
from kiosk.screens.customer.faces import LISTED, Face
from kiosk.screens.customer.lines import WARN_S, Line, Matters, countdown, next_line, passing_line
from kiosk.screens.customer.moments.home_wish import wish
from kiosk.text import N_, Say
from kiosk.text.for_customers import customer_problem
from kiosk.text.sentences import look_name

_NO_LIGHT = N_("No light there now: find it by this number")
_HERE = {
    Kind.PARCEL: N_("Your parcel is here"),
    Kind.REWARD: N_("Your reward goods are here"),
    Kind.ORDER: N_("Your order is here"),
    Kind.LAUNDRY: N_("Your laundry is here"),
}


class Beside(NamedTuple):
    """What stands on the face beside what was found. `said`: lines that come first; `question`: it waits for an answer,
    and stands for what is to be done; `news`: what passed a moment ago; `waybills`: in the demo, what stands on the
    parcels still to be taken."""

    said: Sequence[Line] = ()
    question: str = ""
    earlier: Line | None = None
    news: str = ""
    news_short: str = ""
    waybills: Sequence[str] = ()


ALONE = Beside()


def found_face(say: Say, found: Found, seconds_left: float, beside: Beside = ALONE, dark: Collection[str] = ()) -> Face:
    """`dark`: slots without a working light."""
    left = found.left
    big = left[0].slot if left else ""
    is_dark = big in dark
    detail = [*beside.said]
    if beside.question:
        detail.append(Line(beside.question))
    if left:
        detail.append(_where(say, left))
    if beside.earlier:
        detail.append(beside.earlier)
    if len(found.parcels) > 1:
        detail.append(Line("  ".join(_marked(found.parcels)), Matters.LIST))
    if not is_dark:
        detail.append(countdown(say, seconds_left))
    elif 0 < seconds_left <= WARN_S:
        detail.append(passing_line(say, seconds_left))  # there is no light that goes off, the number does
    else:
        detail.append(next_line(say))
    if not beside.question:
        detail += _to_do(say, found)
    detail += _more(say, found, beside)
    headline = _headline(say, found)
    if is_dark:
        return Face(f"{headline}\n{say(_NO_LIGHT)}", big, tuple(detail), CALM, ON_CALM)
    if seconds_left <= 0:
        return Face(headline, big, tuple(detail), CALM, ON_CALM)
    return Face(f"{headline}\n{look_name(say, found.look)}", big, tuple(detail), paint_of(found.look), ON_COLOUR)


def _headline(say: Say, found: Found) -> str:
    if len(found.parcels) == 1:
        return say(_HERE[found.parcels[0].kind])
    return say("{count} parcel to take", "{count} parcels to take", count=len(found.left))


def _to_do(say: Say, found: Found) -> list[Line]:
    """Take it, unless all of it goes to the door."""
    lines = []
    wished = wish(say, found)
    if wished:
        lines.append(Line(wished))
        lines.append(Line(say("Tell staff your address, or press F1."), Matters.MONEY))
    count = sum(not one.to_door for one in found.left)
    if count or not found.left:
        take = say(
            "Take it, then scan the long barcode on the parcel at the exit.",
            "Take them, then scan the long barcode on each parcel at the exit.",
            count=max(count, 1),
        )
        short = say(
            "Scan its long barcode at the exit.", "Scan each long barcode at the exit.", count=max(count, 1)
        )  # fmt: skip
        lines.append(Line(take, short=short))
    return lines


def _more(say: Say, found: Found, beside: Beside) -> list[Line]:
    lines = []
    if found.due_fen > 0:
        lines.append(Line(say("First pay {amount} yuan at the desk.", amount=yuan(found.due_fen)), Matters.MONEY))
    if beside.news:
        lines.append(Line(beside.news, Matters.OTHER_CODE, beside.news_short))
    for problem in dict.fromkeys(found.refused):
        what, _ = customer_problem(say, Refused(problem))
        lines.append(Line(say("Another code: {problem}", problem=what), Matters.OTHER_CODE))
    if found.more:
        more = say(
            "You have {count} more. Type the last 4 digits of your phone to light it too",
            "You have {count} more. Type the last 4 digits of your phone to light them too",
            count=found.more,
        )
        lines.append(Line(more, Matters.MORE, say("{count} more: last 4 digits of phone", count=found.more)))
    if beside.waybills:
        demo = say("Demo: the long barcode is {waybill}", waybill=beside.waybills[0])
        lines.append(Line(demo, Matters.MONEY))
    return lines


def _where(say: Say, left: Sequence[FoundParcel]) -> Line:
    """The slot in words, and what stands on the labels of all that lies there for this person."""
    shelf, level, slot = left[0].slot.split("-")
    here = [_label(say, one) for one in left if one.slot == left[0].slot]
    codes = say(", ").join(here[:LISTED]) + _and_more(len(here))
    labels = say("label {codes}", "labels {codes}", count=len(here), codes=codes)
    place = say("shelf {shelf}, level {level}, slot {slot}", shelf=shelf, level=level, slot=slot)
    return Line(f"{place}  {labels}", Matters.WHICH, labels)


def _label(say: Say, one: FoundParcel) -> str:
    """Of a parcel that was put elsewhere either code may stand on its label."""
    return say("{code} or {first}", code=one.code, first=one.first_code) if one.first_code else one.code


def _marked(parcels: Sequence[FoundParcel]) -> list[str]:
    """Slots, ticked where the parcel is taken; those still to be taken first, and how many more there are."""
    slots = Counter((one.handed_over, one.slot) for one in sorted(parcels, key=lambda one: one.handed_over))
    marked = [f"{'✔' if gone else '▢'} {slot}{f' ({n})' if n > 1 else ''}" for (gone, slot), n in slots.items()]
    return marked[:LISTED] + ([_and_more(len(marked)).strip()] if len(marked) > LISTED else [])


def _and_more(count: int) -> str:
    return f" +{count - LISTED}" if count > LISTED else ""


def paint_of(look: Look) -> str:
    red, green, blue = look.colour.rgb
    return f"#{red:02X}{green:02X}{blue:02X}"
