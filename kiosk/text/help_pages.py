"""The pages of `kiosk help`: one file a topic and language beside this package, and the settings and words, which code
tells."""

from pathlib import Path

from kiosk.config.reference import all_keys
from kiosk.text import N_, Language, words
from kiosk.text.settings_page import settings_page

PAGES = Path(__file__).parent.parent / "help"
SETTINGS_TOPIC, WORDS_TOPIC = "settings", "words"  # which code tells
# Who reads it → topics, in the order in which they are needed.
TOPICS: dict[str, tuple[str, ...]] = {
    N_("Owners"): ("owner", "first-run", SETTINGS_TOPIC, "messages", "agent", "backup", "privacy"),
    N_("Staff"): ("staff", WORDS_TOPIC, "browser", "troubleshooting"),
    N_("Installers"): ("parts", "install", "lights", "scanners", "doctor", "update", "accessibility"),
    N_("Engineers"): ("architecture", "languages", "couriers", "drivers"),
}


def all_topics() -> list[str]:
    return [topic for topics in TOPICS.values() for topic in topics]


def page(topic: str, language: Language) -> str:
    """As Markdown. `topic` is one of TOPICS."""
    if topic == SETTINGS_TOPIC:
        return settings_page(words(language), all_keys())
    if topic == WORDS_TOPIC:
        from kiosk.text.desk_help import words_page  # 60 ms, with all jobs

        return words_page(words(language))
    return (PAGES / language / f"{topic}.md").read_text("utf-8")


def title(topic: str, language: Language) -> str:
    """Its first line."""
    return page(topic, language).split("\n", 1)[0].removeprefix("# ")
