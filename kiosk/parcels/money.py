"""Money: whole fen, never a float."""

import re

from kiosk.parcels.codes import DASHES, plain

# Up to 99,999.99 yuan: no courier collects more at a door, and a barcode that slipped in has more digits.
_YUAN = r"(?:CNY|¥|RMB)?\s*([0-9]{1,5})(?:\.([0-9]{1,2}))?\s*(?:元|YUAN)?"
_MEANT = re.compile(r"[-+]?\s*(?:CNY|¥|RMB|\$)?\s*[-+]?\s*\d[\d.,]*\s*(?:[元块圆]\d*|YUAN|CNY|RMB)?(?=\s|$)")


def read_yuan(text: str) -> int | None:
    """`12.5`, `¥12.50`, `12元` → 1250 fen; None for anything else, a third decimal included."""
    found = re.fullmatch(_YUAN, plain(text).strip())
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None


def begins_with_amount(text: str) -> bool:
    """Whether an amount was meant, be it one or not: `-5 Clean`, `5,50`, `1234567`; `7-Eleven`, `85度C` are names."""
    return bool(_MEANT.match(re.sub(rf"[{DASHES}]", "-", plain(text).strip())))


def is_plainly_amount(word: str) -> bool:
    """Whether nothing else can be meant: `29.90`, `¥5`, `5元`, `-5`; `24` may be of a shop's name."""
    return begins_with_amount(word) and not plain(word).isdecimal()


def yuan(fen: int) -> str:
    """1250 → `12.50`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"
