"""The parcel and the sheet at hand at the staff desk."""

from kiosk.counter.answers import GivenTo, Said, StaffAnswer, WhoseAsked
from kiosk.counter.arguments import AtHand
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
        self.of_next = ForNext()

    def at_hand(self) -> AtHand:
        sheet, of_next = self.sheet, self.of_next
        kind, number = (sheet.kind, sheet.sheet) if sheet else (None, None)
        return AtHand(of_next.said, self.parcel, number, kind, undecided=of_next.asked is not None)

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
        """Nothing is at hand; an open sheet stays open."""
        self.parcel = self.sheet = self.of_next.last = None

    def take_back(self) -> Said | None:
        """What was said of what comes next; where nothing was, what is at hand is put down."""
        if self.of_next.take_back():
            return Said(self.of_next.said)
        self.drop()
        return None

    def drop_all(self) -> None:
        """Nor is anything said of what comes next."""
        self.drop()
        self.of_next = ForNext()
