"""A page of the wizard: what it asks, what it says, and what it makes of the answers. It paints nothing itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Protocol

from hardware.scanners.devices import FoundDevice
from hardware.scanners.source import ScannerError
from hardware.scanners.wiring import ScannerWiring
from kiosk.config import Settings
from kiosk.config.printer import PrinterSettings
from kiosk.config.writing.draft import Draft
from kiosk.faults import Detail
from kiosk.jobs.upkeep.set_up import Hindrance, SetUp
from kiosk.screens.setup.fields import Field, Said
from kiosk.text import Language, Say


class Watched(Protocol):
    """A scanner that is listened to."""

    def close(self) -> None: ...


class Scanners(Protocol):
    """The scanners of this machine, as the wizard tries them. Both functions are called in the scanner's thread."""

    def found(self) -> list[FoundDevice]: ...
    def watch(
        self, wiring: ScannerWiring, scanned: Callable[[str], None], trouble: Callable[[ScannerError | None], None]
    ) -> Watched: ...


@dataclass
class Work:
    """What all pages work on, and what they need to try things out. `try_strips` lights them until the event is set
    and says how it went; `send_test` sends a test message by the last channel, to a phone or an e-mail address;
    `print_sheet` brings plain text onto paper, False where there is no printer.

    `ask` runs a function beside the screen and hands its answer back in the screen's own thread.
    """

    set_up: SetUp
    draft: Draft
    language: Language
    try_strips: Callable[[Settings, Event], Said]
    scanners: Scanners
    send_test: Callable[[Settings, str, Language], Said]
    print_sheet: Callable[[PrinterSettings, str], bool] = lambda printer, text: False
    pin: str = ""
    phrase: str = field(default="", repr=False)
    ask: Callable[[Callable[[], Said], Callable[[Said], None]], None] = field(default=lambda do, then: then(do()))
    repaint: Callable[[], None] = field(default=lambda: None)


class Page:
    """Answers stay in the fields when one goes back and forth; `take` brings them into the draft."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.fields: list[Field] = []
        self.at = 0

    def title(self, say: Say) -> str:
        raise NotImplementedError

    def intro(self, say: Say) -> str:
        """What is asked here, and why."""
        raise NotImplementedError

    def more(self, say: Say) -> list[str]:
        """Below the fields: what was tried out."""
        del say
        return []

    def keys(self, say: Say) -> str:
        """Keys of this page alone."""
        del say
        return ""

    def enter(self) -> None:
        """It is shown now."""

    def leave(self) -> None:
        """Another one is shown: nothing of this one goes on."""

    def take(self) -> Detail | None:
        """The answers go into the draft, or what is wrong with them."""
        return None

    def keep(self, fresh: Draft, about: Field | None = None) -> Detail | None:
        """The draft is this one from now on, unless something is wrong with it: then the cursor goes to `about`."""
        problem = self.work.set_up.problem(fresh)
        if problem is None:
            self.work.draft = fresh
        elif about is not None:
            return self.wrong(about, problem)
        return problem

    def wrong(self, field: Field, problem: Detail) -> Detail:
        """The cursor goes where the wrong answer is; it stays as it was typed, to be set right."""
        self.at = self.fields.index(field)
        return problem

    def key(self, key: str, character: str | None, t: float) -> bool:
        """Whether the page wants this key for itself."""
        del key, character, t
        return False

    @property
    def here(self) -> Field | None:
        """The field that is written into."""
        return self.fields[self.at] if self.fields else None

    def move(self, by: int) -> bool:
        """To another field; False where there is none."""
        to = self.at + by
        if not 0 <= to < len(self.fields):
            return False
        self.at = to
        self.fields[to].focus()
        return True


def wrong_sentence(say: Say, wrong: Detail) -> str:
    """Why an answer was not taken."""
    what = say(wrong.message, wrong.several, **wrong.values)
    return what if isinstance(wrong, Hindrance) else say("Not so. Wanted: {what}", what=what)
