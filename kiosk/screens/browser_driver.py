"""The terminal is a browser, behind `kiosk web`: packets on stdin and stdout instead of a terminal's bytes."""

import os
import selectors
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events, messages
from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver
from textual.geometry import Size

from kiosk.screens.terminal_keys import QUIET_S, TerminalKeys

if TYPE_CHECKING:
    from kiosk.screens.scan_app import ScanApp

SMALLEST, LARGEST = (20, 8), (400, 150)  # columns and rows
_STDIN = 0
_READ = 4096
# A finger on the glass is for the page, and nothing here is clicked at.
_UNASKED = ("\x1b[?1000", "\x1b[?1003", "\x1b[?1006", "\x1b[?1015", "\x1b[>", "\x1b[<u", "\x1b[?1004", "\x1b[?2048")


class BrowserDriver(WebDriver):
    """Reads with the same distrust as KioskDriver. What has hung up closes the screen."""

    _app: "ScanApp"

    def write(self, data: str) -> None:
        if not data.startswith(_UNASKED):
            with suppress(BrokenPipeError):  # stdin tells the same, and closes the screen
                super().write(data)

    def write_meta(self, data: dict[str, object]) -> None:
        with suppress(BrokenPipeError):
            super().write_meta(data)

    def run_input_thread(self) -> None:
        """Reads until told to stop, or until whoever started this has gone."""
        keys, packets = TerminalKeys(), ByteStream()
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
            self.write("\x1b[?1049h\x1b[?25l\x1b[?2004h")
            asked = zip((payload["width"], payload["height"]), SMALLEST, LARGEST, strict=True)
            size = Size(*(min(max(int(str(size)), least), most) for size, least, most in asked))
            self._size = (size.width, size.height)
            self._app.post_message(events.Resize(size, size))
            self._loop.call_soon_threadsafe(partial(self._app.refresh, layout=True))
        elif packet_type == "quit":
            self._app.post_message(messages.ExitApp())

    def _tell(self, told: list[Any]) -> None:
        for message in told:
            self.process_message(message)
