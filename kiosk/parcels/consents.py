"""Consent to keep a parcel here: without one a courier may not leave it (Order 22/2023, in force 2024-03-01)."""

from enum import StrEnum


class Consent(StrEnum):
    """What is on record for a parcel, and from whom."""

    GIVEN = "given"
    NOT_ASKED = "not_asked"
    DOOR_ONLY = "door_only"


_WORDS = {
    Consent.GIVEN: {"given", "yes", "y", "1", "true", "station", "是", "同意", "已同意", "驿站"},
    Consent.NOT_ASKED: {"", "not_asked", "unknown", "未知", "未询问"},
    Consent.DOOR_ONLY: {
        "door_only",
        "door only",
        "door",
        "no",
        "n",
        "0",
        "false",
        "否",
        "不同意",
        "送货上门",
        "上门",
    },
}


def read_consent(text: str) -> Consent | None:
    """A manifest's word for consent in English or Chinese; None where it is none of them."""
    folded = text.strip().lower().replace("-", " ")
    return next((consent for consent, words in _WORDS.items() if folded in words), None)
