"""Push buttons between a GPIO and ground, through gpiozero's Button."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

BOUNCE_S = 0.05
log = logging.getLogger("kiosk.buttons")


class Buttons:
    """`actions` by pin (BCM number) are called in a thread of gpiozero's. A pin that fails is logged and left out."""

    def __init__(self, actions: Mapping[int, Callable[[], None]]) -> None:
        from gpiozero import Button

        from hardware.pins import ensure_pins

        self._buttons: list[Any] = []
        for pin, action in actions.items():
            try:
                ensure_pins()
                button = Button(pin, pull_up=True, bounce_time=BOUNCE_S)
                button.when_pressed = action
                self._buttons.append(button)
            except Exception as broken:
                log.error("button on GPIO %s: %s", pin, broken)

    def close(self) -> None:
        for button in self._buttons:
            button.close()
