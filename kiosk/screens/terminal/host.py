"""What the terminal under a screen asks of the screen above it."""

from abc import abstractmethod

from textual.app import App


class Host(App[None], inherit_bindings=False):
    """`comes_back`: whether whoever opened it opens it again when it breaks. `is_touched`: fingers and mice may press
    what it shows."""

    comes_back = False
    is_touched = False

    @abstractmethod
    def hang_up(self) -> None:
        """The terminal has gone."""
