"""The parcel and the sheet at hand at the staff desk."""

from kiosk.counter.answers import StaffAnswer
from kiosk.jobs.handing_over.passes import ProxyPass
from kiosk.jobs.keeping.places import PlaceContents
from kiosk.jobs.people.find_person import PeopleFound
from kiosk.jobs.sheets.cycle_count import CountStory
from kiosk.jobs.sheets.sheet import SheetClosed, SheetStory
from kiosk.jobs.staff.pauses import Pauses
from kiosk.parcels.problems import Refused


class Hand:
    """The parcel and the sheet at hand. It belongs to the jobs' thread, so that of a burst of scans each one finds
    what the one before left; the screen only looks at it."""

    def __init__(self) -> None:
        self.parcel: str | None = None
        self.sheet: SheetStory | None = None

    def take(self, answer: StaffAnswer) -> None:
        """What an answer shows is at hand now, and nothing else; a refusal is about what was at hand."""
        listed = [one.waybill for one in answer.parcels] if isinstance(answer, PeopleFound | PlaceContents) else []
        if isinstance(answer, ProxyPass):
            listed = list(answer.waybills[:1])
        if isinstance(answer, Pauses):
            return  # is about no parcel
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
        self.parcel = self.sheet = None
