"""Where people write in their own words; a phone or an identity number among them must not get into the log."""

from collections.abc import Mapping

from kiosk.parcels.identity_cards import without_identities
from kiosk.parcels.phones import without_phones

_OWN_WORDS = frozenset("hold_note return_reason note party reason resolution proof courier raw_scan".split())


def own_words_without_numbers(values: Mapping[str, object]) -> Mapping[str, object]:
    """Of an event: each value by its name."""
    if _OWN_WORDS.isdisjoint(values):
        return values
    return {name: _masked(str(v)) if name in _OWN_WORDS and v is not None else v for name, v in values.items()}


def _masked(words: str) -> str:
    return without_identities(without_phones(words))
