"""What the terminal under a screen asks of the screen above it."""

from abc import abstractmethod

from textual.app import App


class Host(App[None], inherit_bindings=False):
    """`comes_back`: whether whoever opened it opens it again when it breaks."""

    comes_back = False

    @abstractmethod
    def hang_up(self) -> None:
        """The terminal has gone."""
