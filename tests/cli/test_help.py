"""The pages of `kiosk help` are whole in both languages, and what they tell people to type exists."""

import re
import shlex
import tomllib
from collections.abc import Iterator

import click
import pytest
from rich.cells import cell_len

from kiosk.cli import kiosk
from kiosk.config.message_kinds import KINDS
from kiosk.config.reference import all_keys
from kiosk.counter.words import DESK_WORDS
from kiosk.text import Language
from kiosk.text.desk_help import SCREEN_WORDS
from kiosk.text.help_pages import PAGES, SETTINGS_TOPIC, WORDS_TOPIC, all_topics, page
from kiosk.text.settings_words import SETTINGS
from tests.house.test_house import ROOT

EVERY_PAGE = [(topic, language) for topic in all_topics() for language in Language]
_WIDEST, _WIDEST_TABLE = 80, 120  # cells


@pytest.mark.parametrize("language", Language)
def test_each_topic_has_a_page_and_each_page_a_topic(language: Language) -> None:
    written = {path.stem for path in (PAGES / language).glob("*.md")}
    assert written | {SETTINGS_TOPIC, WORDS_TOPIC} == set(all_topics())


@pytest.mark.parametrize(("topic", "language"), EVERY_PAGE)
def test_a_page_has_a_title_and_fits_a_terminal(topic: str, language: Language) -> None:
    lines = page(topic, language).splitlines()
    assert lines[0].startswith("# ")
    if topic != SETTINGS_TOPIC:
        for line in lines:
            assert cell_len(line) <= (_WIDEST_TABLE if line.startswith("|") else _WIDEST), line


def told_to_type(text: str) -> Iterator[str]:
    """What a page tells people to type: commands in a text, and lines of a block."""
    yield from re.findall(r"`((?:[A-Z_]+=\S+ )*kiosk [^`]+)`", text)
    for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
        yield from (line.strip().removeprefix("sudo ") for line in block.splitlines() if "kiosk " in line)
    yield from re.findall(r"^    (?:sudo )?(kiosk \S.*?)(?:  .*)?$", text, re.MULTILINE)


@pytest.mark.parametrize(("topic", "language"), EVERY_PAGE)
def test_the_commands_of_a_page_exist_with_their_options(topic: str, language: Language) -> None:
    for told in told_to_type(page(topic, language)):
        typed = re.sub(r"^(?:[A-Z_]+=\S+ )*(?:scripts/run|\S*kiosk)\s+", "", told.split("#")[0])
        command: click.Command = kiosk
        for word in re.findall(r"(?:[^\s\"]|\"[^\"]*\")+", typed):
            if word.startswith("--"):
                known = {option for one in (kiosk, command) for p in one.params for option in p.opts} | {"--help"}
                assert word.split("=")[0] in known, typed
            elif isinstance(command, click.Group) and re.fullmatch(r"[a-z-]+", word):
                inner = command.get_command(click.Context(command), word)
                assert inner is not None, typed
                command = inner


def too_much(command: click.Command, words: list[str]) -> list[str]:
    """Words of a command line that its command has no place for."""
    _, rest, _ = command.make_parser(click.Context(command)).parse_args(words)
    inner = command.get_command(click.Context(command), rest[0]) if isinstance(command, click.Group) and rest else None
    return too_much(inner, rest[1:]) if inner else rest


@pytest.mark.parametrize(("topic", "language"), EVERY_PAGE)
def test_the_commands_of_a_page_have_no_word_too_many(topic: str, language: Language) -> None:
    for told in told_to_type(page(topic, language)):
        typed = re.sub(r"^(?:[A-Z_]+=\S+ )*(?:scripts/run|\S*kiosk)\s+", "", told.split("#")[0])
        assert too_much(kiosk, shlex.split(typed)) == [], told


def test_what_the_readme_links_to_is_there() -> None:
    links = re.findall(r"""(?:\]\(|src=")([^)#":]+)[)"]""", (ROOT / "README.md").read_text("utf-8"))
    assert len(links) > 20
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("language", Language)
def test_the_words_of_the_desk_that_the_staffs_page_names_exist(language: Language) -> None:
    named = re.findall(r"`([a-z]+)(?: [^`]*)?`", page("staff", language))
    known = {*DESK_WORDS, *SCREEN_WORDS, "kiosk", "number", "lock_minutes", "undo_minutes"}
    assert set(named) <= known, set(named) - known


def test_every_key_of_the_settings_is_told_and_none_that_is_not_read() -> None:
    read = {(key.table, key.name) for key in all_keys()}
    told = {(table, name) for table, (_, keys) in SETTINGS.items() for name in keys}
    assert told == read


def test_the_settings_that_a_new_station_gets_name_every_key() -> None:
    text = (ROOT / "kiosk/station.toml").read_text("utf-8")
    missing = [key for key in all_keys() if not re.search(rf"\b{key.name}\b", text)]
    assert missing == []


def test_the_settings_that_a_new_station_gets_show_the_defaults() -> None:
    """Of keys that stand in it, switched on or off by a "#"; some are samples of what else may be written."""
    samples = {"scanners", "shelves", "messages.channels", "station.name", "web.behind_proxy", "web.names"}
    defaults = {f"{key.table}.{key.name}": key.default.replace("_", "") for key in all_keys() if key.default}
    table, seen = "", 0
    for line in (ROOT / "kiosk/station.toml").read_text("utf-8").splitlines():
        if header := re.match(r"(?:# )?\[+([a-z.]+)\]", line):
            table = header[1]
        elif (pair := re.match(r"(?:# )?([a-z_]+) = (\S+|\[.*?\])(?:\s+#.*)?$", line)) and table not in samples:
            place = f"{table}.{pair[1]}"
            if place not in samples and place in defaults:
                assert pair[2].replace("_", "") == defaults[place], place
                seen += 1
    assert seen > 40


def test_the_settings_page_tells_defaults_choices_and_kinds() -> None:
    text = page(SETTINGS_TOPIC, Language.ENGLISH)
    assert "- `pick_up_seconds = 60` (5-600)" in text
    assert '- `driver = "apa102"` ("apa102" | "ws2812" | "gpio" | "shift" | "wled" | "none")' in text
    assert '- `host` (needed: "192.168.1.50", …)\n  Only wled.' in text


def test_every_setting_shows_an_example_of_its_own() -> None:
    """And one that is read: a list of messages or of places; a text with quotes in quotes of the other kind."""
    lists = {key.name: key.allowed.removesuffix(", …") for key in all_keys() if key.default == "[]"}
    assert len(set(lists.values())) == len(lists)
    assert set(tomllib.loads(f"about = {lists['about']}")["about"]) <= KINDS["consignee"]
    for key in all_keys():
        if key.allowed.startswith(("'", '"')) and key.allowed.endswith(", …"):
            assert isinstance(tomllib.loads(f"x = {key.allowed.removesuffix(', …')}")["x"], str)
