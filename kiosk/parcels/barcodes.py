"""What a scanner sends of a parcel's barcode, and the number in it: without marks, routing codes and repeats."""

import re
import unicodedata

from kiosk.parcels.canonical import dpd_number, inner
from kiosk.parcels.check_digits import mod10
from kiosk.parcels.problems import Problem

GS = "\x1d"
# How scanners show the separator of GS1 (FNC1 inside a barcode), where they do not send the character itself.
_SEPARATORS = re.compile(r"[<{\[](?:GS|FNC1|(?:0X)?1D)[>}\]]|\\(?:X1D|U001D)|&#(?:29|X1D);|~(?:1|D?029)|\^\]|[|␝\x1d]+")
_AIM = re.compile(r"\]([A-Z])[0-9A-Z]")
_GOODS_AIM = "E"  # EAN and UPC stand on goods, never on a waybill
_BLANKS = re.compile(r"\s+")
_QUOTES, _ENDS = "\"'`“”‘’", ";,.|"  # what a file puts round a number, and a scanner behind it
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣", "-"))
_BRACKETED = re.compile(r"\(([0-9]{2,4})\)")
_MAXICODE = "[)>"  # ISO/IEC 15434: the address and more, in a square code
_CODE_39 = re.compile(r"\*([^*]+)\*")
_CODABAR = re.compile(r"[A-ENT*]([0-9]{6,})[A-ENT*]")
_DPD = re.compile(r"%[0-9A-Z]{7}([0-9]{14})[0-9]{6}")
_AUSTRALIA_POST = re.compile(rf"01993126\d{{8}}{GS}?91([A-Z0-9]{{18,24}})", re.ASCII)
_REPEATED = re.compile(r"(.{10,}?)[-,;/+]?(?:\1[-,;/+]?)+")
_LONGEST_TWICE = 128
_ZIP = re.compile(r"420(?:[0-9]{5}|[0-9]{9})")
_ROUTED, _SSCC_LENGTH = ("420", "00"), 20
_SSCC = re.compile(r"(00[0-9]{18})(.*)")
_gs1 = mod10(even=3, odd=1)
# GS1 General Specifications: identifiers whose data has a length of its own, and those that run to the separator.
_FIXED = re.compile(r"0[12][0-9]{14}|1[1-7][0-9]{6}|20[0-9]{2}|3[1-6][0-9]{2}[0-9]{6}|41[0-7][0-9]{13}|402[0-9]{17}")
_RUNNING = re.compile(r"(?:10|2[1-5][0-9]?|30|37|40[03]|42[0-9]|43[0-9]{2}|7[0-2][0-9]{1,2}|8[0-2][0-9]{2})[0-9A-Z].*")
_CONSIGNMENT = re.compile(r"401([0-9A-Z]{5,30})")


def number_in(text: str) -> str | Problem:
    """The number in upper case without blanks, or what the text is instead. It may still be no number at all."""
    folded = _SEPARATORS.sub(GS, unicodedata.normalize("NFKC", text).upper().translate(_DASHES))
    folded = _BLANKS.sub(lambda blank: GS if GS in blank[0] else "", folded).strip(f"{GS}\x02\x03\ufeff{_QUOTES}")
    folded = folded.rstrip(_ENDS + _QUOTES)
    aim = _AIM.match(folded)
    folded = folded[3:].strip(GS) if aim else folded
    if folded.startswith(_MAXICODE):
        return Problem.UNKNOWN_QR
    if aim and aim[1] == _GOODS_AIM:
        return Problem.GOODS_SCANNED
    folded = _BRACKETED.sub(rf"{GS}\1", folded).replace("(", "").replace(")", "").strip(GS)
    if found := _AUSTRALIA_POST.fullmatch(folded):
        return found[1]
    number = _element(folded)
    return number if isinstance(number, Problem) else _without_marks(number)


def _without_marks(number: str) -> str:
    """Without start and stop, what stands before the number for the sorting, and what came twice."""
    if found := _CODE_39.fullmatch(number):
        number = found[1]
    if len(number) <= _LONGEST_TWICE and (found := _REPEATED.fullmatch(number)):
        number = found[1]
    if found := _DPD.fullmatch(number):
        return dpd_number(found[1])
    number = number.removeprefix("%")
    if found := _CODABAR.fullmatch(number):
        number = found[1]
    within = inner(number) if number.startswith(_ROUTED) and len(number) > _SSCC_LENGTH else ()
    return within[0].number if len(within) == 1 and not within[0].couriers else number


def _element(text: str) -> str | Problem:
    """Of the elements of a GS1 barcode the one that names the parcel; any other text as it is."""
    elements = text.split(GS)
    if len(elements) == 1:
        return text
    named = [one for element in elements for one in _parcels_in(element)]
    unique = list(dict.fromkeys(named))
    licence_plates = [one for one in unique if _SSCC.fullmatch(one)]
    if len(licence_plates) == 1:
        return licence_plates[0]
    if unique:
        return unique[0] if len(unique) == 1 else "".join(elements)
    return Problem.GOODS_SCANNED


def _parcels_in(element: str) -> list[str]:
    """What may be a parcel's number in an element, or in several of fixed length that follow each other."""
    found = _SSCC.fullmatch(element)
    if found and _gs1(found[1]):
        return [found[1], *(_parcels_in(found[2]) if found[2] else [])]
    if _is_other(element):
        return []
    return [found[1]] if (found := _CONSIGNMENT.fullmatch(element)) else [element]


def _is_other(element: str) -> bool:
    """Goods, quantities, dates, places: whatever elements tell beside the parcel's own number."""
    while fixed := _FIXED.match(element):
        element = element[fixed.end() :]
    return not element or bool(_ZIP.fullmatch(element) or _RUNNING.fullmatch(element))
