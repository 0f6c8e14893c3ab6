"""What is said beforehand about the parcel that is scanned next: its phone, its courier, its size, its consent."""

from dataclasses import replace

from kiosk.parcels.consents import Consent
from kiosk.parcels.couriers import read_courier
from kiosk.parcels.emails import mask_email, read_email
from kiosk.parcels.meanings import PhoneScan
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import mask_tail, read_phone
from kiosk.parcels.scans import Scan
from kiosk.parcels.slots import Size
from kiosk.text import N_, Say

_CONSENTS = {Consent.GIVEN: N_("given"), Consent.NOT_ASKED: N_("not asked"), Consent.DOOR_ONLY: N_("door only")}
NEXT_SIZE = {None: Size.S, Size.S: Size.M, Size.M: Size.L, Size.L: Size.XL, Size.XL: None}
NEXT_CONSENT = {None: Consent.GIVEN, Consent.GIVEN: Consent.NOT_ASKED, Consent.NOT_ASKED: Consent.DOOR_ONLY}


def next_parcel_line(say: Say, said: Particulars, brought: str | None) -> str:
    """`brought`: the courier whose driver stands there."""
    announced = say("as announced")
    courier = said.courier or brought or say("by number")
    line = say(
        "Next: courier {courier}, size {size}, consent {consent}, phone {phone}",
        courier=courier,
        size=said.size.name if said.size else announced,
        consent=say(_CONSENTS[said.consent]) if said.consent else announced,
        phone=announced if said.phone is None else mask_tail(said.phone.tail) or say("virtual number"),
    )
    return f"{line}, {mask_email(said.email)}" if said.email else line


def next_parcel_in_short(say: Say, said: Particulars) -> str:
    """Where there is little room: only what was said."""
    parts = [said.courier] if said.courier else []
    if said.size:
        parts.append(say("size {size}", size=said.size.name))
    if said.consent:
        parts.append(say("consent {consent}", consent=say(_CONSENTS[said.consent])))
    if said.phone:
        parts.append(say("phone {phone}", phone=mask_tail(said.phone.tail) or say("virtual number")))
    if said.email:
        parts.append(mask_email(said.email) or "")
    return say("Next: {said}", said=say(", ").join(parts) if parts else say("as announced"))
