"""What a cell means that Excel has made of a number; and where it has lost digits."""

import re
import unicodedata
from collections.abc import Iterable

_AS_TEXT = re.compile(r"=\s*\"([^\"]*)\"|['’‘`]([^'’]*)|=\s*([0-9]+)")  # `="7731…"`, `'7731…`, `=7731…`
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")  # `773,100,000,000,001`
_WHOLE = re.compile(r"([0-9]+)\.0+")  # `773100000000001.0`
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]*))?E\+?([0-9]{1,3})", re.IGNORECASE)
_FORM_OF_IT = re.compile(r"[+-]?[0-9](?:[.,][0-9]*E\+?|E\+)[0-9]{1,3}", re.IGNORECASE)
MOST_DIGITS = 15  # of a number in Excel; further ones it makes zeros
_SHOWN_DIGITS, _SHOWN_WHOLE = 6, 11  # of a number in a narrow or common cell: `7.73123E+14`
_SURE_ZEROS = 3  # so many by chance: one time in a thousand


def as_meant(cell: str) -> str | None:
    """`="7731…"`, `'7731…`, `….0` and `7,731,…` as the number that it was; None where digits are lost (`7.73E+14`)."""
    text = "".join(c for c in cell if unicodedata.category(c) != "Cf").strip()  # copied phones carry direction marks
    if found := _AS_TEXT.fullmatch(text):
        text = next(part for part in found.groups() if part is not None).strip()
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if found := _WHOLE.fullmatch(text):
        return found[1]
    return _written_out(text) if _FORM_OF_IT.fullmatch(text) else text


def _written_out(text: str) -> str | None:
    """All digits are there where there is one for each place before the point, and no more than Excel keeps."""
    found = _SCIENTIFIC.fullmatch(text)
    is_whole = found and len(found[2] or "") == int(found[3]) < MOST_DIGITS
    return found[1] + (found[2] or "") if found and is_whole else None


def is_longer(cell: str) -> bool:
    """A number of more digits than Excel keeps."""
    return len(cell.strip()) > MOST_DIGITS and cell.strip().isdecimal()


def is_cut(cell: str) -> bool:
    """Whether it is what is left of a number that was once shown as `7.73123E+14`, saved, and opened again."""
    digits = cell.strip()
    return digits.isdecimal() and len(digits) > _SHOWN_WHOLE and not digits[_SHOWN_DIGITS:].strip("0")


def are_rounded(cells: Iterable[str]) -> bool:
    """Whether all the longer numbers among them end in zeros where Excel keeps no more digits, and not by chance."""
    lost = "".join(cell.strip()[MOST_DIGITS:] for cell in cells if is_longer(cell))
    return len(lost) >= _SURE_ZEROS and not lost.strip("0")
