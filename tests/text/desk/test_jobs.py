"""The words by job: made of the one list of words, each word once."""

from collections import Counter

import pytest

from kiosk.counter.words import DESK_WORDS
from kiosk.parcels.roles import Role
from kiosk.text import Language, words
from kiosk.text.desk.jobs import EXAMPLES, JOBS, form_of
from kiosk.text.desk_help import HELP, SCREEN_WORDS
from kiosk.text.desk_words import CHINESE, in_english


def test_each_word_of_the_desk_stands_in_one_job() -> None:
    listed = Counter(word for names in JOBS.values() for word in names)
    assert set(listed) == {*DESK_WORDS, *SCREEN_WORDS} == set(CHINESE)
    assert set(listed.values()) == {1}


def test_what_needs_something_has_an_example_that_is_read_as_that_word() -> None:
    needing = {word for names in HELP.values() for word, (needs, _) in names.items() if needs}
    assert set(EXAMPLES) == needing
    for word in needing:
        for language in Language:
            form = form_of(words(language), language, Role.MANAGER, word)
            assert in_english(form.example).partition(" ")[0] == word
            assert in_english(form.example).partition(" ")[2]


@pytest.mark.parametrize(("word", "role", "asks"), [
    ("waive", Role.CLERK, True), ("lost", Role.CLERK, True), ("out", Role.CLERK, False), ("help", Role.CLERK, False),
    ("waive", Role.MANAGER, False),
])  # fmt: skip
def test_what_a_manager_has_to_agree_to_is_told(word: str, role: Role, asks: bool) -> None:
    assert form_of(words(Language.ENGLISH), Language.ENGLISH, role, word).is_managers is asks


def test_a_word_stands_in_the_language_of_the_clerk() -> None:
    form = form_of(words(Language.CHINESE), Language.CHINESE, Role.CLERK, "batch")
    assert (form.shown, form.example, form.is_whole) == ("交接", "交接 顺丰 120", False)
    assert form_of(words(Language.ENGLISH), Language.ENGLISH, Role.CLERK, "pay").is_whole
