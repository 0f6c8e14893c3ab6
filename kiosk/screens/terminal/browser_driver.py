"""The terminal is a browser, behind `kiosk web`: packets on stdin and stdout instead of a terminal's bytes."""

import os
import selectors
from contextlib import suppress
from typing import Any

from textual import events, messages
from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver
from textual.geometry import Size

from kiosk.screens.terminal.host import Host
from kiosk.screens.terminal.terminal_keys import QUIET_S, TerminalKeys
from kiosk.text import Language

SMALLEST, LARGEST = (20, 8), (400, 150)  # columns and rows
_STDIN = 0
_SETTLE_S = 0.02
_READ = 4096
# A finger on the glass is for the page, which tells by itself where it was tapped.
_UNASKED = ("\x1b[?1000", "\x1b[?1003", "\x1b[?1006", "\x1b[?1015", "\x1b[>", "\x1b[<u", "\x1b[?1004", "\x1b[?2048")


class BrowserDriver(WebDriver):
    """Reads with the same distrust as KioskDriver. What has hung up closes the screen."""

    _app: Host

    def write(self, data: str) -> None:
        if not data.startswith(_UNASKED):
            with suppress(BrokenPipeError):  # stdin tells the same, and closes the screen
                super().write(data)

    def write_meta(self, data: dict[str, object]) -> None:
        with suppress(BrokenPipeError):
            super().write_meta(data)

    def tell_language(self, language: Language) -> None:
        """The page around it speaks as it does."""
        self.write_meta({"type": "language", "language": language})

    def start_application_mode(self) -> None:
        self._wanted = self._size
        super().start_application_mode()

    def run_input_thread(self) -> None:
        """Reads until told to stop, or until whoever started this has gone."""
        keys, packets = TerminalKeys(tells_presses=True), ByteStream()
        with selectors.DefaultSelector() as selector:
            selector.register(_STDIN, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if not selector.select(QUIET_S):
                    self._tell(keys.silence())
                elif data := os.read(_STDIN, _READ):
                    for kind, payload in packets.feed(data):
                        if kind == "D":
                            self._tell(keys.feed(payload))
                        else:
                            self._on_meta(kind, payload)
                else:
                    self._loop.call_soon_threadsafe(self._app.hang_up)
                    return

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """`resize` to what a page shows, which may be another page than before; `quit`."""
        if packet_type == "resize":
            asked = zip((payload["width"], payload["height"]), SMALLEST, LARGEST, strict=True)
            width, height = (min(max(int(str(size)), least), most) for size, least, most in asked)
            self._wanted = (width, height)
            self._loop.call_soon_threadsafe(self._resize)
        elif packet_type == "quit":
            self._app.post_message(messages.ExitApp())

    def _resize(self) -> None:
        """One size after another: two that are on the way at once chase each other through Textual for ever."""
        screen = self._app.screen if self._app.screen_stack else None
        if screen is None or screen.message_queue_size or (screen.size.width, screen.size.height) != self._size:
            self._loop.call_later(_SETTLE_S, self._resize)
            return
        self.write("\x1b[?1049h\x1b[?25l\x1b[?2004h")
        if self._wanted != self._size:
            self._size = self._wanted
            size = Size(*self._wanted) if self._wanted else Size(80, 24)
            self._app.post_message(events.Resize(size, size))
        self._app.refresh(layout=True)

    def _tell(self, told: list[Any]) -> None:
        for message in told:
            self.process_message(message)
