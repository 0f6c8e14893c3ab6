"""The settings that a new station gets: the same in every language, with comments that its owner reads."""

from importlib.resources import files

_FILES = {"en": "station.toml", "zh": "station.zh.toml"}


def new_settings_file(language: str) -> str:
    """Its name in the package; `language` is a code, or empty for nobody's."""
    return _FILES.get(language, _FILES["en"])


def new_settings(language: str = "") -> str:
    return files("kiosk").joinpath(new_settings_file(language)).read_text("utf-8")
