"""What was scanned, typed or pasted: recognised by its shape alone."""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from kiosk.parcels.codes import PickupCode, find_codes, plain, read_code
from kiosk.parcels.phones import Phone, is_mobile, read_phone
from kiosk.parcels.problems import Problem
from kiosk.parcels.qr_texts import BADGE, CODES, MANIFEST, NOTICE, PASS, SLOT
from kiosk.parcels.slots import SlotAddress, read_slot
from kiosk.parcels.waybills import Waybill, read_waybill

LONGEST_SCAN = 256  # characters; an arrival message with several codes fits


def clean(text: str, longest: int = LONGEST_SCAN) -> str:
    """A person's own words, safe to store and show: no control, direction or private characters."""
    return "".join(c for c in text if not unicodedata.category(c).startswith("C"))[:longest]


class Command(StrEnum):
    UNDO = "UNDO"
    CANCEL = "CANCEL"
    LANGUAGE = "LANGUAGE"
    HELP = "HELP"
    LARGE = "LARGE"


class CodeScan(NamedTuple):
    """Pickup codes; `station` is the station a QR names, None for plain codes."""

    codes: tuple[PickupCode, ...]
    station: str | None = None


class WaybillScan(NamedTuple):
    """A courier's number."""

    waybill: Waybill


class SlotScan(NamedTuple):
    """The label of a slot."""

    address: SlotAddress


class BadgeScan(NamedTuple):
    """A badge of staff: the secret on it."""

    token: str


class PassScan(NamedTuple):
    """A proxy pass: the secret on it."""

    token: str


class NoticeScan(NamedTuple):
    """The QR of an arrival notice: the station that signed it, and what it signed."""

    station: str
    token: str


class ManifestScan(NamedTuple):
    """A part of another place's transfer manifest: couriers as they are named there, and waybills."""

    entries: tuple[tuple[str, Waybill], ...]


class CommandScan(NamedTuple):
    """A command card."""

    command: Command


class PhoneScan(NamedTuple):
    """A phone number, whole or masked."""

    phone: Phone


class Unrecognised(NamedTuple):
    """None of these; `problem` says why."""

    problem: Problem


Scan = (
    CodeScan | WaybillScan | SlotScan | CommandScan | PhoneScan | BadgeScan | PassScan | NoticeScan | ManifestScan
    | Unrecognised
)  # fmt: skip

_TOKEN = r"[A-Z2-7]{26}"  # 128 random bits in base32
_SIGNED = re.compile(NOTICE + r"([A-Z0-9]{1,12}):([A-Z2-7]{37})")  # 23 bytes in base32
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_ROUTING = re.compile(r"420[0-9]{5,9}\x1d")  # USPS Publication 199: the ZIP before the number, parted by an FNC1
_FRAMING = "\x02\x03\x1d\r\n\t \ufeff"
_QR_LIKE = re.compile(r".*://|[A-Za-z][A-Za-z0-9]{1,11}:|.*[{}=&?%]|.{41}", re.DOTALL)


def unframed(raw: str) -> str:
    """The text itself: without the scanner's frame, its AIM prefix, and control characters in between."""
    text = clean(raw.strip(_FRAMING), LONGEST_SCAN)
    return " ".join((_AIM.sub("", text, count=1) if _AIM.match(text) else text).split())


def recognise(raw: str) -> Scan:
    """Tell a scan by its shape. Never raises: rubbish is Unrecognised with the problem to name."""
    framed = raw.strip(_FRAMING)
    if not framed:
        return Unrecognised(Problem.EMPTY_SCAN)
    if len(framed) > LONGEST_SCAN:
        return Unrecognised(Problem.TOO_LONG)
    # Messengers put invisible direction marks round numbers; they mean nothing here.
    text = "".join(c for c in framed if unicodedata.category(c) != "Cf")
    text = _AIM.sub("", text, count=1).lstrip(_FRAMING) if _AIM.match(text) else text
    text = _ROUTING.sub("", text, count=1) if _ROUTING.match(text) else text
    if any(unicodedata.category(c).startswith("C") for c in text.replace("\n", "")):
        return Unrecognised(Problem.UNREADABLE)
    return _recognise_clean(text)


def _recognise_clean(text: str) -> Scan:
    folded = plain(text).strip()
    if folded in Command.__members__:
        return CommandScan(Command(folded))
    if folded.startswith(CODES):
        return _read_station_qr(folded)
    if folded.startswith((BADGE, PASS)):
        token = folded.partition(":")[2]
        if not re.fullmatch(_TOKEN, token):
            return Unrecognised(Problem.UNKNOWN_QR)
        return BadgeScan(token) if folded.startswith(BADGE) else PassScan(token)
    if folded.startswith(NOTICE):
        signed = _SIGNED.fullmatch(folded)
        return NoticeScan(signed[1], signed[2]) if signed else Unrecognised(Problem.UNKNOWN_QR)
    if folded.startswith(MANIFEST):
        return _read_manifest_qr(folded)
    if folded.startswith(SLOT):
        address = read_slot(folded.removeprefix(SLOT))
        return SlotScan(address) if address else Unrecognised(Problem.NO_SUCH_SLOT)
    if is_mobile(folded):
        phone = read_phone(folded)
        assert phone is not None
        return PhoneScan(phone)
    code = read_code(text)
    if code:
        return CodeScan((code,))
    spaced = tuple(read_code(part) for part in text.split())
    if len(spaced) > 1 and all(one and one.parted for one in spaced):
        return CodeScan(tuple(dict.fromkeys(one for one in spaced if one)))
    waybill = read_waybill(text)
    if isinstance(waybill, Waybill) and len(waybill.number) > 9:
        return WaybillScan(waybill)
    codes = find_codes(text)
    if codes:
        return CodeScan(codes)
    return Unrecognised(Problem.UNKNOWN_QR if _QR_LIKE.match(text) else Problem.UNKNOWN_FORM)


def recognise_waybill(raw: str) -> Waybill | Problem:
    """A scan where a waybill is expected: here a short or odd number is taken as one too."""
    scan = recognise(raw)
    match scan:
        case WaybillScan(waybill):
            return waybill
        case CodeScan(station=None) | Unrecognised(Problem.UNKNOWN_FORM):
            odd = read_waybill(raw.strip(_FRAMING))
            return Problem.NOT_A_WAYBILL if odd == Problem.UNKNOWN_FORM else odd
    return misplaced(scan)


def misplaced(scan: Scan) -> Problem:
    """What is wrong with a scan where something else is expected."""
    match scan:
        case CodeScan():
            return Problem.CODE_NOT_WAYBILL
        case WaybillScan():
            return Problem.WAYBILL_NOT_CODE
        case SlotScan():
            return Problem.SLOT_LABEL_SCANNED
        case CommandScan():
            return Problem.COMMAND_SCANNED
        case PhoneScan():
            return Problem.PHONE_SCANNED
        case BadgeScan():
            return Problem.BADGE_SCANNED
        case PassScan() | NoticeScan() | ManifestScan():
            return Problem.UNKNOWN_QR
        case Unrecognised(problem):
            return problem


def _read_station_qr(folded: str) -> Scan:
    station, colon, listed = folded.removeprefix(CODES).partition(":")
    codes = tuple(read_code(part) for part in listed.split("+"))
    if not colon or not station or None in codes:
        return Unrecognised(Problem.UNKNOWN_QR)
    return CodeScan(tuple(code for code in codes if code), station)


def _read_manifest_qr(folded: str) -> Scan:
    head, _, listed = folded.removeprefix(MANIFEST).rpartition(":")
    station = head.partition(":")[0]
    entries = []
    for entry in listed.split("+"):
        courier, equals, number = entry.partition("=")
        waybill = read_waybill(number)
        if not (station and equals and isinstance(waybill, Waybill)):
            return Unrecognised(Problem.UNKNOWN_QR)
        entries.append((courier, waybill))
    return ManifestScan(tuple(entries))
