"""How many SMS a text takes: each of them is paid for.

GSM 03.38 (3GPP TS 23.038): 160 letters of its alphabet, some of them counting twice, 153 in each part of several; with
any other letter 70 UTF-16 units, and 67.
"""

from typing import NamedTuple

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWICE = frozenset("^{}\\[~]|€\f")


class SmsParts(NamedTuple):
    """`letters` as they count; `room`: so many go into one SMS; `parts`: SMS that it takes."""

    letters: int
    room: int
    parts: int


def sms_parts(text: str) -> SmsParts:
    if set(text) <= _GSM | _TWICE:
        letters, room, of_several = len(text) + sum(c in _TWICE for c in text), 160, 153
    else:
        letters, room, of_several = len(text.encode("utf-16-le")) // 2, 70, 67
    return SmsParts(letters, room, 1 if letters <= room else -(-letters // of_several))
