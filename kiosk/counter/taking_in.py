"""What the words that take an item in do, and the scan of one that is new."""

from dataclasses import replace

from kiosk.counter.answers import ModeSet, StaffAnswer
from kiosk.counter.arguments import AtHand, Does
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.kinds import Kind
from kiosk.parcels.money import begins_with_amount, is_plainly_amount, read_yuan
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan, recognise
from kiosk.parcels.sheets import SheetKind


def take_in(kind: Kind) -> Does:
    """`laundry 29.90 Sunny Wash`, `laundry Sunny Wash 29.90`: another thing than a parcel; the amount and the shop may
    be left out."""

    def does(station: Station, at_hand: AtHand, argument: str) -> StaffAnswer:
        amount, shop = _price_and_shop(argument)
        price = read_yuan(amount) if amount else None
        if amount and price is None:
            return Refused(Problem.BAD_AMOUNT)
        said = Particulars(kind=kind, courier=shop.strip()[:40] or None, price_fen=price)
        return take_in_next(station, at_hand, recognise(""), said)

    return does


def _price_and_shop(argument: str) -> tuple[str, str]:
    """The amount as it was said, in front or behind; empty where none was."""
    first, _, rest = argument.partition(" ")
    before, _, last = argument.rpartition(" ")
    if begins_with_amount(argument):
        return first, rest
    return (last, before) if is_plainly_amount(last) else ("", argument)


def take_in_named(station: Station, at_hand: AtHand, number: str) -> StaffAnswer:
    """`in` ends a mode: each scan comes in again; `in NUMBER` takes that one in."""
    if not number:
        return ModeSet(None, at_hand.mode)
    return take_in_next(station, at_hand, recognise(number), at_hand.of_this)


def take_in_doubted(station: Station, at_hand: AtHand, number: str) -> StaffAnswer:
    """What looks like something else is a waybill all the same; without a number, that of which was asked just
    now."""
    number = number or at_hand.may_be_back or ""
    return take_in_next(station, at_hand, recognise(number), at_hand.of_this, sure=True)


def take_in_next(
    station: Station, at_hand: AtHand, scan: Scan, said: Particulars, *, sure: bool = False
) -> CheckedIn | Refused:
    """An item that is new gets what was said of the next one, in the batch that is open."""
    if at_hand.kind is SheetKind.BATCH and said.kind is Kind.PARCEL:
        said = replace(said, batch=at_hand.sheet)
    return check_in(station, scan, said, sure=sure, at=at_hand.place, coming=at_hand.said, undecided=at_hand.undecided)
