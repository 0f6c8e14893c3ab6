"""One parcel, one number: which number is printed on a parcel whose barcode carries more than that.

After the couriers' label guides: USPS Publication 199 (IMpb, ZIP before the number), FedEx (ASTRA, 34 digits, 96…), the
GS1 General Specifications (SSCC), DPD's label guide, and ISO/IEC 15459 (J before a licence plate).
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from kiosk.parcels.check_digits import Check, always, mod10, mod_37_36, mod_37_36_of, weighted

_DHL, _DPD, _FEDEX, _USPS = "DHL", "DPD", "FedEx", "United States Postal Service"
_GS1, _GROUND = mod10(even=3, odd=1), mod10(even=1, odd=3)
_FEDEX_12 = weighted((3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))
_FEDEX_14 = weighted((1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1))


class Inner(NamedTuple):
    """A number that stands in a barcode, and whose barcodes are made so; nobody's own where `couriers` is empty."""

    number: str
    couriers: frozenset[str] = frozenset()


class _Rule(NamedTuple):
    couriers: frozenset[str]
    pattern: re.Pattern[str]
    check: Check  # of the group `checked`, else of the number
    whole: Callable[[str], str]  # what is printed, of the group `number`


def dpd_number(digits: str) -> str:
    """The 14 digits in a barcode of DPD's as they are printed: with a check character behind them."""
    return digits + mod_37_36_of(digits)


# Whose (`|` between several), pattern, check digit's rule; and what is printed, if more than the group `number`.
_BARCODES: tuple[tuple[str, str, Check, Callable[[str], str]], ...] = (
    ("", r"420(?:\d{5}|\d{9})(?P<number>9[1-5]\d{20})", _GS1, str),
    ("", r"420(?:\d{5}|\d{9})(?P<number>9[2-5]\d{24})", _GS1, str),
    ("", r"420(?:\d{5}|\d{9})(?P<number>00\d{18})", _GS1, str),
    ("", r"00(?P<number>\d{18})(?:420\d{4,9}|421\d{3}[A-Z0-9]{3,9})?", _GS1, str),  # and where it goes
    ("", r"[A-ENT*](?P<number>\d{6,})[A-ENT*]", always, str),  # Codabar's start and stop
    ("", r"01993126\d{8}91(?P<number>[A-Z0-9]{18,24})", always, str),  # Australia Post's article
    (_FEDEX, r"1\d{19}(?P<checked>00(?P<number>\d{12}))", _FEDEX_14, str),
    (_FEDEX, r"1\d{19}(?P<number>(?!00)\d{14})", _FEDEX_14, str),
    (_FEDEX, r"3\d{15}(?P<number>\d{12})\d{4}", _FEDEX_12, str),
    (_FEDEX, r"96\d{18}(?P<checked>00(?P<number>\d{12}))", _FEDEX_14, str),
    (_FEDEX, r"96\d{18}(?P<number>(?!00)\d{14})", _FEDEX_14, str),
    (_FEDEX, r"96\d{5}(?P<number>\d{15})", _GROUND, str),
    (f"{_USPS}|{_FEDEX}", r"(?P<number>(?!00)\d{20})", lambda n: _GS1("92" + n), "92{}".format),
    (_USPS, r"(?P<number>7\d{19})", lambda n: _GS1("91" + n), "91{}".format),
    (f"{_DHL}|Yodel", r"J(?P<number>JD\d{10,20})", always, str),
    (_DHL, r"J(?P<number>VGL\d{10,20})", always, str),
    (_DPD, r"\d[A-Z0-9]{6}(?P<number>\d{14})\d{6}", always, dpd_number),
    (_DPD, r"(?P<checked>\d[A-Z0-9]{6}(?P<number>\d{14})\d{6}[A-Z0-9])", mod_37_36, dpd_number),
)
_DPD_DIGITS = 14
_SHORTEST, _LETTERED, _SHORTEST_OF_DIGITS = 8, frozenset("ABCDEJNT*"), 20


@cache
def _rules() -> tuple[_Rule, ...]:
    """Compiled when first asked for: a screen that shows a welcome needs none."""
    return tuple(
        _Rule(frozenset(filter(None, whose.split("|"))), re.compile(pattern, re.ASCII), check, whole)
        for whose, pattern, check, whole in _BARCODES
    )


def inner(number: str) -> tuple[Inner, ...]:
    """The numbers that may stand in this one: none, one, or several where its digits do not decide it."""
    if len(number) < (_SHORTEST if number[:1] in _LETTERED else _SHORTEST_OF_DIGITS):
        return ()  # most numbers are themselves
    found: dict[str, Inner] = {}
    for couriers, pattern, check, whole in _rules():
        match = pattern.fullmatch(number)
        if match and check(match["checked"] if "checked" in pattern.groupindex else match["number"]):
            one = Inner(whole(match["number"]), couriers)
            found.setdefault(one.number, one)
    return tuple(found.values())


def reading(number: str) -> Inner:
    """The number on the label, and whose barcode it is. Where that is not certain, what was scanned."""
    couriers: frozenset[str] = frozenset()
    while len(within := inner(number)) == 1:
        number, couriers = within[0].number, couriers or within[0].couriers
    return Inner(number, couriers)


def canonical(number: str) -> str:
    """The one number of a parcel, whichever of its barcodes or printed lines was read (upper case, no blanks)."""
    return reading(number).number


def is_uncertain(number: str) -> bool:
    """Whether its digits leave several numbers open."""
    return len(inner(number)) > 1


def sought(number: str) -> tuple[str, ...]:
    """Canonical numbers under which a parcel may be on record that is looked for by this one, the likeliest first."""
    within = inner(number)
    if len(within) > 1:
        return (number, *(canonical(one.number) for one in within))
    own = canonical(number)
    digits = own[:_DPD_DIGITS]
    if len(digits) < _DPD_DIGITS or not (digits.isascii() and digits.isdecimal()):
        return (own,)
    if len(own) == _DPD_DIGITS:
        return own, dpd_number(own)
    if dpd_number(digits) == own:
        return own, digits
    return (own,)


def is_same(number: str, on_record: str, courier: str | None) -> bool:
    """Whether both are one parcel's for certain. `courier`: whose the one on record is, where that is decided.

    What only one courier's barcodes carry inside says nothing about another's parcel of that number.
    """
    if number == on_record:
        return True
    if is_uncertain(number) or is_uncertain(on_record):
        return False
    theirs, ours = reading(number), reading(on_record)
    if theirs.couriers and ours.couriers and not theirs.couriers & ours.couriers:
        return False
    couriers = theirs.couriers or ours.couriers
    if theirs.number != ours.number:
        if couriers - {_DPD} or not _is_with_check_character(theirs.number, ours.number, is_certain=bool(couriers)):
            return False
        couriers = frozenset({_DPD})
    return not couriers or courier is None or courier in couriers


def _is_with_check_character(one: str, other: str, *, is_certain: bool) -> bool:
    """Whether one is the other without the check character that only DPD prints behind it."""
    digits, whole = sorted((one, other), key=len)
    if len(digits) != _DPD_DIGITS or not (digits.isascii() and digits.isdecimal()) or dpd_number(digits) != whole:
        return False
    # Of fifteen digits that are another courier's one in 36 ends so by chance.
    return is_certain or digits[0] in "01" or not whole.isdecimal()
