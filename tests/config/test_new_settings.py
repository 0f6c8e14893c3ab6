"""A new station's settings are the same in every language; what they say beside is in its owner's."""

import re
import tomllib

import pytest

from kiosk.new_settings import new_settings

_SETTING = re.compile(r"(?:# )?(?:\[\[?[a-z.]+\]\]?|[a-z_]+ = (?:\"[^\"]*\"|'[^']*'|\[.*?\](?=\s|$)|\S+))")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _parted(text: str) -> tuple[list[str], list[tuple[int, str]]]:
    """The settings, switched on or off, in order; and what is said, each with the number of settings before it."""
    settings: list[str] = []
    said: list[tuple[int, str]] = []
    for line in text.splitlines():
        setting = _SETTING.match(line)
        if setting:
            settings.append(setting[0])
        comment = line[setting.end() :] if setting else line
        if comment.strip():
            said.append((len(settings), comment.strip()))
    return settings, said


def test_keys_values_and_their_order_are_the_same_in_chinese() -> None:
    english, chinese = new_settings("en"), new_settings("zh")
    assert tomllib.loads(chinese) == tomllib.loads(english)
    assert _parted(chinese)[0] == _parted(english)[0]


def test_whatever_is_said_of_a_setting_is_said_in_chinese_too() -> None:
    english, chinese = (dict(_joined(_parted(new_settings(language))[1])) for language in ("en", "zh"))
    assert english.keys() == chinese.keys(), "a comment without its translation in station.zh.toml, or the reverse"
    assert [text for text in chinese.values() if not _CHINESE.search(text)] == []


def _joined(said: list[tuple[int, str]]) -> dict[int, str]:
    joined: dict[int, str] = {}
    for place, text in said:
        joined[place] = f"{joined.get(place, '')} {text}".strip()
    return joined


@pytest.mark.parametrize(("language", "says"), [("zh", "片选 0 或 1"), ("en", "chip select"), ("", "chip select")])
def test_each_language_has_its_comments(language: str, says: str) -> None:
    assert says in new_settings(language)
