"""The parcel and the sheet at hand at the staff desk."""

from kiosk.counter.answers import GivenTo, Mode, ModeSet, PlaceLeft, Said, StaffAnswer, WhoseAsked
from kiosk.counter.arguments import AtHand
from kiosk.counter.consent import Asked
from kiosk.counter.person import ids_by_person
from kiosk.jobs.handing_over.hand_over_all import AllHandedOver
from kiosk.jobs.handing_over.passes import ProxyPass
from kiosk.jobs.keeping.places import PlaceContents
from kiosk.jobs.people.find_person import PeopleFound
from kiosk.jobs.records.history import History
from kiosk.jobs.sheets.cycle_count import CountStory
from kiosk.jobs.sheets.sheet import SheetClosed, SheetStory
from kiosk.jobs.staff.pauses import Pauses
from kiosk.jobs.taking_in.put_away import PutAway
from kiosk.parcels.problems import Refused
from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.slots import is_within
from kiosk.screens.desk.may_be_back import MayBeBack
from kiosk.screens.desk.of_next.for_next import ForNext
from kiosk.screens.desk.open_sheets import OpenSheets


class Hand:
    """The parcel and the sheet at hand. It belongs to the jobs' thread, so that of a burst of scans each one finds
    what the one before left; the screen only looks at it."""

    def __init__(self) -> None:
        self.parcel: str | None = None
        self.people: tuple[tuple[int, ...], ...] = ()  # who was found, by the row ids of their parcels
        self.sheets = OpenSheets()
        self.place: str | None = None  # the slot or level where what is scanned goes
        self.may_be_back = MayBeBack()
        self.mode: Mode | None = None  # what each scan does, where that is not the usual
        self.asked: Asked | None = None  # what a manager is asked to consent to, by the very next scan
        self._answering: tuple[str, Asked | None] = ("", None)
        self._left = ("", self.sheets)  # whose sheets were open when the desk was locked
        self.of_next = ForNext()

    def at_hand(self) -> AtHand:
        sheet, of_next = self.sheet, self.of_next
        number, kind = (sheet.sheet, sheet.kind) if sheet else (None, None)
        return AtHand(
            of_next.said, self.parcel, number, kind, self.mode, self.place, people=self.people,
            undecided=of_next.asked is not None,
        )  # fmt: skip

    @property
    def sheet(self) -> SheetStory | None:
        return self.sheets.top

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
        listed = _listed(answer)
        if isinstance(answer, Pauses | Said | WhoseAsked):
            return  # is about no parcel that was not at hand
        if isinstance(answer, History):
            self._read(answer)
            return
        if isinstance(answer, GivenTo):
            self.parcel = answer.parcel.waybill
            return
        shown = getattr(answer, "waybill", None) or (listed[0] if len(listed) == 1 else None)
        if shown or not isinstance(answer, Refused):
            self.parcel = shown
            self.people = ids_by_person(answer) if isinstance(answer, PeopleFound) and not shown else ()
        self.place = place_after(self.place, answer)
        if isinstance(answer, SheetStory):
            self.sheets.put(answer)
        elif isinstance(answer, SheetClosed) or (isinstance(answer, CountStory) and answer.closed):
            self.sheets.close(answer.sheet)

    def _read(self, history: History) -> None:
        """What has been read about is at hand: the parcel that was already, or the only one that it tells of."""
        if history.about != self.parcel:
            numbers = {event.waybill for event in history.events}
            self.parcel = numbers.pop() if len(numbers) == 1 else None
            self.people = ()

    def progress(self, sheet: SheetStory | Refused) -> None:
        """How far the sheet at hand has got."""
        if isinstance(sheet, SheetStory):
            self.sheets.note(sheet)

    def drop(self) -> None:
        """One step back: a mode, or what goes to a place, ends; where there is none, the sheet is put down, and stays
        open. The next word is not about the parcels that were shown last."""
        self.asked, self.may_be_back, self.parcel, self.people = None, MayBeBack(), None, ()
        if self.mode is not None or self.place is not None:
            self.mode = self.place = None
        else:
            self.sheets.leave()
            self.of_next.last = None

    def take_back(self) -> Said | None:
        """What was said of what comes next; where nothing was, one step back."""
        self.asked = None
        if self.of_next.take_back():
            return Said(self.of_next.said)
        self.drop()
        return None

    def clear(self, who: str = "") -> None:
        """Whoever comes next finds nothing. `who`: whose sheets these were."""
        sheets = self.sheets
        self.__init__()  # type: ignore[misc]
        self._left = (who, sheets) if sheets.top else ("", self.sheets)

    def come_back(self, who: str) -> None:
        """Whoever goes on after a lock has the sheets again that were open; nobody else's."""
        whose, sheets = self._left
        if whose == who and self.sheets.top is None:
            self.sheets = sheets
        self._left = ("", OpenSheets())


def _listed(answer: StaffAnswer) -> list[str]:
    """Parcels of a list that may be at hand, if it is one alone; of several handed over, what stayed."""
    if isinstance(answer, PeopleFound | PlaceContents):
        return [one.waybill for one in answer.parcels]
    if isinstance(answer, AllHandedOver):
        return [one.waybill for one in answer.stayed]
    return list(answer.waybills[:1]) if isinstance(answer, ProxyPass) else []


def place_after(place: str | None, answer: StaffAnswer) -> str | None:
    """Where what is scanned goes after an answer: `place` until the next place is scanned, or other work begins."""
    match answer:
        case PlaceContents(takes_next=bool() as takes_next):
            return answer.place if takes_next else None
        case PutAway(slot=slot) if place is not None and not is_within(slot, place):
            return slot
        case PlaceLeft() | SheetClosed() | CountStory() | ModeSet(mode=Mode()):
            return None
        case SheetStory(kind=kind, closed_at=None) if kind is not SheetKind.BATCH:
            return None
    return place
