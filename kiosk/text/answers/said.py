"""What was said of the next items, or after a parcel had come in, in words: a phone whole for who typed it, and masked
in the list of the last answers."""

from kiosk.counter.answers import GivenTo, Said, WhoseAsked
from kiosk.parcels.consents import Consent
from kiosk.parcels.emails import mask_email
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import Phone, mask_tail
from kiosk.text import N_, Say
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.courier_names import courier_name

CONSENTS = {Consent.GIVEN: N_("given"), Consent.NOT_ASKED: N_("not asked"), Consent.DOOR_ONLY: N_("door only")}
_FOR_ONE = N_("FOR THE NEXT ONE")
_FOR_SEVERAL = N_("FOR THE NEXT ONES")


def whole(phone: Phone) -> str:
    """As people read it: `138 0000 3333`."""
    number = phone.number
    return f"{number[:3]} {number[3:7]} {number[7:]}" if number else phone.tail or ""


def somebody(say: Say, said: Particulars, *, masked: bool = False) -> str:
    """The phone and the e-mail address that were said."""
    parts = []
    if said.phone:
        shown = mask_tail(said.phone.tail) if masked else whole(said.phone)
        parts.append(shown or say("virtual number"))
    if said.email:
        parts.append((mask_email(said.email) if masked else said.email) or "")
    return "  ".join(parts)


def said(say: Say, answer: Said) -> Words:
    now = answer.said
    if not answer.what:
        return Words(say("TAKEN BACK"), Mood.CALM, "", (say("Nothing is said of the next one."),))
    if answer.what == "courier":
        name = courier_name(say, now.courier or "")
        return Words(say(_FOR_SEVERAL), Mood.CALM, _big(now), (
            say("courier {courier}", courier=name),
            say("A number that is another courier's for certain stays that one's. Esc takes it back."),
        ))  # fmt: skip
    if answer.what == "size":
        size = now.size.name if now.size else say("as announced")
        return Words(say(_FOR_SEVERAL), Mood.CALM, _big(now), (
            say("size {size}", size=size), say("What is announced otherwise stays so. Esc takes it back."),
        ))  # fmt: skip
    if answer.what == "consent":
        consent = say(CONSENTS[now.consent]) if now.consent else say("as announced")
        return Words(say(_FOR_ONE), Mood.CALM, _big(now), (say("consent {consent}", consent=consent),))
    return Words(say(_FOR_ONE), Mood.CALM, _big(now), (somebody(say, now, masked=True), *_where(say, answer)))


def _where(say: Say, answer: Said) -> list[str]:
    now = answer.said
    lines = [now.email] if now.email else []
    if now.phone and now.phone.tail is None:
        lines.append(say("A virtual number expires and is not kept: nobody can be told by it."))
    lines.append(say("It goes with the next one that comes in. Esc takes it back."))
    if answer.after:
        lines.append(say("If it belongs to {waybill}: this", waybill=answer.after))
    return lines


def _big(said: Particulars) -> str:
    return whole(said.phone) if said.phone else ""


def whose_asked(say: Say, answer: WhoseAsked) -> Words:
    first = somebody(say, answer.said, masked=True)
    if answer.waybill is None:
        lines = [say("No parcel has just come in. If it belongs to the next one, type 2; if not, Esc.")]
    else:
        known = say("known with {phone}", phone=mask_tail(answer.tail)) if answer.tail else ""
        lines = [f"1 = {answer.waybill}  {known}".rstrip(), say("2 = the next one")]
        lines.append(say("Type 1 or 2 and Enter, or Esc: nothing comes in before."))
    if answer.held_up:
        lines.append(say("Not taken in: {waybill}. Scan it again after that.", waybill=answer.held_up))
    return Words(say("WHOSE IS IT?"), Mood.DOUBTFUL, _big(answer.said), (first, *lines))


def given_to(say: Say, answer: GivenTo) -> Words:
    masked, parcel = somebody(say, answer.said, masked=True), answer.parcel
    lines = [f"{masked} → {parcel.waybill}"]
    if answer.is_new:
        lines.append(say("{phone} belongs to this parcel now.", phone=somebody(say, answer.said)))
        lines.append(say("If it belongs to the next one: next"))
    else:
        lines.append(say("{phone} belongs to this parcel already.", phone=somebody(say, answer.said)))
    return Words(say("OF THIS PARCEL"), Mood.GOOD, parcel.slot or "", tuple(lines))
