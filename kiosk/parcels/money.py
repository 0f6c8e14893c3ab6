"""Money: whole fen, never a float."""

import re

from kiosk.parcels.codes import plain

_YUAN = r"(?:CNY|¥|RMB)?\s*([0-9]{1,6})(?:\.([0-9]{1,2}))?\s*(?:元|YUAN)?"


def read_yuan(text: str) -> int | None:
    """`12.5`, `¥12.50`, `12元` → 1250 fen; None for anything else, a third decimal included."""
    found = re.fullmatch(_YUAN, plain(text).strip())
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None


def yuan(fen: int) -> str:
    """1250 → `12.50`."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"
