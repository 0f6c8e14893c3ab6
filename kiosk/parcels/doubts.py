"""Numbers that look like a waybill and probably are something else: asked about before they become a parcel."""

import re
from typing import NamedTuple

from kiosk.parcels.check_digits import always, mod10
from kiosk.parcels.couriers import WaybillForm, forms_of
from kiosk.parcels.layouts import swapped
from kiosk.parcels.problems import Problem

# Both services' documents for merchants: WeChat 18 digits from 10 to 15, Alipay 16 to 24 digits from 25 to 30.
_PAY_CODE = re.compile(r"1[0-5]\d{16}|(?:2[5-9]|30)\d{14,22}", re.ASCII)
_PAY_CODE_DIGITS = 18
# GS1's prefixes of the goods that a courier's 13 digits may begin like; 96 to 99 are mostly China Post's own.
_GOODS = re.compile(
    r"50\d|5(?:20|21|28|29|30|31|35|39)|54\d|5(?:60|69)|57\d|59[049]|8[0-4]\d|850|85[89]|86[05789]|87\d|88[0134589]"
    r"|89[034689]|9[0134]\d|95[058]|97[789]",
    re.ASCII,
)
_EAN_13, _GTIN = 13, re.compile(r"\d{12,14}", re.ASCII)  # eight digits may be anything
_gs1_odd, _gs1_even = mod10(even=1, odd=3), mod10(even=3, odd=1)


class Doubt(NamedTuple):
    """What the number probably is; `detail`: which number it might be instead."""

    problem: Problem
    detail: str = ""


def doubt(number: str, courier: str | None = None) -> Doubt | None:
    """Whether somebody has to say that this is a waybill. `courier`: whose it is said to be; its own forms are none
    to doubt."""
    forms = forms_of(number)
    if any(form.courier == courier for form in forms):
        return None
    if _is_pay_code(number, forms):
        return Doubt(Problem.PAY_CODE_SCANNED)
    if _is_of_goods(number, forms):
        return Doubt(Problem.GOODS_SCANNED, number)
    if number.isdecimal():
        return None
    meant = swapped(number, _is_known)
    return Doubt(Problem.KEYBOARD_LAYOUT, f"{number} = {meant} ?") if meant else None


def _is_known(number: str) -> bool:
    return bool(forms_of(number))


def _is_checked(forms: tuple[WaybillForm, ...]) -> bool:
    """A check digit holds, which no other number's does but by chance."""
    return any(form.check is not always for form in forms)


def _is_pay_code(number: str, forms: tuple[WaybillForm, ...]) -> bool:
    return bool(_PAY_CODE.fullmatch(number)) and (len(number) == _PAY_CODE_DIGITS or not _is_checked(forms))


def _is_of_goods(number: str, forms: tuple[WaybillForm, ...]) -> bool:
    """The number of an article (UPC, EAN-13, GTIN-14), which stands on the box beside the label."""
    if not _GTIN.fullmatch(number):
        return False
    if not (_gs1_odd if len(number) % 2 else _gs1_even)(number):
        return False
    if len(number) == _EAN_13 and forms:
        return bool(_GOODS.match(number))
    return not forms
