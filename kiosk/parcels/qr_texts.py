"""What is written into the square codes that a station makes; kiosk.parcels.scans reads them."""

import base64
from collections.abc import Sequence
from itertools import zip_longest
from random import Random

from kiosk.parcels.codes import PickupCode
from kiosk.parcels.slots import SlotAddress
from kiosk.parcels.waybills import Waybill

# What each begins with.
CODES_PREFIX, MANIFEST_PREFIX, SLOT_PREFIX = "PK1:", "PKM1:", "SLOT:"
BADGE_PREFIX, PASS_PREFIX, NOTICE_PREFIX = "PKB1:", "PKP1:", "PKN1:"
TAIL, NO_TAIL = 4, "...."  # digits of a phone, and what stands there for none
_NO_ENTRY = str.maketrans("+=:", "   ")  # they part a manifest's entries
_LONGEST_PART = 210  # characters of entries and tails in one QR; with its head it stays below LONGEST_SCAN


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


def manifest_texts(
    station: str, sheet: int, entries: Sequence[tuple[str, Waybill]], tails: Sequence[str | None] = ()
) -> list[str]:
    """A transfer manifest as texts of QR codes, each short enough for every scanner: courier and waybill in turn.

    `tails`: the last 4 digits of each one's phone. They stand before the entries, where older versions read past them.
    """
    parts: list[list[tuple[str, str]]] = [[]]
    for (courier, waybill), tail in zip_longest(entries, tails):
        entry = f"{courier.translate(_NO_ENTRY)}={waybill}"
        if sum(len(one) + TAIL + 1 for one, _ in parts[-1]) + len(entry) + TAIL > _LONGEST_PART:
            parts.append([])
        parts[-1].append((entry, tail or NO_TAIL))
    return [f"{MANIFEST_PREFIX}{station}:{sheet}:{n}/{len(parts)}:{_part(part)}" for n, part in enumerate(parts, 1)]


def _part(part: Sequence[tuple[str, str]]) -> str:
    tails = "".join(tail for _, tail in part)
    known = f"{tails}:" if tails.strip(".") else ""
    return known + "+".join(entry for entry, _ in part)
