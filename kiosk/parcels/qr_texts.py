"""What is written into the square codes that a station makes; kiosk.parcels.scans reads them."""

import base64
from collections.abc import Sequence
from random import Random

from kiosk.parcels.codes import PickupCode
from kiosk.parcels.slots import SlotAddress
from kiosk.parcels.waybills import Waybill

# What each begins with.
CODES_PREFIX, MANIFEST_PREFIX, SLOT_PREFIX = "PK1:", "PKM1:", "SLOT:"
BADGE_PREFIX, PASS_PREFIX, NOTICE_PREFIX = "PKB1:", "PKP1:", "PKN1:"
_NO_ENTRY = str.maketrans("+=:", "   ")  # they part a manifest's entries
_LONGEST_PART = 210  # characters of entries in one QR of a manifest; with its head it stays below LONGEST_SCAN


def station_qr(station: str, codes: tuple[PickupCode, ...]) -> str:
    """The text of a pickup QR: it names the station and its codes, in QR's short alphanumeric alphabet."""
    return f"{CODES_PREFIX}{station}:{'+'.join(code.text for code in codes)}"


def slot_label(address: SlotAddress) -> str:
    """The text of a slot's label, told from a pickup code by its prefix."""
    return f"{SLOT_PREFIX}{address}"


def new_token(random: Random) -> str:
    """128 random bits as 26 letters and digits that every scanner reads and no keyboard layout spoils."""
    return as_letters(random.randbytes(16))


def as_letters(octets: bytes) -> str:
    """Base32 without padding."""
    return base64.b32encode(octets).decode().rstrip("=")


def from_letters(letters: str) -> bytes:
    """The octets that as_letters() was given."""
    return base64.b32decode(letters + "=" * (-len(letters) % 8))


def badge_text(token: str) -> str:
    """What stands on a badge."""
    return BADGE_PREFIX + token


def pass_text(token: str) -> str:
    """What stands in the QR of a proxy pass."""
    return PASS_PREFIX + token


def notice_text(station: str, token: str) -> str:
    """What stands in the QR of an arrival notice."""
    return f"{NOTICE_PREFIX}{station}:{token}"


def manifest_texts(station: str, sheet: int, entries: Sequence[tuple[str, Waybill]]) -> list[str]:
    """A transfer manifest as texts of QR codes, each short enough for every scanner: courier and waybill in turn."""
    parts: list[list[str]] = [[]]
    for courier, waybill in entries:
        entry = f"{courier.translate(_NO_ENTRY)}={waybill}"
        if sum(len(one) + 1 for one in parts[-1]) + len(entry) > _LONGEST_PART:
            parts.append([])
        parts[-1].append(entry)
    return [f"{MANIFEST_PREFIX}{station}:{sheet}:{n}/{len(parts)}:{'+'.join(part)}" for n, part in enumerate(parts, 1)]
