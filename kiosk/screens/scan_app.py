"""A screen that takes scans: keys become scans before any widget sees them."""

import asyncio
import logging
import os
import signal
import termios
from abc import abstractmethod
from collections.abc import Callable
from threading import Timer
from time import monotonic
from typing import ClassVar

from textual import events
from textual.binding import BindingType

from hardware.scanners.framing import read_frame
from hardware.scanners.wedge import WedgeReader
from kiosk.parcels.scan_places import ScanPlace
from kiosk.screens.terminal.defects import tell_of_loop
from kiosk.screens.terminal.host import Host
from kiosk.screens.terminal.kiosk_driver import KioskDriver

HANG_UP_S = 3.0  # how long Textual may take to notice that its terminal has gone
TYPING_S = 0.03  # a key is painted so much later, a scan by then is over
log = logging.getLogger("kiosk.screens")


class ScanApp(Host, inherit_bindings=False):
    """Locked down: no key quits it, nothing can be selected, no palette opens. It ends on SIGTERM, on SIGINT where
    whoever started it did not ignore that one, and when its terminal goes."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self) -> None:
        super().__init__(driver_class=KioskDriver)
        self.reader = WedgeReader()
        self.keyboard_at = ScanPlace.ANY
        self.is_to_end: Callable[[], bool] = lambda: False  # whether SIGTERM came before this screen heard of signals
        self._typing_is_due = False
        self._last_was_press = False

    def open_screen(self) -> None:
        """Until it ends. Raises what broke it, when something did."""
        self.run(mouse=False)
        if self._exception is not None:
            raise self._exception

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(tell_of_loop)
        for number in (signal.SIGTERM, signal.SIGINT):
            if signal.getsignal(number) is not signal.SIG_IGN:
                loop.add_signal_handler(number, self.exit)
        loop.add_signal_handler(signal.SIGHUP, self._on_hang_up_signal)
        if self.is_to_end():
            self.exit()

    def _handle_exception(self, error: Exception) -> None:
        """Textual would tell a customer all about it, with the values of variables. Here the screen only ends; who
        opened it gets the exception."""
        if self._exception is None:
            self._return_code = 1
            self._exception = error
            self._exception_event.set()
            self._close_messages_no_wait()
        else:
            log.error("and one more", exc_info=error)

    def panic(self, *renderables: object) -> None:
        """Textual's other way of telling."""
        del renderables
        self._handle_exception(RuntimeError("panic"))

    @abstractmethod
    def go_dark(self) -> None:
        """The screen ends: no light of its own stays on."""

    def _on_hang_up_signal(self) -> None:
        """Anybody may send it; the terminal itself knows whether it has gone."""
        try:
            termios.tcgetattr(0)
        except termios.error:
            self.hang_up()

    def hang_up(self) -> None:
        """The terminal has gone. Textual may wait for it for ever, so the process ends by itself, with dark strips."""
        self.go_dark()
        last_resort = Timer(HANG_UP_S, os._exit, [0])
        last_resort.daemon = True
        last_resort.start()
        self.exit()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key):
            self.take_key(event.key, event.character, event.time)
        elif isinstance(event, events.Paste):
            if not event.is_forwarded:
                self.reader.clear()
                self.scanned(event.text, self.keyboard_at)
        else:
            await super().on_event(event)

    def take_press(self, key: str, character: str | None, t: float) -> None:
        """A key that a finger pressed on the screen. One between two keys of a scanner must not get into the scan."""
        if self._last_was_press or not self.reader.is_in_flight(t):
            self.take_key(key, character, t)
            self._last_was_press = True

    def take_key(self, key: str, character: str | None, t: float) -> None:
        """As Textual names it, with its character if it has one; `t` by the clock of Textual's events."""
        self._last_was_press = False
        fed = self.reader.feed(key, character, t)
        if fed.scan is not None:
            # No repaint here: the answer repaints all, and until then the jobs and the lights need the processor.
            self.scanned(read_frame(fed.scan).text, self.keyboard_at)
            return
        if not fed.taken:
            self.command_key(key)
        self._show_typing_soon()

    def forget_half_typed(self) -> None:
        """What somebody left a while ago; by the clock that Textual gives its keys, which is not the station's."""
        self.reader.forget(monotonic())

    def _show_typing_soon(self) -> None:
        """A person's key is painted after a moment, a scanner's keys not one by one: the scan will be over by then."""
        if not self._typing_is_due:
            self._typing_is_due = True
            self.set_timer(TYPING_S, self._show_typing)

    def _show_typing(self) -> None:
        self._typing_is_due = False
        self.typing(self.reader.typed)

    @abstractmethod
    def scanned(self, text: str, at: ScanPlace = ScanPlace.ANY) -> None:
        """Something was scanned, pasted, or typed and ended with Enter; `at` that place of the station."""

    @abstractmethod
    def typing(self, typed: str) -> None:
        """The unfinished typing changed."""

    @abstractmethod
    def command_key(self, key: str) -> None:
        """A key that is no part of a scan, such as F1 or Escape."""
