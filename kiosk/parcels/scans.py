"""What was scanned, typed or pasted: recognised by its shape alone."""

import re
import unicodedata
from typing import NamedTuple

from kiosk.parcels.barcodes import GS
from kiosk.parcels.codes import PickupCode, plain, read_code, read_codes
from kiosk.parcels.layouts import is_typed_otherwise
from kiosk.parcels.meanings import (
    BadgeScan,
    CodeScan,
    Command,
    CommandScan,
    ManifestScan,
    Meaning,
    NoticeScan,
    PassScan,
    PhoneScan,
    SlotScan,
    Unrecognised,
    WaybillScan,
)
from kiosk.parcels.phones import is_mobile, read_phone
from kiosk.parcels.problems import Problem
from kiosk.parcels.qr_readings import read_ours
from kiosk.parcels.slots import read_slot
from kiosk.parcels.waybills import Waybill, read_waybill

LONGEST_SCAN = 256  # characters of whatever is no message
LONGEST_MESSAGE = 3000  # characters: an e-mail about two dozen parcels in both languages, or the fullest QR of text


def clean(text: str, longest: int = LONGEST_SCAN) -> str:
    """A person's own words, safe to store and show: no control, direction or private characters."""
    return "".join(c for c in text if not unicodedata.category(c).startswith("C"))[:longest]


_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_MAXICODE = ("[)>", "]U")
_MAY_BE_MESSAGE = re.compile(r"[\s:=#]|[^\x00-\x7f]")
_NO_LIST = re.compile(r"[():/（）：]|20[0-9]{2}\D")
_NEWER_PICTURES = "\U0001f000"  # from here on, what this Python does not know is an emoji
_FRAMING = "\x00\x02\x03\x04\x1d\r\n\t \ufeff"
_QR_LIKE = re.compile(r".*://|[A-Za-z][A-Za-z0-9]{1,11}:|.*[{}=&?%]|.{41}", re.DOTALL)


def unframed(raw: str) -> str:
    """The text itself: without the scanner's frame, its AIM prefix, and control characters in between."""
    text = clean(raw.strip(_FRAMING), LONGEST_SCAN)
    return " ".join((_AIM.sub("", text, count=1) if _AIM.match(text) else text).split())


class Scan(NamedTuple):
    """What came in, and what it means: recognised once, at the door, and handed from there to whoever needs it."""

    text: str
    means: Meaning

    @property
    def code(self) -> PickupCode | None:
        """The first of its pickup codes."""
        return self.means.codes[0] if isinstance(self.means, CodeScan) else None

    @property
    def waybill(self) -> Waybill | Problem:
        """What it is where a waybill is expected: here a short or odd number is taken as one too."""
        match self.means:
            case WaybillScan(waybill):
                return waybill
            case CodeScan(is_message=True):
                return Problem.CODE_NOT_WAYBILL
            case CodeScan(station=None) | Unrecognised(Problem.UNKNOWN_FORM):
                odd = read_waybill(self.text.strip(_FRAMING))
                return Problem.NOT_A_WAYBILL if odd == Problem.UNKNOWN_FORM else odd
        return self.misplaced

    @property
    def slot_name(self) -> str | None:
        """The name of the slot whose label it is, or which was typed."""
        address = self.means.address if isinstance(self.means, SlotScan) else read_slot(plain(self.text))
        return str(address) if address else None

    @property
    def is_prose(self) -> bool:
        """Words with no number that means anything, such as a line of a message."""
        is_odd = self.means in (Unrecognised(Problem.UNKNOWN_FORM), Unrecognised(Problem.UNKNOWN_QR))
        return is_odd and (" " in self.text.strip() or not any(c.isdigit() for c in self.text))

    @property
    def misplaced(self) -> Problem:
        """What is wrong with it where something else is expected."""
        means = self.means
        return means.problem if isinstance(means, Unrecognised) else _MISPLACED[type(means)]


_MISPLACED: dict[type[Meaning], Problem] = {
    CodeScan: Problem.CODE_NOT_WAYBILL,
    WaybillScan: Problem.WAYBILL_NOT_CODE,
    SlotScan: Problem.SLOT_LABEL_SCANNED,
    CommandScan: Problem.COMMAND_SCANNED,
    PhoneScan: Problem.PHONE_SCANNED,
    BadgeScan: Problem.BADGE_SCANNED,
    PassScan: Problem.UNKNOWN_QR,
    NoticeScan: Problem.UNKNOWN_QR,
    ManifestScan: Problem.UNKNOWN_QR,
}


def recognise(raw: str) -> Scan:
    """Tell a scan by its shape. Never raises: rubbish is Unrecognised with the problem to name."""
    return Scan(raw, _meaning(raw))


def _meaning(raw: str) -> Meaning:
    framed = raw.strip(_FRAMING)
    if not framed:
        return Unrecognised(Problem.EMPTY_SCAN)
    if len(framed) > LONGEST_MESSAGE:
        return Unrecognised(Problem.TOO_LONG)
    text = "".join(c for c in framed if not _means_nothing(c))
    text = _AIM.sub("", text, count=1).lstrip(_FRAMING) if _AIM.match(text) else text
    controls = {c for c in text if unicodedata.category(c).startswith("C")} - {"\n"}
    if GS in controls or framed.startswith(_MAXICODE):
        return _barcode(framed)
    if not controls:
        return Unrecognised(Problem.KEYBOARD_LAYOUT) if is_typed_otherwise(text) else _meaning_of_clean(text)
    # A terminal pastes CR where the message had LF, and a chat may indent by tabs; no number has such in it.
    codes = _codes_in(text.replace("\r", "\n").replace("\t", " ")) if controls <= {"\r", "\t"} else None
    return codes or Unrecognised(Problem.UNREADABLE)


def _barcode(framed: str) -> Meaning:
    """Several elements with a separator between them; nothing of ours has one."""
    if not framed.startswith(_MAXICODE) and any(unicodedata.category(c) == "Cc" for c in framed.replace(GS, "")):
        return Unrecognised(Problem.UNREADABLE)
    waybill = read_waybill(framed)
    if isinstance(waybill, Waybill):
        return WaybillScan(waybill)
    return Unrecognised(Problem.UNREADABLE if waybill is Problem.UNKNOWN_FORM else waybill)


def _means_nothing(character: str) -> bool:
    """Messengers put invisible direction marks round numbers, and pictures beside them."""
    category = unicodedata.category(character)
    return category == "Cf" or (category == "Cn" and character > _NEWER_PICTURES)


def _meaning_of_clean(text: str) -> Meaning:
    if len(text) > LONGEST_SCAN:
        return _codes_in(text) or Unrecognised(Problem.TOO_LONG)
    folded = plain(text).strip()
    if folded in Command.__members__:
        return CommandScan(Command(folded))
    ours = read_ours(folded)
    if ours is not None and not (isinstance(ours, Unrecognised) and " " in folded):  # a station's name may begin so
        return ours
    phone = read_phone(folded) if is_mobile(folded) else None
    return PhoneScan(phone) if phone else _code_or_waybill(text)


def _code_or_waybill(text: str) -> Meaning:
    code = read_code(text)
    if code:
        return CodeScan((code,))
    spaced = tuple(read_code(part) for part in text.split())
    if len(spaced) > 1 and all(one and one.parted for one in spaced):
        return _list_of(tuple(dict.fromkeys(one for one in spaced if one)), text)
    waybill = read_waybill(text)
    if isinstance(waybill, Waybill) and len(waybill.number) > 9:
        return WaybillScan(waybill)
    unknown = Problem.UNKNOWN_QR if _QR_LIKE.match(text) else Problem.UNKNOWN_FORM
    return _codes_in(text) or Unrecognised(waybill if waybill in _TOLD else unknown)


# What a text is that no code is found in.
_TOLD = (Problem.GOODS_SCANNED, Problem.IDENTITY_SCANNED, Problem.KEYBOARD_LAYOUT, Problem.UNKNOWN_QR)


def _codes_in(text: str) -> CodeScan | None:
    """Those of a list or of a message."""
    codes = read_codes(text)
    return _list_of(codes, text) if codes else _read_message(text)


def _list_of(codes: tuple[PickupCode, ...], text: str) -> CodeScan:
    """Unless it only looks like a list: `1-2-4095 (1-2-1)` is a code and its slot, and an hour is none."""
    return (_NO_LIST.search(text) and _read_message(text)) or CodeScan(codes)


def _read_message(text: str) -> CodeScan | None:
    if not _MAY_BE_MESSAGE.search(text):
        return None
    from kiosk.parcels.arrival_messages import read_message  # 15 ms: most scans are none

    message = read_message(text)
    return CodeScan(message.codes, is_message=True, perhaps=message.perhaps) if message else None
