"""Courier brands as people and manifests name them: those we know, and any new one under its own name."""

import re
import unicodedata
from collections.abc import Iterable

from kiosk.parcels.codes import plain
from kiosk.parcels.couriers import COMPANY, all_names, read_courier
from kiosk.parcels.scans import clean

LONGEST = 40  # characters of a name
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")  # `圆通速递（杭州）`
_NO_NAME = frozenset({"其他", "其它", "未知", "不详", "OTHER", "OTHERS", "UNKNOWN", "MIXED", "快递", "物流", "包裹"})
# What an input method offers for the same sound: `圆同`, `顺风`, `元通`, `韵大`.
_SAME_SOUND = str.maketrans(
    "同童桐元园员原源钟仲忠深身伸云运孕大答风峰锋封及急集兔得帮",
    "通通通圆圆圆圆圆中中中申申申韵韵韵达达丰丰丰丰极极极兔德邦",
)
_DIGITS = re.compile(r"[0-9]{5,}")  # of a phone or a number


def read_brand(text: str) -> str | None:
    """The courier's name as we write it, or as the brand calls itself, without the words for a company; None for what
    names nobody. A new brand needs nothing."""
    name = " ".join(clean(_REMARK.sub(" ", _folded(text)), LONGEST).split()).strip("-–—/.,:;·*#")
    known = read_courier(name) or read_courier(text)
    if known is not None:
        return known
    short = COMPANY.sub("", name).strip()
    name = short if len(short) > 1 else name
    is_name = any(map(str.isalpha, name)) and not _DIGITS.search(name) and plain(name) not in _NO_NAME
    return name if is_name else None


def names_like(text: str, others: Iterable[str] = ()) -> list[str]:
    """Brands that may have been meant by what is none of them: at a desk, a name is mistyped more often than new."""
    from difflib import get_close_matches  # only where somebody has mistyped one

    names = {plain(name): name for name in (*all_names(), *others)}
    heard = read_courier(plain(text).strip().translate(_SAME_SOUND))
    if heard is not None:
        return [heard]
    near = get_close_matches(plain(text).strip(), names, n=3, cutoff=0.7)
    return list(dict.fromkeys(read_courier(names[name]) or names[name] for name in near))


def _folded(text: str) -> str:
    """Full-width forms folded to ASCII; the case is the brand's own."""
    return unicodedata.normalize("NFKC", text)
