"""What belongs to a screen as its owner wants it: `[screen]`, `[tones]` and `[inputs]` of station.toml."""

from datetime import time
from typing import NamedTuple

from kiosk.config.table import LAST_PIN, Table

_LANGUAGES = ("en", "zh")


class ScreenSettings(NamedTuple):
    """`language`: en or zh; None where the environment's locale decides. `large_text`: sentences painted.
    `touch`: whether fingers work the screen; None: they may, and get a digit pad where there is room for it."""

    language: str | None
    large_text: bool
    touch: bool | None


class ToneSettings(NamedTuple):
    """`output`: bell, buzzer or none; `pin` of the buzzer (BCM); silent from the first of `quiet` to the second."""

    output: str
    pin: int
    quiet: tuple[time, time] | None


class InputSettings(NamedTuple):
    """GPIO numbers (BCM) of buttons to ground; None where there is no such button."""

    call_staff_pin: int | None
    confirm_pin: int | None

    def by_pin(self) -> dict[int, str]:
        """The name of each button that there is."""
        return {pin: name for name, pin in self._asdict().items() if pin is not None}


def read_screen(table: Table) -> ScreenSettings:
    """Raises StationFault(BAD_SETTINGS)."""
    language = None if table.get("language", None) is None else table.choice("language", "", _LANGUAGES)
    touch = None if table.get("touch", None) is None else table.flag("touch", True)
    return ScreenSettings(language, table.flag("large_text", False), touch)


def read_tones(table: Table) -> ToneSettings:
    """Raises StationFault(BAD_SETTINGS)."""
    return ToneSettings(
        output=table.choice("output", "bell", ("bell", "buzzer", "none")),
        pin=table.whole("pin", 18, 0, LAST_PIN),
        quiet=table.hours("quiet"),
    )


def read_inputs(table: Table) -> InputSettings:
    """Raises StationFault(BAD_SETTINGS)."""
    return InputSettings(call_staff_pin=table.pin("call_staff_pin"), confirm_pin=table.pin("confirm_pin"))
