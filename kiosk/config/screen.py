"""The customer's screen as its owner wants it: `[screen]` of station.toml."""

from typing import NamedTuple

from kiosk.config.table import Table

_LANGUAGES = ("en", "zh")


class ScreenSettings(NamedTuple):
    """`language`: en or zh; None where the environment's locale decides. `large_text`: fewer and larger things."""

    language: str | None
    large_text: bool


def read_screen(table: Table) -> ScreenSettings:
    """Raises StationFault(BAD_SETTINGS)."""
    language = None if table.get("language", None) is None else table.choice("language", "", _LANGUAGES)
    return ScreenSettings(language, table.flag("large_text", False))
