"""Consent to keep a parcel here: without one a courier may not leave it (Order 22/2023, in force 2024-03-01)."""

import re
import unicodedata
from enum import StrEnum


class Consent(StrEnum):
    """What is on record for a parcel, and from whom."""

    GIVEN = "given"
    NOT_ASKED = "not_asked"
    DOOR_ONLY = "door_only"


_WORDS = {
    Consent.GIVEN: {
        "given",
        "yes",
        "y",
        "1",
        "true",
        "station",
        "是",
        "同意",
        "已同意",
        "驿站",
        "√",
        "✓",
        "可",
        "可以",
    },
    Consent.NOT_ASKED: {"", "not_asked", "not asked", "unknown", "未知", "未询问", "电联", "电话联系", "先联系"},
    Consent.DOOR_ONLY: {"door_only", "door only", "door", "no", "n", "0", "false", "否", "不同意", "×", "✗"},
}
# By what couriers' systems and people write, the first that fits: who has not been asked yet has said nothing, who
# says no says it in many ways, and a word of the door is the door's unless somebody comes for it themselves.
_MADE_OF = (
    (Consent.NOT_ASKED, r"^(?:未|没|待|尚未)(?!.*(?:上门|驿站))|not (?:yet )?asked|pending"),
    (
        Consent.DOOR_ONLY,
        r"拒|不(?:同意|要|放|入|可|能|接受|愿|代收|许|准|得)|勿|禁止|别放|refus|not? (?:station|leave)",
    ),
    (Consent.GIVEN, r"自提|自取|上门取|self.?pick|pick.?up|collect"),
    (Consent.DOOR_ONLY, r"上门|到家|入户|家门口|放门口|送到门|按需|\bdoor|home|本人当面"),
    (Consent.GIVEN, r"同意|驿站|代收|放站|入站|到站|代理点|服务站|代办点|便利店|station|agree|consent"),
)


def read_consent(text: str) -> Consent | None:
    """A manifest's word for consent in English or Chinese; None where it is none of them."""
    folded = unicodedata.normalize("NFKC", text).strip().lower().replace("-", " ")
    exact = next((consent for consent, words in _WORDS.items() if folded in words), None)
    if exact is not None or len(folded) > _LONGEST:
        return exact
    return next((consent for consent, pattern in _MADE_OF if re.search(pattern, folded)), None)


_LONGEST = 40  # characters; what is longer is a remark about something else


_PLAIN_ANSWERS = _WORDS[Consent.GIVEN] | _WORDS[Consent.DOOR_ONLY]
_TURNED = {Consent.GIVEN: Consent.DOOR_ONLY, Consent.DOOR_ONLY: Consent.NOT_ASKED}


def read_door(text: str) -> Consent | None:
    """What stands in a column that asks whether it goes to the door: a yes is no consent to leave it here."""
    answer = read_consent(text)
    is_plain = text.strip().lower() in _PLAIN_ANSWERS
    return _TURNED.get(answer, answer) if answer and is_plain else answer
