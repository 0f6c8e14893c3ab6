"""The sheets that a desk has begun and not closed: the last one is at hand, and what was before it comes after it."""

from kiosk.jobs.sheets.sheet import SheetStory


class OpenSheets:
    """Whichever is opened, or gone on with, is on top."""

    def __init__(self) -> None:
        self._sheets: tuple[SheetStory, ...] = ()  # never changed in place: the screen reads it while jobs go on

    @property
    def top(self) -> SheetStory | None:
        sheets = self._sheets
        return sheets[-1] if sheets else None

    @property
    def numbers(self) -> tuple[str, ...]:
        """The last one first."""
        return tuple(str(one.sheet) for one in reversed(self._sheets))

    def put(self, sheet: SheetStory) -> None:
        """On top, but for one that is closed by now."""
        others = self._without(sheet.sheet)
        self._sheets = others if sheet.closed_at else (*others, sheet)

    def close(self, number: int) -> None:
        self._sheets = self._without(number)

    def note(self, sheet: SheetStory) -> None:
        """How far one has got, or that somebody else has closed it."""
        kept = [sheet if one.sheet == sheet.sheet else one for one in self._sheets]
        self._sheets = tuple(one for one in kept if one.closed_at is None)

    def leave(self) -> None:
        """The one on top stays open, and is at hand no more."""
        self._sheets = self._sheets[:-1]

    def leave_all(self) -> None:
        self._sheets = ()

    def _without(self, number: int) -> tuple[SheetStory, ...]:
        return tuple(one for one in self._sheets if one.sheet != number)
