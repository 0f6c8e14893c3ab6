"""The wizard's page of the station itself: name, number, time zone."""

from kiosk.faults import Detail
from kiosk.screens.setup.fields import Field
from kiosk.screens.setup.page import Page, Work
from kiosk.text import Say


class NamePage(Page):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        draft = work.draft
        self._name = Field(lambda say: say("Name"), draft.name)
        self._number = Field(lambda say: say("Number"), draft.number, longest=12)
        self._zone = Field(lambda say: say("Time zone"), draft.time_zone)
        self.fields = [self._name, self._number, self._zone]

    def title(self, say: Say) -> str:
        return say("The station")

    def intro(self, say: Say) -> str:
        return say("The name stands on the customer screen; the number, A-Z and 0-9 such as S001, is in every QR code.")

    def take(self) -> Detail | None:
        named = self.work.draft._replace(name=self._name.value.strip())
        numbered = named._replace(number=self._number.value.strip().upper())
        fresh = numbered._replace(time_zone=self._zone.value.strip())
        for field, draft in zip(self.fields, (named, numbered, fresh), strict=True):
            if (problem := self.keep(draft, field)) is not None:
                return problem
        return None
