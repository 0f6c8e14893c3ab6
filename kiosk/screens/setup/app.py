"""`kiosk setup`: a few pages of questions. Keys only; nothing is written before the last page is confirmed."""

import contextlib
from collections.abc import Callable
from threading import Thread
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kiosk.parcels.scan_places import ScanPlace
from kiosk.screens.scan_app import ScanApp
from kiosk.screens.setup.fields import Said
from kiosk.screens.setup.page import Page, Work, wrong_sentence
from kiosk.screens.setup.summary import DonePage, SummaryPage
from kiosk.screens.widgets.as_shown import as_shown
from kiosk.screens.widgets.narrow import packed
from kiosk.text import words
from kiosk.text.line_breaks import broken

_FORWARD, _BACK = ("enter", "pagedown"), ("escape", "pageup")


class SetupScreen(ScanApp):
    """After run(), `then` is the command to go on with, None when nothing was written."""

    CSS_PATH: ClassVar[str] = "setup_screen.tcss"

    def __init__(self, work: Work, pages: list[Page]) -> None:
        super().__init__()
        self.then: str | None = None
        self._work, self._pages = work, [*pages, SummaryPage(work), DonePage(work)]
        self._at = 0
        self._note: Said | None = None
        self._is_leaving = False
        self._lines = {name: Static(id=name, markup=False) for name in ("title", "body", "note", "keys")}
        work.ask, work.repaint = self._ask, self._repaint

    def compose(self) -> ComposeResult:
        yield from self._lines.values()

    def on_mount(self) -> None:
        self._page.enter()
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    @property
    def _page(self) -> Page:
        return self._pages[self._at]

    @property
    def _is_done(self) -> bool:
        return isinstance(self._page, DonePage)

    # What comes in

    async def on_event(self, event: events.Event) -> None:
        """A page is typed into: keys are no scans here, but where it wants them to be."""
        if isinstance(event, events.Key):
            self._key(event.key, event.character, event.time)
            self._show()
        else:
            await super().on_event(event)

    def scanned(self, text: str, at: ScanPlace = ScanPlace.ANY) -> None:
        """It was pasted."""
        del at
        if self._page.here is not None:
            self._page.here.paste(text)
            self._show()

    def typing(self, typed: str) -> None:
        """Nothing is collected beside the fields."""

    def command_key(self, key: str) -> None:
        """Keys are read in on_event()."""

    def _key(self, key: str, character: str | None, t: float) -> None:
        is_leaving, self._is_leaving, self._note = self._is_leaving, False, None
        page = self._page
        if page.key(key, character, t):
            pass
        elif key == "ctrl+c" or (key == "escape" and self._at == 0):
            self._leave(is_leaving)
        elif key == "f2":
            self._work.language = self._work.language.other
            page.enter() if self._at == 0 else None
        elif key in ("down", "tab"):
            page.move(1)
        elif key in ("up", "shift+tab"):
            page.move(-1)
        elif key in _FORWARD:
            if key != "enter" or not page.move(1):
                self._forward()
        elif key in _BACK:
            self._back()
        elif page.here is not None:
            page.here.key(key, character)

    def _leave(self, is_sure: bool) -> None:
        if self._is_done:
            self.exit()
        elif is_sure:
            self._page.leave()
            self.exit()
        else:
            self._is_leaving = True
            self._note = lambda say: say("Nothing is written yet. The same key once more leaves.")

    def _forward(self) -> None:
        problem = self._page.take()
        if problem is not None:
            self._note = lambda say: wrong_sentence(say, problem)
        elif isinstance(self._page, DonePage):
            self.then = self._page.then
            self.exit()
        else:
            self._turn(1)
            self.then = "" if self._is_done else None

    def _back(self) -> None:
        if self._is_done:
            self.exit()
        else:
            self._turn(-1)

    def _turn(self, by: int) -> None:
        self._page.leave()
        self._at += by
        self._page.at = 0
        self._page.enter()
        if self._page.here is not None:
            self._page.here.focus()

    # What runs beside the screen

    def _ask(self, do: Callable[[], Said], then: Callable[[Said], None]) -> None:
        def run() -> None:
            said = do()
            with contextlib.suppress(RuntimeError):  # the screen has ended meanwhile
                self.call_from_thread(then, said)

        Thread(target=run, name="setup", daemon=True).start()

    def _repaint(self) -> None:
        """From any thread."""
        self.call_later(self._show)

    def go_dark(self) -> None:
        self._page.leave()

    # What is shown

    def _show(self) -> None:
        say, page = words(self._work.language), self._page
        width = max(self.size.width - 2, 20)
        number = say("{number} of {all}", number=self._at + 1, all=len(self._pages))
        self._put("title", f"{say('Setting up')}  {number}  {page.title(say)}")
        fields = [field.shown(say, width, is_here=field is page.here) for field in page.fields]
        more = [line for text in page.more(say) for line in broken(as_shown(text), width)]
        intro = broken(page.intro(say), width)
        room = self.size.height - len(intro) - len(fields) - len(more) - 6
        gap = [""] if room > 0 else []
        self._put("body", "\n".join([*intro, *gap, *fields, *(gap if fields else []), *more]))
        note = "\n".join(broken(as_shown(self._note(say)), width)) if self._note else ""
        self._put("note", note)
        self._lines["note"].display = bool(note)
        keys = [
            page.keys(say),
            say("Enter next"),
            say("Esc back"),
            f"F2 {self._work.language.other.own_name}",
            say("Ctrl-C leave"),
        ]
        self._put("keys", packed([key for key in keys if key], width))

    def _put(self, place: str, text: str) -> None:
        self._lines[place].update(Content(as_shown(text)))
