"""What is said beforehand about the item that comes next: its phone, its courier, its size, its consent. A phone is
whole for who typed it, until it is used."""

from kiosk.counter.answers import WhoseAsked
from kiosk.parcels.consents import Consent
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.slots import Size
from kiosk.text import Say
from kiosk.text.answers.said import CONSENTS, somebody, whole
from kiosk.text.courier_names import courier_name

NEXT_SIZE = {None: Size.S, Size.S: Size.M, Size.M: Size.L, Size.L: Size.XL, Size.XL: None}
NEXT_CONSENT = {None: Consent.GIVEN, Consent.GIVEN: Consent.NOT_ASKED, Consent.NOT_ASKED: Consent.DOOR_ONLY}


def next_parcel_line(say: Say, said: Particulars, brought: str | None) -> str:
    """`brought`: the courier whose driver stands there."""
    announced = say("as announced")
    whose = said.courier or brought
    courier = courier_name(say, whose) if whose else say("by number")
    line = say(
        "Next: courier {courier}, size {size}, consent {consent}, phone {phone}",
        courier=courier,
        size=said.size.name if said.size else announced,
        consent=say(CONSENTS[said.consent]) if said.consent else announced,
        phone=announced if said.phone is None else whole(said.phone) or say("virtual number"),
    )
    return f"{line}, {said.email}" if said.email else line


def next_parcel_in_short(say: Say, said: Particulars) -> str:
    """Where there is little room: only what was said."""
    parts = [courier_name(say, said.courier)] if said.courier else []
    if said.size:
        parts.append(say("size {size}", size=said.size.name))
    if said.consent:
        parts.append(say("consent {consent}", consent=say(CONSENTS[said.consent])))
    if said.phone:
        parts.append(say("phone {phone}", phone=whole(said.phone) or say("virtual number")))
    if said.email:
        parts.append(said.email)
    return say("Next: {said}", said=say(", ").join(parts) if parts else say("as announced"))


def asked_line(say: Say, asked: WhoseAsked) -> str:
    """As long as it is open whose it is."""
    whose = somebody(say, asked.said)
    if asked.waybill is None:
        return say("{phone}: for the next one? 2 and Enter; if not, Esc", phone=whose)
    return say("{phone}: 1 = {waybill}, 2 = the next one; then Enter", phone=whose, waybill=asked.waybill)
