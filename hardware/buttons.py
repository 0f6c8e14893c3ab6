"""Push buttons between a GPIO and ground, through gpiozero's Button."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from hardware.trouble import DeviceFault

BOUNCE_S = 0.05
log = logging.getLogger("kiosk.buttons")


class Buttons:
    """`actions` by pin (BCM number) are called in a thread of gpiozero's. `faults` are those of pins that are not
    heard, logged once each."""

    def __init__(self, actions: Mapping[int, Callable[[], None]]) -> None:
        self.faults: dict[int, DeviceFault] = {}
        self._actions = actions
        self._buttons: dict[int, Any] = {}

    def open(self) -> bool:
        """Whether all are heard now; again it opens those that failed."""
        for pin in self._actions.keys() - self._buttons.keys():
            self._open(pin)
        return not self.faults

    def close(self) -> None:
        for button in self._buttons.values():
            button.close()
        self._buttons.clear()

    def _open(self, pin: int) -> None:
        from gpiozero import Button

        from hardware.pins import ensure_pins, pin_failed

        try:
            ensure_pins()
            button = Button(pin, pull_up=True, bounce_time=BOUNCE_S)
        except Exception as broken:
            fault = pin_failed(broken, str(pin)).fault
            if fault != self.faults.get(pin):
                log.error("button on GPIO %s: %s", pin, fault)
            self.faults[pin] = fault
            return
        button.when_pressed = self._actions[pin]
        self._buttons[pin] = button
        if self.faults.pop(pin, None):
            log.warning("button on GPIO %s works again", pin)
