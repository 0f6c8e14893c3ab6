"""`kiosk help settings`: every key of station.toml with its default, what it may be and what it does."""

from collections.abc import Iterator, Sequence

from kiosk.config.reference import Key
from kiosk.text import Say
from kiosk.text.settings_words import SETTINGS


def settings_page(say: Say, keys: Sequence[Key]) -> str:
    """As Markdown."""
    by_place = {(key.table, key.name): key for key in keys}
    lines = [
        "# " + say("Settings: station.toml"),
        "",
        say("Every key is checked at start; a wrong one is named with its line. What is left out has its default."),
    ]
    for table, (about, meanings) in SETTINGS.items():
        lines += ["", f"## {table}: {say(about)}", ""]
        for name, meaning in meanings.items():
            lines += _key_lines(say, by_place[table, name], say(meaning))
    return "\n".join(lines) + "\n"


def _key_lines(say: Say, key: Key, meaning: str) -> Iterator[str]:
    needed = say("needed") + ": " if key.is_needed else ""
    yield f"- `{key.name}{' = ' if key.default else ''}{key.default}` ({needed}{key.allowed})"
    only = "" if not key.drivers else say("Only {drivers}.", drivers=", ".join(key.drivers)) + " "
    yield f"  {only}{meaning}"
