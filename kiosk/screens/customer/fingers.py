"""Fingers on the customer's screen: the line of keys and, where there is room for it, a digit pad are to be touched."""

from kiosk.screens.customer.pane import CustomerPane
from kiosk.screens.customer.touch.digit_pad import pressed
from kiosk.screens.customer.touch.key_line import key_at
from kiosk.screens.terminal.terminal_keys import Pressed
from kiosk.text import Say

_NO_KEY: tuple[str, None] = ("finger", None)  # it counts as any key does: somebody is there
_KEY_IS_A_ROW_OF = 12  # rows of a screen that the installer set up as the page says: 15 mm and more


class Fingers:
    """`touch`: as in the settings; None where the pad is shown if there is room."""

    def __init__(self, pane: CustomerPane, touch: bool | None) -> None:
        self._pane = pane
        self.may_press = touch is not False
        pane.needs_digits = touch is True
        self._came_down_on: tuple[str, str | None] | None = None

    def offer_digits(self, say: Say, *, are_taken: bool) -> None:
        """`are_taken`: something may be typed now."""
        self._pane.enter = say("OK") if self.may_press and are_taken else ""

    def key(self, message: Pressed) -> tuple[str, str | None] | None:
        """The key that is pressed when a finger is lifted off what it came down on, and its character; wherever else
        it went, it presses none by name."""
        on = self._under(message.column, message.row)
        if not message.is_lifted:
            self._came_down_on = on
            return None
        came_down_on, self._came_down_on = self._came_down_on, None
        return on if on and on == came_down_on else _NO_KEY

    def _under(self, column: int, row: int) -> tuple[str, str | None] | None:
        """A digit of the pad, or a key of the line."""
        if digit := self._pane.pad.key_at(column, row):
            return pressed(digit)
        line, place = self._pane.keys_shown
        row -= place.y
        key = key_at(line, column - place.x, max(row, 0)) if row >= -self._reach() else None
        return (key, None) if key else None

    def _reach(self) -> int:
        """Rows above the line of keys that belong to it, so that no key is too low for a finger."""
        return max(self._pane.size.height // _KEY_IS_A_ROW_OF - 1, 0)
