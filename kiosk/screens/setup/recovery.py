"""The wizard's pages of the recovery phrase: shown to be written down, then asked for without it in sight."""

from functools import partial
from random import Random

from kiosk.faults import Detail, told
from kiosk.jobs.upkeep.set_up import Hindrance
from kiosk.screens.setup.fields import Field, Said
from kiosk.screens.setup.page import Page, Work
from kiosk.store.rescue.phrase import DIGITS, group_of, new_phrase, two_groups
from kiosk.text import Say, words
from kiosk.text.answers.backups import phrase_made, phrase_rows


class PhrasePage(Page):
    """Nothing of it is on the disk before the last page is confirmed."""

    def __init__(self, work: Work, random: Random) -> None:
        super().__init__(work)
        self.phrase = new_phrase(random)
        self.asked = two_groups(random)
        self._said: Said | None = None

    def title(self, say: Say) -> str:
        return say("Recovery phrase")

    def intro(self, say: Say) -> str:
        return say(
            "Write these digits on paper, and keep it away from this machine. Should the machine be stolen or break,"
            " they and a backup bring the station back on a new one. They are shown only here."
        )

    def more(self, say: Say) -> list[str]:
        return [*phrase_rows(self.phrase, 5), *([self._said(say)] if self._said else [])]

    def keys(self, say: Say) -> str:
        return say("F5 print it")

    def key(self, key: str, character: str | None, t: float) -> bool:
        del character, t
        if key == "f5":
            self._said = lambda say: say("Printing …")
            self.work.ask(self._print, self._printed)
        return key == "f5"

    def leave(self) -> None:
        self._said = None

    def _print(self) -> Said:
        settings = self.work.set_up.settings(self.work.draft)
        sheet = phrase_made(words(self.work.language), self.phrase, settings.number, self.work.set_up.today(settings))
        if self.work.print_sheet(settings.printer, sheet):
            return lambda say: say("A printer has taken it. See that the paper is there before you go on.")
        return lambda say: say("No printer takes it here: write it down by hand.")

    def _printed(self, said: Said) -> None:
        self._said = said
        self.work.repaint()


class ConfirmPage(Page):
    """Two groups off the paper. Left empty twice, the station gets no phrase, and the doctor reminds of it."""

    def __init__(self, work: Work, shown: PhrasePage) -> None:
        super().__init__(work)
        self._shown, self._is_warned = shown, False
        self.fields = [_GroupField(number) for number in shown.asked]

    def title(self, say: Say) -> str:
        return say("Recovery phrase")

    def intro(self, say: Say) -> str:
        return say("Type these two groups off your paper. Esc shows the digits again.")

    def take(self) -> Detail | None:
        self.work.phrase = ""
        if not any(field.value for field in self.fields):
            if self._is_warned:
                return None
            self._is_warned = True
            empty = told("Nothing is typed. Enter once more goes on without a phrase: then no backup comes back on a"
                         " new machine.")  # fmt: skip
            return Hindrance(empty.message, empty.values)
        for field, number in zip(self.fields, self._shown.asked, strict=True):
            if field.value != group_of(self._shown.phrase, number):
                return self.wrong(field, told("group {number} as it stands on your paper", number=number))
        self.work.phrase = self._shown.phrase
        return None


class _GroupField(Field):
    def __init__(self, number: int) -> None:
        super().__init__(partial(_label, number), longest=DIGITS)

    def takes(self, character: str) -> bool:
        return character.isascii() and character.isdigit()


def _label(number: int, say: Say) -> str:
    return say("Group {number}", number=number)
