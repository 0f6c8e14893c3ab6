"""What was scanned, typed or pasted: recognised by its shape alone."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from random import Random
from typing import NamedTuple

from kiosk.parcels.codes import PickupCode, find_codes, plain, read_code
from kiosk.parcels.phones import Phone, is_mobile, read_phone
from kiosk.parcels.problems import Problem
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

_QR_PREFIX, _MANIFEST, _BADGE, _PASS, _NOTICE = "PK1:", "PKM1:", "PKB1:", "PKP1:", "PKN1:"
_TOKEN = r"[A-Z2-7]{26}"  # 128 random bits in base32
_SIGNED = re.compile(r"PKN1:([A-Z0-9]{1,12}):([A-Z2-7]{37})")  # 23 bytes in base32
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_ROUTING = re.compile(r"420[0-9]{5,9}\x1d")  # USPS Publication 199: the ZIP before the number, parted by an FNC1
_SLOT_LABEL = "SLOT:"
_NO_ENTRY = str.maketrans("+=:", "   ")  # they part a manifest's entries
_LONGEST_PART = 210  # characters of entries in one QR of a manifest; with its head it stays below LONGEST_SCAN
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
    if folded.startswith(_QR_PREFIX):
        return _read_station_qr(folded)
    if folded.startswith((_BADGE, _PASS)):
        token = folded.partition(":")[2]
        if not re.fullmatch(_TOKEN, token):
            return Unrecognised(Problem.UNKNOWN_QR)
        return BadgeScan(token) if folded.startswith(_BADGE) else PassScan(token)
    if folded.startswith(_NOTICE):
        signed = _SIGNED.fullmatch(folded)
        return NoticeScan(signed[1], signed[2]) if signed else Unrecognised(Problem.UNKNOWN_QR)
    if folded.startswith(_MANIFEST):
        return _read_manifest_qr(folded)
    if folded.startswith(_SLOT_LABEL):
        address = read_slot(folded.removeprefix(_SLOT_LABEL))
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


def station_qr(station: str, codes: tuple[PickupCode, ...]) -> str:
    """The text of a pickup QR: it names the station and its codes, in QR's short alphanumeric alphabet."""
    return f"{_QR_PREFIX}{station}:{'+'.join(code.text for code in codes)}"


def _read_station_qr(folded: str) -> Scan:
    station, colon, listed = folded.removeprefix(_QR_PREFIX).partition(":")
    codes = tuple(read_code(part) for part in listed.split("+"))
    if not colon or not station or None in codes:
        return Unrecognised(Problem.UNKNOWN_QR)
    return CodeScan(tuple(code for code in codes if code), station)


def slot_label(address: SlotAddress) -> str:
    """The text of a slot's label, told from a pickup code by its prefix."""
    return f"{_SLOT_LABEL}{address}"


def new_token(random: Random) -> str:
    """128 random bits as 26 letters and digits that every scanner reads and no keyboard layout spoils."""
    return as_letters(random.randbytes(16))


def as_letters(octets: bytes) -> str:
    """Base32 without padding."""
    import base64  # only where a badge, a pass or a notice is made

    return base64.b32encode(octets).decode().rstrip("=")


def from_letters(letters: str) -> bytes:
    """The octets that as_letters() was given."""
    import base64

    return base64.b32decode(letters + "=" * (-len(letters) % 8))


def badge_text(token: str) -> str:
    """What stands on a badge."""
    return _BADGE + token


def pass_text(token: str) -> str:
    """What stands in the QR of a proxy pass."""
    return _PASS + token


def notice_text(station: str, token: str) -> str:
    """What stands in the QR of an arrival notice."""
    return f"{_NOTICE}{station}:{token}"


def manifest_texts(station: str, sheet: int, entries: Sequence[tuple[str, Waybill]]) -> list[str]:
    """A transfer manifest as texts of QR codes, each short enough for every scanner: courier and waybill in turn."""
    parts: list[list[str]] = [[]]
    for courier, waybill in entries:
        entry = f"{courier.translate(_NO_ENTRY)}={waybill}"
        if sum(len(one) + 1 for one in parts[-1]) + len(entry) > _LONGEST_PART:
            parts.append([])
        parts[-1].append(entry)
    return [f"{_MANIFEST}{station}:{sheet}:{n}/{len(parts)}:{'+'.join(part)}" for n, part in enumerate(parts, 1)]


def _read_manifest_qr(folded: str) -> Scan:
    head, _, listed = folded.removeprefix(_MANIFEST).rpartition(":")
    station = head.partition(":")[0]
    entries = []
    for entry in listed.split("+"):
        courier, equals, number = entry.partition("=")
        waybill = read_waybill(number)
        if not (station and equals and isinstance(waybill, Waybill)):
            return Unrecognised(Problem.UNKNOWN_QR)
        entries.append((courier, waybill))
    return ManifestScan(tuple(entries))
