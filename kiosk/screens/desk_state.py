"""What the staff desk is at: the next parcel's particulars, the parcel and the sheet at hand, the last answers.

Knows nothing of Textual.
"""

from collections import deque
from dataclasses import replace

from kiosk.jobs.accept import Particulars
from kiosk.jobs.count_level import CountStory
from kiosk.jobs.desk_arguments import AtHand
from kiosk.jobs.sheets import SheetClosed, SheetStory, Written
from kiosk.jobs.staff import SignedIn
from kiosk.jobs.staff_answers import StaffAnswer
from kiosk.parcels.consents import Consent
from kiosk.parcels.phones import mask_tail
from kiosk.parcels.problems import Refused
from kiosk.parcels.roles import Role
from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.slots import Size
from kiosk.text import N_, Language, Say
from kiosk.text.list_answers import sheet_name
from kiosk.text.parcel_answers import role_name

LAST = 5
_CONSENTS = {Consent.GIVEN: N_("given"), Consent.NOT_ASKED: N_("not asked"), Consent.DOOR_ONLY: N_("door only")}
_NEXT_SIZE = {None: Size.S, Size.S: Size.M, Size.M: Size.L, Size.L: Size.XL, Size.XL: None}
_NEXT_CONSENT = {None: Consent.GIVEN, Consent.GIVEN: Consent.NOT_ASKED, Consent.NOT_ASKED: Consent.DOOR_ONLY}


class DeskState:
    """`locked`: nothing is done or shown before somebody signs in."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.said = Particulars()
        self.parcel: str | None = None
        self.sheet: SheetStory | None = None
        self.last: deque[StaffAnswer] = deque(maxlen=LAST + 1)
        self.person: SignedIn | None = None
        self.locked = False
        self.touched_at = 0.0

    @property
    def role(self) -> Role:
        return self.person.role if self.person else Role.MANAGER

    @property
    def at_hand(self) -> AtHand:
        sheet = self.sheet
        return AtHand(self.said, self.parcel, sheet.sheet if sheet else None, sheet.kind if sheet else None)

    def take(self, answer: StaffAnswer) -> None:
        """An answer came: what it is about is at hand now."""
        self.last.appendleft(answer)
        waybill = getattr(answer, "waybill", None)
        if waybill:
            self.parcel = waybill
        match answer:
            case SheetStory(closed_at=None):
                self.sheet = answer
            case SheetClosed() | CountStory(closed=True):
                self.sheet = None
            case Written() if self.sheet and answer.sheet == self.sheet.sheet:
                self.sheet = replace(self.sheet, scanned=answer.scanned)
            case SignedIn():
                self.person, self.locked = answer, False

    def progress(self, sheet: SheetStory | Refused) -> None:
        """How far the sheet at hand has got."""
        if isinstance(sheet, SheetStory) and self.sheet and sheet.sheet == self.sheet.sheet:
            self.sheet = sheet if sheet.closed_at is None else None

    def lock(self) -> None:
        """Whoever comes next sees nothing of what was done before."""
        self.said, self.parcel, self.sheet, self.person = Particulars(), None, None, None
        self.last.clear()
        self.locked = True

    def masked(self, typed: str) -> str:
        """A PIN is not for the eyes of the next in the queue."""
        number, space, pin = typed.partition(" ")
        return number + space + "*" * len(pin) if self.locked else typed

    def take_along(self) -> Particulars:
        """What goes with the parcel scanned now; courier and size stay for the ones after it."""
        said = self.said
        self.said = replace(said, phone=None, consent=None)
        return said

    def next_size(self) -> None:
        self.said = replace(self.said, size=_NEXT_SIZE[self.said.size])

    def next_consent(self) -> None:
        self.said = replace(self.said, consent=_NEXT_CONSENT.get(self.said.consent))

    def form(self, say: Say, station_name: str) -> str:
        """Three lines: the station and who works, the sheet at hand, the next parcel."""
        if self.locked:
            return station_name
        who = [self.person.name, role_name(say, self.person.role)] if self.person else []
        return "\n".join(["  ".join([station_name, *who]), self._sheet_line(say), self._next_line(say)])

    def _sheet_line(self, say: Say) -> str:
        sheet = self.sheet
        if sheet is None:
            return say("No sheet is open: parcels come in one by one")
        expected = f" / {sheet.expected}" if sheet.expected is not None else ""
        return f"{sheet_name(say, sheet.kind, sheet.sheet, sheet.party)}  {sheet.scanned}{expected}"

    def _next_line(self, say: Say) -> str:
        said, announced = self.said, say("announced")
        by_batch = self.sheet is not None and self.sheet.kind is SheetKind.BATCH and self.sheet.party != "mixed"
        courier = said.courier or (self.sheet.party if by_batch and self.sheet else say("by number"))
        return say(
            "Next: courier {courier}, size {size}, consent {consent}, phone {phone}",
            courier=courier,
            size=said.size.name if said.size else announced,
            consent=say(_CONSENTS[said.consent]) if said.consent else announced,
            phone=announced if said.phone is None else mask_tail(said.phone.tail) or say("virtual number"),
        )
