"""The wizard's page of the shelves: how many, and how they are divided."""

from kiosk.config.writing.draft import Layout, without_strip
from kiosk.faults import Detail, told
from kiosk.screens.setup.fields import ChoiceField, NumberField
from kiosk.screens.setup.page import Page, Work
from kiosk.text import Say

_USUAL = Layout(6, 5, 4, 2)
_KEEP, _PLAIN = "keep", "plain"


class ShelvesPage(Page):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._is_plain = work.draft.layout is not None
        layout = work.draft.layout or _USUAL
        self._kept = ChoiceField(
            lambda say: say("Shelves"),
            _KEEP,
            [(_KEEP, lambda say: say("as in the file")), (_PLAIN, lambda say: say("new, all alike"))],
        )
        self._numbers = [
            NumberField(lambda say: say("Shelves"), layout.shelves, 1, 99),
            NumberField(lambda say: say("Levels of each"), layout.levels, 1, 20),
            NumberField(lambda say: say("Slots of each"), layout.slots, 1, 60),
            NumberField(lambda say: say("Pixels of each"), layout.pixels, 1, 60),
        ]
        self.fields = [*self._numbers] if self._is_plain else [self._kept]

    def title(self, say: Say) -> str:
        return say("Shelves")

    def intro(self, say: Say) -> str:
        if not self._is_plain:
            return say("These shelves were measured or are not all alike: station.toml says how.")
        return say("Levels count from the lowest, slots from the left. A slot is lit by so many pixels of the strip.")

    def more(self, say: Say) -> list[str]:
        layout = self._layout()
        if layout is None or not self._asks:
            return []
        slots = layout.shelves * layout.levels * layout.slots
        return [say("slots: {slots}, pixels of the strip: {pixels}", slots=slots, pixels=layout.needed)]

    @property
    def _asks(self) -> bool:
        return self._is_plain or self._kept.value == _PLAIN

    def key(self, key: str, character: str | None, t: float) -> bool:
        del t
        if self._is_plain or self.here is not self._kept or not self._kept.key(key, character):
            return False
        self.fields = [self._kept, *self._numbers] if self._asks else [self._kept]
        return True

    def _layout(self) -> Layout | None:
        found = [field.number for field in self._numbers]
        return Layout(*[number or 0 for number in found]) if None not in found else None

    def take(self) -> Detail | None:
        work = self.work
        for field in self._numbers:
            if self._asks and field.number is None:
                low, high = field.reach
                return self.wrong(field, told("a whole number from {low} to {high}", low=low, high=high))
        fresh = work.draft._replace(layout=self._layout() if self._asks else None)
        problem = work.set_up.problem(without_strip(fresh))
        if problem is not None:
            return problem
        strip = fresh.strip
        if strip is not None and fresh.layout is not None and fresh.layout != work.draft.layout:
            # as long as its shelves, unless it was longer than those before
            before = work.draft.layout.needed if work.draft.layout else 0
            spare = max(strip.pixels - before, 0) if before else 0
            fresh = fresh._replace(strip=strip._replace(pixels=fresh.layout.needed + spare))
        work.draft = fresh
        return None
