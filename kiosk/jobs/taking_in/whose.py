"""Whose an item is that comes in: what of its consignee a clerk may see, and what a phone that is said changes."""

from enum import StrEnum
from typing import NamedTuple

from kiosk.jobs.find_parcel import find_parcel, may_happen
from kiosk.jobs.station import Station
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.phones import Phone
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.states import Event, State
from kiosk.store.tables.contacts import (
    contact_of,
    find_contact,
    phone_tail,
    reach_of,
    read_contact,
    set_address,
    set_email,
)
from kiosk.store.tables.parcels import Parcel


class Whose(StrEnum):
    """From where it is known whose an item is."""

    SAID = "said"
    ANNOUNCED = "announced"
    ON_RECORD = "on_record"
    NOBODY = "nobody"


class Consignee(NamedTuple):
    """What a clerk's card may show of whose it is: the last 4 digits of the phone, and whether anybody can be told."""

    whose: Whose = Whose.NOBODY
    phone_tail: str | None = None
    is_told: bool = False


def consignee(station: Station, contact_id: int | None, whose: Whose) -> Consignee:
    """`whose`: from where it is known, if it is known at all."""
    if contact_id is None:
        return Consignee()
    reach = reach_of(station.conn, contact_id)
    return Consignee(whose if reach.tail or reach.is_told else Whose.NOBODY, reach.tail, reach.is_told)


def kin_of(rows: list[Parcel]) -> Parcel | None:
    """The row that tells whose a parcel is: as announced, as said when its check-in was taken back, or as its other
    pieces are."""
    kin = (row for row in rows if row.state in (State.EXPECTED, State.VOIDED) or row.in_custody)
    return next((row for row in kin if row.contact_id is not None), None)


def is_somebody_else(station: Station, contact_id: int | None, phone: Phone | None) -> bool:
    """Whether the phone is another one than that on record, as far as both are known."""
    on_record = phone_tail(station.conn, contact_id)
    if phone is None or phone.tail is None or on_record is None:
        return False
    if phone.tail != on_record:
        return True
    is_whole = phone.number is not None and reach_of(station.conn, contact_id).has_phone
    return is_whole and find_contact(station.conn, station.key, phone) != contact_id


def contact_from_now(station: Station, known: int | None, phone: Phone | None) -> int | None:
    """Whose it is once the phone is said, `known` before. Digits that tell nothing new change nothing; an e-mail or
    home address that came without this phone goes along. Call inside a transaction."""
    if phone is None or phone.tail is None:
        return known
    on_record = phone_tail(station.conn, known)
    if phone.number is None and phone.tail == on_record:
        return known
    now = contact_of(station.conn, station.key, phone)
    if known is not None and now is not None and known != now and on_record in (None, phone.tail):
        _carry(station, known, now)
    return now


def _carry(station: Station, known: int, now: int) -> None:
    before, after = read_contact(station.conn, station.key, known), read_contact(station.conn, station.key, now)
    assert before is not None and after is not None
    if before.email and not after.email:
        set_email(station.conn, station.key, now, before.email)
    if before.address and not after.address:
        set_address(station.conn, station.key, now, before.address)


class Fits(StrEnum):
    """What a phone or an e-mail address says of a parcel that is here."""

    NEW = "new"  # none was known, or less of the same
    SAME = "same"
    OTHER = "other"


class Compared(NamedTuple):
    """`tail`: the phone's last 4 digits on record."""

    fits: Fits
    tail: str | None


def compare(station: Station, scan: Scan, said: Particulars) -> Compared | Refused:
    """Looks only: how what is said of somebody fits whose the parcel is."""
    parcel = find_parcel(station, scan, may_happen(Event.AMEND))
    if isinstance(parcel, Refused):
        return parcel
    contact_id, phone = parcel.contact_id, said.phone
    reach = reach_of(station.conn, contact_id)
    if is_somebody_else(station, contact_id, phone):
        return Compared(Fits.OTHER, reach.tail)
    known = read_contact(station.conn, station.key, contact_id) if said.email is not None else None
    if known is not None and known.email not in (None, said.email):
        return Compared(Fits.OTHER, reach.tail)
    tells_phone = phone is not None and (reach.tail is None or (phone.number is not None and not reach.has_phone))
    tells_email = said.email is not None and (known is None or known.email is None)
    return Compared(Fits.NEW if tells_phone or tells_email else Fits.SAME, reach.tail)
