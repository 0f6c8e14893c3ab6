"""Where people write in their own words: what of that the log may have."""

from collections.abc import Mapping

from kiosk.parcels.phones import without_phones
from kiosk.store.file.keys import StationKey
from kiosk.store.tables.own_words import PUT_APART, OwnWords, put_apart

_OWN_WORDS = PUT_APART | {"party", "courier", "raw_scan"}


def for_the_log(key: StationKey, values: Mapping[str, object], words: list[OwnWords]) -> Mapping[str, object]:
    """Of an event: each value by its name, without phones and identity numbers. What may hold a name is added to
    `words`, to be kept where it can be erased; its mark stands in its place."""
    if _OWN_WORDS.isdisjoint(values):
        return values
    return {
        name: put_apart(key, name, _masked(str(value)), words) if name in _OWN_WORDS and value is not None else value
        for name, value in values.items()
    }


def _masked(words: str) -> str:
    from kiosk.parcels.identity_cards import without_identities  # few screens write words of anybody's own

    return without_identities(without_phones(words))
