"""The wizard's first page: in which language it and the screens speak."""

from kiosk.faults import Detail
from kiosk.screens.setup.fields import ChoiceField
from kiosk.screens.setup.page import Page, Work
from kiosk.text import Language, Say


class LanguagePage(Page):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        choices = [(language.value, lambda _, name=language.own_name: name) for language in Language]
        self._choice = ChoiceField(lambda _: "Language 语言", work.language.value, choices)
        self.fields = [self._choice]

    def title(self, say: Say) -> str:
        return say("Language")

    def intro(self, say: Say) -> str:
        return say("Welcome. A few questions, then the station runs. Nothing is written before the last page.")

    def key(self, key: str, character: str | None, t: float) -> bool:
        """The wizard speaks the chosen language at once."""
        del t
        if not self._choice.key(key, character):
            return False
        self.work.language = Language(self._choice.value)
        return True

    def enter(self) -> None:
        self._choice.value = self.work.language.value

    def take(self) -> Detail | None:
        self.work.draft = self.work.draft._replace(language=self._choice.value)
        return None
