"""What is said of the item that comes next: of exactly that one its phone, e-mail and consent, of it and those after it
courier and size."""

from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from kiosk.counter.answers import GivenTo, Said, StaffAnswer, WhoseAsked
from kiosk.jobs.changed import Changed
from kiosk.jobs.records.undo import Undone
from kiosk.jobs.sheets.sheet import SheetClosed, SheetStory
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.parcels.particulars import NOTHING_SAID, Particulars
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import MIXED, SheetKind
from kiosk.parcels.states import Event


class Order(StrEnum):
    """Whether a clerk says whose a parcel is before or after its waybill, as the last one told."""

    UNKNOWN = "unknown"
    PHONE_FIRST = "phone_first"
    WAYBILL_FIRST = "waybill_first"


class LastIn(NamedTuple):
    """The item that came in last. `took`: whose it is was said before; `after_took`: so it was of the one before it."""

    waybill: str
    took: bool
    after_took: bool


# Answers that show nothing else than was there: what came in last is still what the clerk is at.
_BESIDE = (Said, WhoseAsked, GivenTo)
_OF_WORDS = frozenset({Problem.UNKNOWN_WORD, Problem.BAD_PHONE, Problem.BAD_EMAIL, Problem.UNKNOWN_COURIER})


class ForNext:
    """It belongs to the jobs' thread, as the hand does: said, used up and taken back in the order of the scans."""

    def __init__(self) -> None:
        self.said = NOTHING_SAID
        self.asked: WhoseAsked | None = None
        self.asked_of: Scan | None = None  # the item that did not come in for it
        self.last: LastIn | None = None  # while nothing else has been shown since
        self.order = Order.UNKNOWN
        self.gave: Particulars | None = None  # to that item, after it came in; as long as nothing else was done
        self._newest: LastIn | None = None
        self._is_uncertain = False

    def take_back(self) -> bool:
        """All that was said; False where nothing was."""
        was_said = self.said != NOTHING_SAID
        self.said, self.asked, self.asked_of = NOTHING_SAID, None, None
        return was_said

    def ask(self, question: WhoseAsked, scan: Scan | None = None) -> WhoseAsked:
        self.asked, self.asked_of = question, scan
        return question

    def decided(self) -> None:
        self.asked = self.asked_of = None

    def given(self, to: LastIn, said: Particulars) -> None:
        """What was said of one was the parcel's that came in last."""
        self.said, self.order = self.said.of_several, Order.WAYBILL_FIRST
        self.last, self.gave = LastIn(to.waybill, took=False, after_took=False), said
        if self._newest and self._newest.waybill == to.waybill:
            self._newest = self.last
        self.decided()

    def note(self, answer: StaffAnswer, of_scan: bool, took: Particulars) -> None:
        """An answer came to a word or (`of_scan`) to a scan, with `took` at hand for what is new."""
        self.gave = None
        if isinstance(answer, CheckedIn):
            self._came_in(answer, took)
        elif isinstance(answer, Refused):
            if of_scan and answer.problem not in _OF_WORDS:
                self.last = None  # it is another parcel that the clerk holds now
        elif isinstance(answer, SheetStory | SheetClosed):
            self._other_driver(answer)
        elif not isinstance(answer, _BESIDE) and not self._is_still_about_last(answer):
            self.last = None

    def failed(self) -> None:
        """The disk did, so that nobody knows whether the item came in with what was said."""
        self._is_uncertain = True

    def _came_in(self, answer: CheckedIn, took: Particulars) -> None:
        if not answer.again or self._is_uncertain:
            self._is_uncertain = False
            did_take = took.names_somebody
            self._newest = LastIn(answer.waybill, did_take, bool(self._newest and self._newest.took))
            if took.of_one != NOTHING_SAID:
                self.said = self.said.of_several
            if did_take:
                self.order = Order.PHONE_FIRST
        self.last = self._newest if self._newest and self._newest.waybill == answer.waybill else None
        if self.last is None:
            self.last = LastIn(answer.waybill, took=False, after_took=False)

    def _other_driver(self, sheet: SheetStory | SheetClosed) -> None:
        """The next driver brings another courier's."""
        self.last = None
        if isinstance(sheet, SheetClosed):
            self.said = self.said.of_one
        elif sheet.kind is SheetKind.BATCH and sheet.party != MIXED and not sheet.scanned:
            self.said = replace(self.said, courier=None)

    def _is_still_about_last(self, answer: StaffAnswer) -> bool:
        is_amended = isinstance(answer, Changed | Undone) and answer.event == Event.AMEND
        return is_amended and self.last is not None and getattr(answer, "waybill", None) == self.last.waybill
