"""Words in English and Simplified Chinese: gettext catalogues, the English text being the key."""

import gettext
import os
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locale"

Say = Callable[..., str]


class Language(StrEnum):
    """Each but English has a catalogue in `locale`; the idle screen speaks all of them, in this order."""

    ENGLISH = "en"
    CHINESE = "zh"

    @property
    def own_name(self) -> str:
        return _OWN_NAMES[self]

    @property
    def other(self) -> "Language":
        """The one that the language key leads to."""
        order = list(Language)
        return order[(order.index(self) + 1) % len(order)]


_OWN_NAMES = {Language.ENGLISH: "English", Language.CHINESE: "中文"}


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Marks a text for the catalogue without translating it yet."""
    return message


@cache
def words(language: Language) -> Say:
    """`say = words(Language.CHINESE)`; `say("{count} parcel", "{count} parcels", count=2)` gives the sentence in that
    language; what agrees with no number is said in one form."""
    catalogue = gettext.translation("kiosk", CATALOGUES, [language], fallback=language is Language.ENGLISH)

    def say(message: str, several: str = "", /, **values: object) -> str:
        text = catalogue.ngettext(message, several, number_of(values)) if several else catalogue.gettext(message)
        return text.format(**values) if values else text

    return say


def number_of(values: Mapping[str, object]) -> int:
    """What the forms of a sentence agree with: its `count`."""
    count = values["count"]
    assert isinstance(count, int)
    return count


def language_of_environment(of_station: str | None = None) -> Language:
    """As KIOSK_LANGUAGE says, else as the station's settings do, else the locale: zh_CN.UTF-8, and zh_TW for want of
    something nearer."""
    named = (os.environ.get("KIOSK_LANGUAGE"), of_station, *map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG")))
    chosen = next((name for name in named if name), "")
    return next((language for language in Language if chosen.lower().startswith(language)), Language.ENGLISH)
