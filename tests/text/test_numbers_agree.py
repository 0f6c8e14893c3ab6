"""Every sentence agrees with its number: a text with a number before a noun is a pair, for one and for several."""

import re

import pytest

from kiosk.faults import expected
from kiosk.text import Language, words
from kiosk.text.sentences import detail_words
from scripts.translating.catalogue import source_texts

# Never of one: a fixed limit, and what is said of several only.
APART = {
    "{station}: {count} parcels are here for you",
    "SPI write was cut short: {written} of {length} bytes",
}
_NOUNS = (
    "parcels events pixels slots shelves levels labels codes digits minutes hours days weeks desks ones messages files"
    " reminders rows pairs times tries attempts rules places transactions characters numbers bytes LEDs backups people"
    " sheets stops notices updates versions waybills couriers phones lights strips scanners terminals seconds"
)
_OF_SEVERAL = re.compile(r"\{\w+\} (?:more |other |outdated |wrong )?(?:" + _NOUNS.replace(" ", "|") + r")\b")
_CONSTANT = re.compile(r"at most|to \{high\}")  # a limit that stands in the program


def test_no_text_in_one_form_has_a_noun_of_several_behind_a_number() -> None:
    alone = [text for text in source_texts() if isinstance(text, str) and text not in APART]
    assert [text for text in alone if _OF_SEVERAL.search(text) and not _CONSTANT.search(text)] == []


def test_pairs_are_of_the_same_values() -> None:
    pairs = [text for text in source_texts() if isinstance(text, tuple)]
    assert len(pairs) > 30
    for one, several in pairs:
        assert one != several
        assert set(re.findall(r"{(\w+)}", one)) | {"count"} == set(re.findall(r"{(\w+)}", several)) | {"count"}


@pytest.mark.parametrize(
    ("count", "english", "chinese"),
    [
        (0, "0 parcels to take", "还有 0 件待取"),
        (1, "1 parcel to take", "还有 1 件待取"),
        (2, "2 parcels to take", "还有 2 件待取"),
    ],
)
def test_the_number_chooses(count: int, english: str, chinese: str) -> None:
    for language, text in ((Language.ENGLISH, english), (Language.CHINESE, chinese)):
        say = words(language)
        assert say("{count} parcel to take", "{count} parcels to take", count=count) == text
        assert detail_words(say, expected("{count} parcel to take", "{count} parcels to take", count=count)) == text
