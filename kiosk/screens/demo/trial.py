"""The customer screen for a look at it, on a machine that is also used for other things: it can be left with a key."""

from kiosk.screens.customer.app import CustomerApp
from kiosk.text import words


class TrialApp(CustomerApp):
    def command_key(self, key: str) -> None:
        if key == "ctrl+q":
            self.exit()
        super().command_key(key)

    def keys_lines(self) -> tuple[str, ...]:
        leave = words(self.state.language)("^Q quit")
        return tuple(f"{keys}  {leave}" for keys in super().keys_lines())
