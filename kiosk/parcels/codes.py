"""Pickup codes: reading every form seen in arrival messages, and issuing our own."""

import re
import unicodedata
from dataclasses import dataclass
from random import Random

from kiosk.parcels.slots import SlotAddress

# Anything a message, a thumb or a full-width keyboard puts between the parts of a code.
DASHES = "-‐‑‒–—―−﹣－⁃﹘˗─━➖ー"  # hyphens, dashes, a minus, and what looks like one on somebody's phone
_SEPARATORS = re.compile(rf"[{DASHES}\s_*×·・•.。:/~]+")
_PARTED = re.compile(r"[A-Z]{0,2}[0-9]{1,4}(?:-[A-Z]?[0-9]{1,5}){1,3}")
_LISTLIKE = re.compile(r"([A-Z]{0,2}[0-9]{1,3})[、,]([0-9]{1,2})[、,]([0-9]{3,5})")  # `/` of a Chinese keyboard is `、`
_WHOLE = re.compile(r"[A-Z]{0,2}[0-9]{3,9}")
_LISTED = re.compile(r"[,;、，；\n]+")
_QUOTES = "-#\"'“”‘’「」『』【】[]()<>{}。,;!"  # what people put round a code
_LONGEST = 9  # letters and digits; anything longer is a waybill


@dataclass(frozen=True, slots=True)
class PickupCode:
    """A code as issued or typed. `text` has its parts joined by `-`; `compact` has no separators."""

    text: str

    @property
    def compact(self) -> str:
        return self.text.replace("-", "")

    @property
    def parted(self) -> bool:
        return "-" in self.text


def plain(text: str) -> str:
    """Full-width forms folded to ASCII, upper case."""
    return unicodedata.normalize("NFKC", text).upper()


def read_code(text: str) -> PickupCode | None:
    """One code in any form of the trade (`４－６ 7602`, `D8*6`, `72778`), or None. Leading zeros stay."""
    folded = plain(text).strip().strip(_QUOTES)
    joined = _SEPARATORS.sub("-", _LISTLIKE.sub(r"\1-\2-\3", folded)).strip(_QUOTES)
    if len(joined.replace("-", "")) > _LONGEST:
        return None
    return PickupCode(joined) if _PARTED.fullmatch(joined) or _WHOLE.fullmatch(joined) else None


def read_codes(text: str) -> tuple[PickupCode, ...]:
    """The codes of a list (`4-6-7602, 4-6-7603`), each once, in their order; none where it holds anything else."""
    listed = [read_code(part) for part in _LISTED.split(text) if part.strip()]
    return tuple(dict.fromkeys(code for code in listed if code)) if all(listed) else ()


def position_code(slot: SlotAddress, random: Random, digits: int = 4) -> PickupCode:
    """Our default style `shelf-level-NNNN`, NNNN random so that nobody can count up to a neighbour's parcel."""
    return PickupCode(f"{slot.level_name}-{random.randrange(10**digits):0{digits}d}")
