"""The menu as it is read: what stands on top, and a row or more for each entry."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from kiosk.parcels.roles import Role
from kiosk.screens.desk.menu.menu import Menu
from kiosk.screens.desk.parts.palette import SAID, Palette, chip
from kiosk.screens.desk.parts.tiles import cut
from kiosk.text import N_, Language, Say
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.desk.jobs import JOBS, WordForm, form_of
from kiosk.text.line_breaks import broken, padded

_MARKED, _UNMARKED = "› ", "  "
_SET_IN = " " * 5


class Row(NamedTuple):
    """`entry`: whichever a finger on this row takes."""

    entry: int
    content: Content


class MenuRows:
    """For whoever works in this language and role, in so many cells."""

    def __init__(self, say: Say, language: Language, role: Role, width: int, palette: Palette) -> None:
        self._say, self._language, self._role = say, language, role
        self._width, self._palette = max(width, 1), palette

    def top(self, menu: Menu) -> Words:
        """Without its table."""
        say = self._say
        if menu.word:
            form = self._form(menu.word)
            return _calm(form.shown, *self._told(form))
        title = say(menu.job) if menu.job else say("MENU")
        return _calm(title, say("Arrows or a number, then Enter. Esc goes back. What is scanned is done as ever."))

    def rows(self, menu: Menu) -> list[Row]:
        if menu.word:
            return []
        entry_rows = self._word_rows if menu.job else self._job_rows
        return [
            Row(at, content)
            for at, name in enumerate(menu.entries)
            for content in entry_rows(at, name, is_marked=at == menu.marked)
        ]

    def _job_rows(self, at: int, title: str, *, is_marked: bool) -> Sequence[Content]:
        names = [self._form(word).shown for word in JOBS[title]]
        head = _numbered(at, self._say(title), is_marked=is_marked)
        return [self._row(head, "  " + "  ".join(names), is_marked=is_marked)]

    def _word_rows(self, at: int, word: str, *, is_marked: bool) -> Sequence[Content]:
        form = self._form(word)
        typed = f"{form.shown} {form.needs}".rstrip()
        head = _numbered(at, typed, is_marked=is_marked)
        what = form.does + self._managers(form)
        if not is_marked:
            return [self._row(head, f"  {what}", is_marked=False)]
        more = [f"{_SET_IN}{line}" for line in broken(what, self._width - len(_SET_IN))]
        return [self._row(head, "", is_marked=True), *(Content.styled(line, "bold") for line in more)]

    def _row(self, head: str, rest: str, *, is_marked: bool) -> Content:
        head = cut(head, self._width)
        rest = cut(rest, self._width - Content(head).cell_length)
        if is_marked:
            return Content.styled(padded(head + rest, self._width), chip(SAID))
        return Content.assemble((head, "bold"), (rest, self._palette.muted))

    def _told(self, form: WordForm) -> Sequence[str]:
        say = self._say
        needs = say("Type after it: {needs}", needs=form.needs)
        optional = say("Enter alone does it too.") if form.needs.startswith("[") else ""
        return (
            form.does + self._managers(form),
            f"{needs}  {optional}".rstrip(),
            say("For example: {typed}", typed=form.example),
        )

    def _managers(self, form: WordForm) -> str:
        told = self._say(N_("a manager agrees to it"))
        return f"  ({told})" if form.is_managers else ""

    def _form(self, word: str) -> WordForm:
        return form_of(self._say, self._language, self._role, word)


def _numbered(at: int, text: str, *, is_marked: bool) -> str:
    return f"{_MARKED if is_marked else _UNMARKED}{at + 1:>2} {text}"


def _calm(word: str, *lines: str) -> Words:
    return Words(word, Mood.CALM, "", lines)
