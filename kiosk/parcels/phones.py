"""Phone numbers of consignees: reading, recognising and masking them."""

import re
import unicodedata
from dataclasses import dataclass

from kiosk.parcels.codes import plain

_MOBILE = re.compile(r"(?:\+86|0086|0)?(1[3-9][0-9]{9})")
_VIRTUAL = re.compile(r"(1[3-9][0-9]{9})(?:转|,|，|-|#|EXT)([0-9]{3,4})")
_LANDLINE = re.compile(r"(?:\+?86)?-?(?:\(0\d{2,3}\)|0\d{2,3})-?[2-9]\d{6,7}(?:(?:转|-|EXT)\d{1,5})?", re.ASCII)
_TAIL = re.compile(r"[0-9]{4}")
# As privacy waybills and couriers' lists have it: `138****0001`, `86-138****0001`, `*******0001`, `138****0001-1234`
_COUNTRY = r"(?:\(?(?:\+|00)?86\)?-?)?"
_HIDDEN = r"(?:(?:1[3-9][0-9]{1,2}|0[0-9]{2,3})-?[*X×●○•·∙∗✱■□#_.?]{3,}|1?[*×●○•∗✱■□]{3,})"
_MASKED = re.compile(rf"{_COUNTRY}{_HIDDEN}-?[0-9]{{0,3}}([0-9]{{4}})((?:转|,|-|#|EXT)[0-9]{{3,4}})?")
_SHOWN = re.compile(rf"{_COUNTRY}([0-9]*)-?[^0-9]+([0-9]+)")  # of a mask: how the number begins and ends
_ALL_HIDDEN = re.compile(rf"{_COUNTRY}{_HIDDEN}[0-9]{{0,3}}")


@dataclass(frozen=True, slots=True)
class Phone:
    """A consignee's phone. `number` is the identity (None when only a tail is known), `tail` the last 4 digits.

    A virtual number is neither: it expires and belongs to nobody, so both are None.
    """

    number: str | None
    tail: str | None


def read_phone(text: str) -> Phone | None:
    """11 digits (with or without +86, spaces, dashes), the last 4, alone or behind a mask, or number + extension; else
    None."""
    folded = re.sub(r"\s", "", plain(text))
    if _VIRTUAL.fullmatch(folded):
        return Phone(None, None)
    if masked := _MASKED.fullmatch(folded):
        return Phone(None, None if masked[2] else masked[1])
    digits = folded.replace("-", "")
    if found := _MOBILE.fullmatch(digits):
        return Phone(found[1], found[1][-4:])
    return Phone(None, digits) if _TAIL.fullmatch(digits) else None


def may_be(number: str, masked: str) -> bool:
    """Whether a whole number has the digits that `masked` shows: `138****0001` is no 13900000001. A text that is no
    mask rules nothing out."""
    folded = re.sub(r"\s", "", plain(masked))
    shown = _SHOWN.fullmatch(folded) if _MASKED.fullmatch(folded) else None
    return shown is None or (number.startswith(shown[1]) and number.endswith(shown[2]))


def is_mobile(text: str) -> bool:
    """An 11-digit mobile number, masked or not, is never a waybill and never a pickup code."""
    phone = read_phone(text)
    return phone is not None and (phone.number is not None or phone.tail is None or not _is_tail(text))


def _is_tail(text: str) -> bool:
    return bool(_TAIL.fullmatch(re.sub(r"[\s-]", "", plain(text))))


def is_hidden(text: str) -> bool:
    """Masked so far that no last 4 digits are left (`138******01`), or a landline: nothing to know a person by, and
    no mistake."""
    folded = re.sub(r"\s", "", plain(text))
    return bool(_ALL_HIDDEN.fullmatch(folded) or _LANDLINE.fullmatch(folded))


def is_landline(text: str) -> bool:
    """A landline with something between area code and number, which no waybill has there: `0571-88888888`."""
    folded = re.sub(r"\s+", "-", plain(text).strip())
    return bool(_LANDLINE.fullmatch(folded)) and not folded.isdecimal()


def read_tail(text: str) -> str:
    """The last 4 digits, however much of the number somebody gives; the text itself where it is none."""
    phone = read_phone(text)
    return phone.tail if phone and phone.tail else text


_GAP = r"[\s\-–—.·/_,()]{0,2}"  # whatever people write between the digits
_IN_TEXT = rf"(?<!\d)(?:(?:\+|00)?86{_GAP}|0)?(1[3-9]\d){_GAP}\d{{4}}{_GAP}\d{{2}}(\d{{2}})(?!\d)"


def without_phones(text: str) -> str:
    """A person's own words with every mobile number in them masked as on a privacy waybill: `138******78`."""
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(_IN_TEXT, r"\1******\2", folded) if re.search(_IN_TEXT, folded) else text


def mask_tail(tail: str | None) -> str | None:
    """What may be shown of a phone: its last 4 digits, the other seven hidden."""
    return f"*******{tail}" if tail else None
