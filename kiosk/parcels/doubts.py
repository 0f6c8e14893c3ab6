"""Numbers that look like a waybill and probably are something else: asked about before they become a parcel."""

import re
from typing import NamedTuple

from kiosk.parcels.check_digits import always, mod10
from kiosk.parcels.couriers import WaybillForm, forms_of
from kiosk.parcels.layouts import swapped
from kiosk.parcels.problems import Problem

# The services' documents for merchants: WeChat 18 digits from 10 to 15, Alipay 16 to 24 digits from 25 to 30, UnionPay
# and its cards 16 to 19 from 62. Eighteen digits from 10 to 15 may be an SSCC, which has a check digit.
_PAY_CODE = re.compile(r"(?:2[5-9]|30)\d{16}", re.ASCII)
_PAY_CODE_UNLESS_CHECKED = re.compile(r"1[0-5]\d{16}|(?:2[5-9]|30)\d{14,22}|62\d{14,17}", re.ASCII)
_SSCC_DIGITS = 18
# GS1's prefixes of the goods that a courier's 13 digits may begin like; 96 to 99 are mostly China Post's own.
_GOODS = re.compile(
    r"50\d|5(?:20|21|28|29|30|31|35|39)|54\d|5(?:60|69)|57\d|59[049]|8[0-4]\d|850|85[89]|86[05789]|87\d|88[0134589]"
    r"|89[034689]|9[0134]\d|95[058]|97[789]",
    re.ASCII,
)
_WITH_ADD_ON = re.compile(r"(97[789]\d{10})(?:\d{2}|\d{5})", re.ASCII)  # books and papers
# AAMVA's elements of a driving licence (PDF417), of which scanners make a code each.
_LICENCE = re.compile(r"D[A-D][A-Z][A-Z0-9]+|ANSI6\d{5}[A-Z0-9]*", re.ASCII)
_LICENCE_NUMBER = re.compile(r"DAQ[A-Z0-9]+", re.ASCII)  # though Purolator's numbers may begin so
_TWO_LETTERED = re.compile(r"([A-Z]{2}[A-Z0-9]\d+)([A-Z]{2}[A-Z0-9]\d+)", re.ASCII)
# A mobile number with a digit too few or too many, as hurried people type it; one in seven passes a courier's check.
_NEARLY_PHONE = re.compile(r"1[3-9](?:\d{8}|\d{10})", re.ASCII)
_EAN_8, _EAN_13, _GTIN = 8, 13, re.compile(r"\d{8}|\d{12,14}", re.ASCII)
_WITH_IDENTIFIER = re.compile(r"0[12](\d{14})(?:1[0-7].*|2[01].*|3[07].*|9\d.*)?", re.ASCII)  # and its date, its batch
_SHORTEST_OF_TWO = 13  # digits; shorter ones have so many forms that chance would speak
_gs1_odd, _gs1_even = mod10(even=1, odd=3), mod10(even=3, odd=1)


class Doubt(NamedTuple):
    """What the number probably is; `detail`: which number it might be instead."""

    problem: Problem
    detail: str = ""


def doubt(number: str, courier: str | None = None) -> Doubt | None:
    """Whether somebody has to say that this is a waybill. `courier`: whose it is said to be; its own forms are none
    to doubt, but for what is surely goods."""
    forms = forms_of(number)
    if any(form.courier == courier for form in forms):
        return Doubt(Problem.GOODS_SCANNED, number) if is_surely_goods(number) and _is_of_goods(number, forms) else None
    if _is_pay_code(number, forms):
        return Doubt(Problem.PAY_CODE_SCANNED)
    if _is_of_goods(number, forms):
        return Doubt(Problem.GOODS_SCANNED, number)
    if _NEARLY_PHONE.fullmatch(number):
        return Doubt(Problem.PHONE_MISTYPED)
    if not forms and _is_two(number):
        return Doubt(Problem.TWO_NUMBERS_SCANNED, number)
    if number.isdecimal():
        return None
    if _LICENCE_NUMBER.fullmatch(number) or (not forms and _LICENCE.fullmatch(number)):
        return Doubt(Problem.IDENTITY_SCANNED)
    meant = swapped(number, _is_known)
    return Doubt(Problem.KEYBOARD_LAYOUT, f"{number} = {meant} ?") if meant else None


def is_surely_goods(number: str) -> bool:
    """China's own goods, and books and papers: no courier's numbers begin so."""
    return number.startswith(("69", "977", "978", "979"))


def _is_known(number: str) -> bool:
    return bool(forms_of(number))


def _is_checked(forms: tuple[WaybillForm, ...]) -> bool:
    """A check digit holds, which no other number's does but by chance."""
    return any(form.check is not always for form in forms)


def _is_pay_code(number: str, forms: tuple[WaybillForm, ...]) -> bool:
    if _PAY_CODE.fullmatch(number):
        return True
    if not _PAY_CODE_UNLESS_CHECKED.fullmatch(number) or _is_checked(forms):
        return False
    return len(number) != _SSCC_DIGITS or not _gs1_even(number)


def _is_two(number: str) -> bool:
    """Two scans that came as one, for lack of an end between them."""
    half = len(number) // 2
    lettered = _TWO_LETTERED.fullmatch(number)
    parts = lettered.groups() if lettered else (number[:half], number[half:])
    return all(len(part) >= _SHORTEST_OF_TWO and _is_known(part) for part in parts)


def _is_of_goods(number: str, forms: tuple[WaybillForm, ...]) -> bool:
    """The number of an article (UPC, EAN-13, GTIN-14), which stands on the box beside the label."""
    if with_add_on := _WITH_ADD_ON.fullmatch(number):
        number, forms = with_add_on[1], ()
    if with_identifier := _WITH_IDENTIFIER.fullmatch(number):
        return not forms and _gs1_even(with_identifier[1])
    if not _GTIN.fullmatch(number):
        return False
    if len(number) == _EAN_13 and not forms and is_surely_goods(number):  # typed with a slip, it is no waybill either
        return True
    if not (_gs1_odd if len(number) % 2 else _gs1_even)(number):
        return False
    if len(number) == _EAN_8:
        return is_surely_goods(number) or bool(_GOODS.match(number))
    if len(number) == _EAN_13 and forms:
        return bool(_GOODS.match(number))
    return not forms
