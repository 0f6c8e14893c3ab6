"""The station's push buttons: heard by one screen at a time, tried again while they do not work, told to the others."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from threading import Event, Thread

from hardware.buttons import Buttons
from kiosk.button_status import ButtonStatus, buttons_lock, publish_buttons

AGAIN_S = (2.0, 5.0, 15.0, 30.0)
_END_S = 2.0
log = logging.getLogger("kiosk.screens")


class PushButtons:
    """`names` (of [inputs]) by pin; `pushed(pin)` is called in a thread of gpiozero's, which is loaded in ours."""

    def __init__(self, runtime: Path, terminal: str, names: Mapping[int, str], pushed: Callable[[int], None]) -> None:
        self._runtime, self._terminal, self._names, self._pushed = runtime, terminal, names, pushed
        self._closing = Event()
        self._thread = Thread(target=self._run, name="push buttons", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        self._thread.join(_END_S)

    def _run(self) -> None:
        lock = buttons_lock(self._runtime)
        buttons = Buttons({pin: partial(self._pushed, pin) for pin in self._names})
        tries = 0
        try:
            while not self._closing.is_set():
                if lock.is_in_place() or lock.try_lock(self._terminal):
                    is_done = buttons.open()
                    publish_buttons(
                        self._runtime, [ButtonStatus(self._names[n], n, buttons.faults.get(n)) for n in self._names]
                    )
                    if is_done:
                        self._closing.wait()
                self._closing.wait(AGAIN_S[min(tries, len(AGAIN_S) - 1)])
                tries += 1
        except Exception:  # the keyboard does the same
            log.exception("the push buttons do not work")
        finally:
            buttons.close()
            lock.release()
