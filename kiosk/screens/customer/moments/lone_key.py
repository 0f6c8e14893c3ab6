"""A key that only meant "I am still here", unless somebody goes on typing a code."""


class LoneKey:
    """It extended the light, and may yet be the first of a code."""

    def __init__(self) -> None:
        self._typed = self._extended = ""

    def is_new(self, typed: str) -> bool:
        """Whether more, less or something else is typed than at the last time."""
        before, self._typed = self._typed, typed
        return typed != before

    def extended(self, typed: str) -> None:
        """This is what was typed when the light was extended."""
        self._extended = typed

    def is_all(self, typed: str) -> bool:
        """Whether nobody typed on; to be asked once, when they had the time to."""
        extended, self._extended = self._extended, ""
        return bool(extended) and typed == extended
