"""The parcel and the sheet at hand at the staff desk."""

from kiosk.counter.answers import GivenTo, Mode, Said, StaffAnswer, WhoseAsked
from kiosk.counter.arguments import AtHand
from kiosk.counter.consent import Asked
from kiosk.jobs.handing_over.passes import ProxyPass
from kiosk.jobs.keeping.places import PlaceContents
from kiosk.jobs.people.find_person import PeopleFound
from kiosk.jobs.sheets.cycle_count import CountStory
from kiosk.jobs.sheets.sheet import SheetClosed, SheetStory
from kiosk.jobs.staff.pauses import Pauses
from kiosk.parcels.problems import Refused
from kiosk.screens.desk.for_next import ForNext


class Hand:
    """The parcel and the sheet at hand. It belongs to the jobs' thread, so that of a burst of scans each one finds
    what the one before left; the screen only looks at it."""

    def __init__(self) -> None:
        self.parcel: str | None = None
        self.sheet: SheetStory | None = None
        self.mode: Mode | None = None  # what each scan does, where that is not the usual
        self.asked: Asked | None = None  # what a manager is asked to consent to, by the very next scan
        self._answering: tuple[str, Asked | None] = ("", None)
        self.of_next = ForNext()

    def at_hand(self) -> AtHand:
        sheet, of_next = self.sheet, self.of_next
        number, kind = (sheet.sheet, sheet.kind) if sheet else (None, None)
        return AtHand(of_next.said, self.parcel, number, kind, self.mode, undecided=of_next.asked is not None)

    @property
    def awaits_pin(self) -> bool:
        """A manager has shown a badge, and what is typed now is its PIN."""
        return self.asked is not None and self.asked.badge_of is not None

    def asked_by_last_scan(self, operation: str) -> Asked | None:
        """What was asked for by the scan before this one, once; where this one is tried again, the same again."""
        if not operation or self._answering[0] != operation:
            self._answering, self.asked = (operation, self.asked), None
        return self._answering[1]

    def forget_asked(self) -> None:
        """Something else was scanned meanwhile."""
        self.asked = None

    def take(self, answer: StaffAnswer) -> None:
        """What an answer shows is at hand now, and nothing else; a refusal is about what was at hand."""
        listed = [one.waybill for one in answer.parcels] if isinstance(answer, PeopleFound | PlaceContents) else []
        if isinstance(answer, ProxyPass):
            listed = list(answer.waybills[:1])
        if isinstance(answer, Pauses | Said | WhoseAsked):
            return  # is about no parcel that was not at hand
        if isinstance(answer, GivenTo):
            self.parcel = answer.parcel.waybill
            return
        shown = getattr(answer, "waybill", None) or (listed[0] if len(listed) == 1 else None)
        if shown or not isinstance(answer, Refused):
            self.parcel = shown
        if isinstance(answer, SheetStory):
            self.sheet = answer if answer.closed_at is None else self.sheet
        elif isinstance(answer, SheetClosed) or (isinstance(answer, CountStory) and answer.closed):
            self.sheet = None

    def progress(self, sheet: SheetStory | Refused) -> None:
        """How far the sheet at hand has got."""
        if isinstance(sheet, SheetStory) and self.sheet and sheet.sheet == self.sheet.sheet:
            self.sheet = sheet if sheet.closed_at is None else None

    def drop(self) -> None:
        """One step back: a mode ends; where there is none, nothing is at hand. An open sheet stays open."""
        self.asked = None
        if self.mode is not None:
            self.mode = None
        else:
            self.parcel = self.sheet = self.of_next.last = None

    def take_back(self) -> Said | None:
        """What was said of what comes next; where nothing was, one step back."""
        self.asked = None
        if self.of_next.take_back():
            return Said(self.of_next.said)
        self.drop()
        return None

    def clear(self) -> None:
        """Whoever comes next finds nothing."""
        self.__init__()  # type: ignore[misc]
