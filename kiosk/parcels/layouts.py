"""Keyboard layouts: what becomes of a code where a scanner types on another keyboard than the computer believes.

A scanner sends keys, not letters. Set to the US layout, before a computer that has the German one, it types `ß` for
`-`, `Ö` for `:` and changes Y with Z; before a French one `&é"'(-è_çà` for the digits, and A for Q, W for Z.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

_PLAIN = re.compile(r"[A-Za-z0-9-]*")
_SIGNS = frozenset("²³§´¨£¤¿¡")  # the Latin keyboards' own, beside their letters
_ALPHABETS_END, _IDEOGRAPHS = 0x1100, 0x2E80
# What stands on the key of the US layout's dash: Nordic, Spanish and Italian, German with a shift, French, Czech;
# Dutch and Turkish too, which only a pickup code may have between its parts.
_DASH, _DASH_OR_SIGN = r"[+'?)=°]", r"[+'?)=°/*]"
_WHOLE = (
    rf"[A-Za-z]{{0,2}}\d{{1,4}}(?:{_DASH}[A-Za-z]?\d{{1,5}}){{1,3}}",
    rf"[A-Za-z0-9]{{8,16}}(?:{_DASH_OR_SIGN}\d{{1,3}}){{2}}{_DASH_OR_SIGN}?",
    r"""(?=.*[&"'(])[&"'(\-_)]{5,}""",  # French digits
    r"[+$][A-Za-z][0-9&][A-Za-z0-9]{6}.*",  # `]C1` on a German or French keyboard
    r"(?i:PK[1-9]|PK[BMNP]1|SLOT)[^\w\s:][A-Za-z0-9].*",  # and what is ours
)
_SWAPS = tuple(map(str.maketrans, ("YZ", "AQZW"), ("ZY", "QAWZ")))


def is_typed_otherwise(text: str) -> bool:
    """Whether a scanner's text came over another keyboard layout. A person's sentence did not, in no language."""
    text = text.strip()
    if _PLAIN.fullmatch(text):
        return False
    if any(map(str.isspace, text)) or text.isalpha():
        return False
    if not text.isascii():
        return any(map(_is_foreign, text)) and not any(ord(c) >= _IDEOGRAPHS and c.isalpha() for c in _folded(text))
    return bool(_otherwise().fullmatch(text))


@cache
def _otherwise() -> re.Pattern[str]:
    """Compiled when first asked for: most scans are plain."""
    return re.compile("|".join(_WHOLE), re.ASCII)


def swapped(number: str, is_known: Callable[[str], bool]) -> str | None:
    """The number with the letters that change places, where only so it has a form that is known; else None."""
    if is_known(number):
        return None
    others = (number.translate(swap) for swap in _SWAPS)
    return next((other for other in others if other != number and is_known(other)), None)


def _is_foreign(character: str) -> bool:
    """A letter of an alphabet that no code is written in."""
    if character.isascii() or ord(character) >= _ALPHABETS_END:
        return False
    return character in _SIGNS or (character.isalpha() and character not in "ªº")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
