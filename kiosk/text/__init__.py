"""Words in English and Simplified Chinese: gettext catalogues, the English text being the key."""

import gettext
import os
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from pathlib import Path

_CATALOGUES = Path(__file__).parent / "locale"

Say = Callable[..., str]


class Language(StrEnum):
    ENGLISH = "en"
    CHINESE = "zh"

    @property
    def other(self) -> "Language":
        return Language.CHINESE if self is Language.ENGLISH else Language.ENGLISH


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Marks a text for the catalogue without translating it yet."""
    return message


@cache
def words(language: Language) -> Say:
    """`say = words(Language.CHINESE)`; `say("{count} left", count=2)` gives the sentence in that language."""
    catalogue = gettext.translation("kiosk", _CATALOGUES, [language], fallback=language is Language.ENGLISH)

    def say(message: str, **values: object) -> str:
        return catalogue.gettext(message).format(**values) if values else catalogue.gettext(message)

    return say


def language_of_environment() -> Language:
    """The command line speaks Chinese where the locale does."""
    chosen = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return Language.CHINESE if chosen.startswith("zh") else Language.ENGLISH
