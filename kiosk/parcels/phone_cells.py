"""What a cell of a manifest tells of a phone: a number, its last 4 digits, nothing, or something that is no phone."""

import re

from kiosk.parcels.codes import plain
from kiosk.parcels.phones import Phone, is_hidden, read_phone

_REMARK = re.compile(r"\([^()0-9]*\)|\[[^\[\]0-9]*\]")
_MARKS = r"[*X×●○•·∙∗✱■□#_?]"
# As masks go on, whatever stands before: `**5678`, `尾号5678`, `138****5678 转 12`
_TAIL = re.compile(rf"(?:尾号|后四位|末四位|尾数|{_MARKS}{{2,}})[:：\s]*([0-9]{{4}})")
_MOBILE = re.compile(r"(?<![0-9])(?:(?:\+|00)?\(?86\)?[-\s+]*|0)?(1[3-9][0-9](?:[-.\s]?[0-9]{4}){2})(?![0-9])")
_MASKED = re.compile(rf"(?<![0-9])(1[3-9][0-9]{_MARKS}{{3,6}}[0-9]{{4}})(?![0-9])")
_LANDLINE = re.compile(
    r"(?<![0-9])\(?0[0-9]{2,3}\)?[-\s]?[0-9]{3,4}[-\s]?([0-9]{4})(?:(?:转|-|EXT)\s?[0-9]{1,6})?", re.ASCII
)
_NO_MOBILE = re.compile(r"(?<![0-9])[48]00[-\s]?[0-9]{3,4}[-\s]?[0-9]{3,4}(?![0-9])|虚拟|隐私")
_ENDS_HIDDEN = re.compile(rf"1[3-9][0-9]{{1,8}}{_MARKS}{{2,}}[0-9]{{0,3}}")


def phone_in_cell(cell: str) -> Phone | None:
    """The consignee's phone, the first of several. A Phone of nothing where the cell tells none and is no mistake (a
    virtual number, a mask over all of it, a service number); None where it is no phone at all."""
    text = plain(cell).strip(" '\"`’“”;,，；、").replace("'", "")
    read = read_phone(text) or (read_phone(f"+{text}") if text.startswith("86") else None)
    if read is not None:
        return read
    text = _REMARK.sub(" ", text)
    if found := _MOBILE.search(text):
        return read_phone(re.sub(r"[^0-9]", "", found[1]))
    if found := _MASKED.search(text) or _TAIL.search(text) or _LANDLINE.search(text):
        return Phone(None, found[1][-4:])
    return Phone(None, None) if is_hidden(text) or _ENDS_HIDDEN.fullmatch(text) or _NO_MOBILE.search(text) else None
