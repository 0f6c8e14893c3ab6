"""Where people write in their own words; a phone among them must not get into the log."""

from collections.abc import Mapping

from kiosk.parcels.phones import without_phones

_OWN_WORDS = frozenset("hold_note return_reason note party reason resolution proof courier raw_scan".split())


def own_words_without_phones(values: Mapping[str, object]) -> Mapping[str, object]:
    """Of an event: each value by its name."""
    if _OWN_WORDS.isdisjoint(values):
        return values
    return {name: without_phones(str(v)) if name in _OWN_WORDS and v is not None else v for name, v in values.items()}
