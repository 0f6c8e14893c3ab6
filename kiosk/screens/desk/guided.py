"""The desk for whoever does not know its words: the menu, and what a word that is typed may become.

Nothing of this is worked out for a scan: it is over before what is typed is painted, and Tab right after a character is
a scanner's, which ends its codes so.
"""

from abc import abstractmethod
from time import monotonic

from hardware.scanners.wedge import PAUSE_S
from kiosk.parcels.meanings import BadgeScan, CodeScan, CommandScan, WaybillScan
from kiosk.parcels.scans import recognise, unframed
from kiosk.screens.desk.menu.typed import typed_line
from kiosk.screens.desk.state import DeskState
from kiosk.screens.desk.view import DeskView
from kiosk.screens.kiosk_app import DeviceScanned, KioskApp
from kiosk.screens.terminal.terminal_keys import Pressed
from kiosk.text.desk.completing import Completion, Known, complete
from kiosk.text.desk.jobs import form_of
from kiosk.text.desk_words import in_english

_TABS = ("tab", "ctrl+i")
_SCANS = (BadgeScan, CodeScan, CommandScan, WaybillScan)
_OF_NUMBERS = ("in", "sure", "history", "also")
_LABEL = "SLOT:"
_STAYS_FOR = "f2"  # the language of the menu itself


class GuidedDesk(KioskApp):
    """`_completion`: of what is typed just now, as it was painted."""

    state: DeskState
    view: DeskView
    _completion: Completion | None = None
    _completed_of = ""

    @abstractmethod
    def _show(self) -> None:
        """All of it anew."""

    # What is typed

    def typing(self, typed: str) -> None:
        self.state.touched_at = self.view.monotonic()
        menu = self.view.menu
        marked = menu.entry_meant(unframed(typed)) if menu.is_open and typed else None
        if marked is not None and marked != menu.marked:
            menu.marked = marked
            self._show()
        self._completed_of, self._completion = typed, self._complete(typed)
        view, pane = self.view, self.view.pane
        masked = self.state.masked(typed)
        pane.put("typed", typed_line(masked, self._completion, pane.size.width - 2, view.muted) if typed else "")

    def _complete(self, typed: str) -> Completion | None:
        state = self.state
        if not typed or state.locked or state.masked(typed) != typed:
            return None
        known = Known(state.hand.sheets.numbers, self.view.places)
        return complete(typed, state.language, state.role, known)

    def take_key(self, key: str, character: str | None, t: float) -> None:
        if key in _TABS and t - self.reader.last_key_at >= PAUSE_S and self._take_completion(t):
            return
        super().take_key(key, character, t)

    def _take_completion(self, t: float) -> bool:
        found, typed = self._completion, self.reader.typed
        if found is None or typed != self._completed_of or found.text == typed:
            return False
        self._begin(found.text, t)
        return True

    def _begin(self, text: str, t: float) -> None:
        self.reader.begin(text, t)
        self.typing(text)

    def with_its_word(self, text: str) -> str:
        """Somebody who types fast what a word needs, after the menu or the completion wrote the word, has scanned
        nothing: only what is plainly a scan is one."""
        before = self.reader.cut_off
        if before and self.reader.is_far and in_english(before).split()[0] in _OF_NUMBERS:
            return before + text  # nothing tells a number that is typed there from one that is scanned
        if not before or isinstance(recognise(in_english(text)).means, _SCANS) or text.startswith(_LABEL):
            return text
        return before + text

    # The menu

    def open_menu(self) -> None:
        self.reader.clear()
        self.view.close_lists()
        self.view.menu.open()
        self._show()

    def walks(self, key: str) -> bool:
        """Whether the menu, or what is typed, is what this key is for."""
        menu = self.view.menu
        if self.view.helps and key == "escape":
            self.reader.clear()
            self.view.close_lists()
            self._show()
            return True
        if self.state.locked or not (menu.is_open or key == "right"):
            return False
        if not menu.is_open or (key == "right" and menu.word):
            return self._take_completion(monotonic())
        if key == "escape" or (key == "left" and (menu.job or menu.word)):
            menu.back()
        elif key == "right":
            self._choose(menu.marked)
            return True
        elif key == "f10":
            menu.close()
        elif not menu.step(key):
            if key != _STAYS_FOR:
                menu.close()
            return False
        self.reader.clear()
        self._show()
        return True

    def takes_entry(self, text: str) -> bool:
        """Whether what was typed chooses from the open menu; all else closes it and is done as ever."""
        menu = self.view.menu
        if self.state.locked or not menu.is_open:
            return False
        entry = menu.entry_meant(unframed(text))
        if entry is None:
            menu.close()
            self._show()
            return False
        self._choose(entry)
        return True

    def _choose(self, entry: int) -> None:
        menu, state = self.view.menu, self.state
        self.reader.clear()
        word = menu.take(entry)
        form = form_of(self.view.say, state.language, state.role, word) if word else None
        if form is not None and form.is_whole:
            menu.close()
            self._show()
            self.scanned(form.word, self.keyboard_at)
            return
        menu.word = word
        self._show()
        if form is not None:
            self._begin(f"{form.shown} ", monotonic())

    def on_device_scanned(self, message: DeviceScanned) -> None:
        """No scanner that is read past the terminal chooses from a menu."""
        if self.view.menu.is_open:
            self.view.menu.close()
            self._show()
        super().on_device_scanned(message)

    def on_pressed(self, message: Pressed) -> None:
        """A finger on an entry; one between two keys of a scanner takes none."""
        entry = self.view.entry_at(message.row)
        if entry is not None and not message.is_lifted and not self.reader.is_in_flight(message.time):
            self.state.touched_at = self.view.monotonic()
            self._choose(entry)

    def forget_half_typed(self) -> None:
        super().forget_half_typed()
        if self.view.menu.word and not self.reader.typed:
            self.view.menu.close()
            self._show()
