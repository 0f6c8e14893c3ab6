"""Pickup codes in a message, Chinese or English: what stands round a number tells whether it is one.

The forms are those of real arrival messages of stations, lockers and couriers, and of our own letters.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kiosk.parcels.codes import PickupCode
from kiosk.parcels.message_noise import CUT, any_of, without_noise, without_places


class MessageCodes(NamedTuple):
    """`codes`: what the message says are codes, in its order; where it says none, what looks like one.
    `perhaps`: where it does say so, what else looks like a code."""

    codes: tuple[PickupCode, ...]
    perhaps: tuple[PickupCode, ...] = ()


# What may stand between the word for a code and the code: quotes, "is", the 1. of a list
_WRAP = rf"""(?:[\s:=>\#"'“”‘’「」『』【】\[\]()<>{{}}|*_-] | {any_of("IS ARE NO NO. NUMBER NUMBERS 分别 为 是 如下")}
              | [0-9]{{1,2}}[.、)][^\S\n]*(?=[A-Z]{{0,2}}[0-9]+-))*"""
_CUE = rf"""(?: (?:取件|取货|提货|提取|自提|领取|收货|开柜|开箱)(?:验证|密|口令)?(?:号码|编号|码|号|凭证)
              | 取件[^\S\n]*(?=:) | 货号 | 凭(?:此?码|编号|号码|短信)?
              | {any_of("CODE CODES PIN PINS")} | (?:PICK-?[ ]?UP|COLLECTION)[ ](?:NUMBERS?|NO\.?|REF) )"""
_SAYS = rf"""(?: [^0-9.。!?;,、\n{CUT}]{{0,40}}? (?: {any_of("IS ARE")} | [为是:=] )
               | \([^()0-9\n]{{0,20}}\) )?"""
_END = r"(?![A-Z0-9]|-[A-Z]?[0-9])"
_PARTED = rf"[A-Z]{{0,2}}[0-9]{{1,4}}(?:-[A-Z]?[0-9]{{1,5}}){{1,3}}{_END}"
_PARTING = "[- .。、,:/~]{1,3}"
_LOOSE = rf"[A-Z]{{0,2}}[0-9]{{1,3}}{_PARTING}[0-9]{{1,2}}{_PARTING}[0-9]{{3,5}}{_END}"
_COMPACT = r"[A-Z]{0,2}[0-9]{3,9}(?![A-Z0-9]|[-:.,]?[0-9])"

_SAID = re.compile(rf"{_CUE}{_SAYS}{_WRAP}(?P<code>{_LOOSE}|{_PARTED}|{_COMPACT})", re.VERBOSE)
_NEXT = re.compile(rf"""[\s,、/&+;|"'“”【】()]*{any_of("和 与 及 以及 还有 AND OR")}?{_WRAP}
                        (?P<code>{_LOOSE}|{_PARTED}|{_COMPACT})""", re.VERBOSE)  # fmt: skip
_BARE = re.compile(rf"(?<![A-Z0-9])(?<![0-9]-){_PARTED}")
_BETWEEN = re.compile(r"[- .。、,:/~]+")
_DAY = re.compile(r"(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12][0-9]|3[01])")
_UNTIL = re.compile(rf"\s*(?:{CUT}|前|之前|日|至|到|有效|截止|过期)")


def read_message(text: str) -> MessageCodes | None:
    """The codes in a message of people or machines; None where it holds none, or is none. Never raises."""
    message = without_noise(text)
    said = _preferred(_said(message))
    looks_so = _preferred(_bare(without_places(message)))
    if said:
        alike = tuple(code for code in looks_so if code not in said and any(_is_alike(code, one) for one in said))
        return MessageCodes(said + alike, tuple(code for code in looks_so if code not in said + alike))
    is_of_machine = text.isascii() and " " not in text and "\n" not in text  # an address, a Wi-Fi code
    return MessageCodes(looks_so) if looks_so and not is_of_machine else None


def _said(message: str) -> Iterator[str]:
    """What follows the word for a code, and the codes listed after that one."""
    end = 0
    for cue in _SAID.finditer(message):
        found: re.Match[str] | None = cue
        first = cue["code"]
        while found and found.end() > end and _may_be_said(found, message, first):
            end = found.end()
            yield _BETWEEN.sub("-", found["code"])
            found = _NEXT.match(message, end)


def _may_be_said(found: re.Match[str], message: str, first: str) -> bool:
    """No day, no house number; and without separators only what is as long as the `first` of its list."""
    code = found["code"]
    if code.isalnum():
        return code is first or len(code) == len(first)
    parts = code.split("-")
    if len(parts) == 2 and _DAY.fullmatch(code) and _UNTIL.match(message, found.end()):
        return False
    return len(parts[-1]) > 3 or without_places(message[found.start("code") :]).startswith(code)


def _bare(message: str) -> Iterator[str]:
    """What looks like a code; two short numbers may as well be a day or a range, three long ones are a telephone."""
    for code in _BARE.findall(message):
        lengths = [len(part) for part in code.split("-")]
        is_day_or_range = len(lengths) == 2 and max(lengths) < 3 and code.replace("-", "").isdigit()
        is_telephone = (code.startswith("0") and lengths[0] > 2) or (len(lengths) == 3 and min(lengths) > 2)
        if not is_day_or_range and not is_telephone:
            yield code


def _is_alike(code: PickupCode, said: PickupCode) -> bool:
    """Three parts and a long number, as a code that the message names: `4-6-7602 (ZTO), 5-1-2201 (YTO)`."""
    parts, others = code.text.split("-"), said.text.split("-")
    return len(parts) == len(others) > 2 and len(parts[-1]) > 3 < len(others[-1])


def _preferred(found: Iterable[str]) -> tuple[PickupCode, ...]:
    """Each once. Beside codes that end in a long number, a short one is a place; beside parted ones, a whole is a year
    or a price."""
    codes = list(dict.fromkeys(found))
    parted = [code for code in codes if "-" in code]
    long = [code for code in parted if len(code.split("-")[-1]) > 3]
    return tuple(map(PickupCode, long or parted or codes))
