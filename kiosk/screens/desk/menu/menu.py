"""The menu of the desk: the jobs, the words of a job, and the form of a word that needs something after it.

Knows nothing of Textual. A number that is typed is a scan like any other until Enter ends it: so what is scanned while
the menu is open is never cut short.
"""

from collections.abc import Sequence

from kiosk.text.desk.jobs import JOBS

_TITLES = tuple(JOBS)
_MOST_DIGITS = 2
_STEPS = {"up": -1, "down": 1}


class Menu:
    """`marked`: the entry that Enter takes; `word`: the one whose form is shown."""

    def __init__(self) -> None:
        self.is_open = False
        self.job: str | None = None
        self.word: str | None = None
        self.marked = 0
        self.page = 5  # how many entries a page key steps over

    @property
    def entries(self) -> Sequence[str]:
        return JOBS[self.job] if self.job else _TITLES

    def open(self) -> None:
        self.is_open, self.job, self.word, self.marked = True, None, None, 0

    def close(self) -> None:
        self.is_open, self.word = False, None

    def step(self, key: str) -> bool:
        """A key that walks in the menu; False for any other."""
        last = len(self.entries) - 1
        if self.word:
            return False
        if key in _STEPS:
            self.marked = (self.marked + _STEPS[key]) % (last + 1)
        elif key in ("pageup", "pagedown"):
            by = self.page if key == "pagedown" else -self.page
            self.marked = min(max(self.marked + by, 0), last)
        elif key in ("home", "end"):
            self.marked = 0 if key == "home" else last
        else:
            return False
        return True

    def back(self) -> None:
        """From a form to its job's words, from these to the jobs, from these out."""
        if self.word:
            self.word = None
        elif self.job:
            self.marked, self.job = _TITLES.index(self.job), None
        else:
            self.close()

    def entry_meant(self, typed: str) -> int | None:
        """Enter alone takes the marked one, a number and Enter that one; all else is no choice of the menu's."""
        if self.word:
            return None
        if not typed:
            return self.marked
        is_number = typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS
        return int(typed) - 1 if is_number and 1 <= int(typed) <= len(self.entries) else None

    def take(self, entry: int) -> str | None:
        """Opens a job; the word where a word was chosen."""
        chosen = self.entries[entry]
        self.marked = entry
        if self.job:
            return chosen
        self.job, self.marked = chosen, 0
        return None
