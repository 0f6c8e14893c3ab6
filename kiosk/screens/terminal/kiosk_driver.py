"""The terminal under a screen: read with distrust, never suspended, its size kept within reason."""

import os
import selectors
import signal
import termios
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from kiosk.screens.terminal.host import Host
from kiosk.screens.terminal.terminal_keys import QUIET_S, TerminalKeys

LARGEST = (400, 150)  # columns and rows that are painted; a terminal may claim 65535 of each
USUAL = (80, 24)  # where it does not tell: a serial line says 0 by 0
_READ = 4096
_STDOUT = 1
# Asked of the terminal by Textual and of no use here: every question is one more thing that can be answered wrongly.
_PRESSES_TOLD, _PRESSES_UNTOLD = "\x1b[?1000h\x1b[?1006h", "\x1b[?1006l\x1b[?1000l"
_UNASKED = ("\x1b[>", "\x1b[<u", "\x1b[?1004", "\x1b[?2048")


class KioskDriver(LinuxDriver):
    """Textual's driver; what a scanner or a customer could do to it is taken out."""

    _app: Host

    def __init__(self, app: Host, **options: Any) -> None:
        super().__init__(app, **options)
        # stdout is known to be the terminal, stderr may be a journal; a character it cannot say must not end the paint
        self._file = os.fdopen(_STDOUT, "w", encoding="utf-8", errors="replace", closefd=False)
        self._size = self._get_terminal_size()
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
        self._loop.add_signal_handler(signal.SIGCONT, self._come_back)

    def _get_terminal_size(self) -> tuple[int, int]:
        """Of the terminal itself, whatever COLUMNS and LINES say."""
        try:
            told = os.get_terminal_size(_STDOUT)
        except (OSError, ValueError):
            told = os.terminal_size((0, 0))
        width, height = (min(size or usual, most) for size, usual, most in zip(told, USUAL, LARGEST, strict=True))
        return width, height

    def write(self, data: str) -> None:
        if not data.startswith(_UNASKED):
            super().write(data)

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._tell_presses()
        for number in (signal.SIGTTOU, signal.SIGTTIN):
            signal.signal(number, signal.SIG_IGN)

    def stop_application_mode(self) -> None:
        """When the screen broke and comes back it stays as it is: what lies under it is not for customers."""
        if self._app.is_touched:
            self.write(_PRESSES_UNTOLD)
        if self._app._exception is not None and self._app.comes_back:
            self._disable_bracketed_paste()
            self.disable_input()
        else:
            super().stop_application_mode()
        self._loop.remove_signal_handler(signal.SIGCONT)

    def _come_back(self) -> None:
        """Somebody stopped the process and let it go on; a shell may have had the terminal meanwhile."""
        try:
            attributes = termios.tcgetattr(self.fileno)
            attributes[0] = self._patch_iflag(attributes[0])
            attributes[3] = self._patch_lflag(attributes[3])
            termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)
        except termios.error:
            return
        self.write("\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h")
        self._tell_presses()
        self._app.refresh(layout=True)

    def _tell_presses(self) -> None:
        """Where they begin and end, and no way between them: nothing is dragged, selected or scrolled."""
        if self._app.is_touched:
            self.write(_PRESSES_TOLD)

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except Exception as defect:
            self._loop.call_soon_threadsafe(self._app._handle_exception, defect)

    def run_input_thread(self) -> None:
        """Reads until told to stop, or until the terminal has gone."""
        keys = TerminalKeys(tells_presses=self._app.is_touched)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if not selector.select(QUIET_S):
                    told = keys.silence()
                elif data := self._read():
                    told = keys.feed(data)
                else:
                    self._loop.call_soon_threadsafe(self._app.hang_up)
                    return
                for message in told:
                    message.time = told[0].time  # read at once: a busy processor's pause between them is no person's
                    self.process_message(message)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _READ)
        except OSError:
            return b""
