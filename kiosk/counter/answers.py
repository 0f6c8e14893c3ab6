"""Every answer that a scan or a word at the staff desk can have."""

from dataclasses import dataclass
from typing import NamedTuple

from kiosk.faults import StationFault
from kiosk.jobs.changed import Changed
from kiosk.jobs.handing_over.check_out import HandedOver
from kiosk.jobs.handing_over.delivery_asked import DeliveryAsked
from kiosk.jobs.handing_over.hand_over_all import AllHandedOver
from kiosk.jobs.handing_over.notices import Notice
from kiosk.jobs.handing_over.passes import ProxyPass
from kiosk.jobs.keeping.overdue import OverdueList, Reminded
from kiosk.jobs.keeping.picture import StationPicture
from kiosk.jobs.keeping.places import FreePlaces, PlaceChanged, PlaceContents
from kiosk.jobs.money.settle import Settled
from kiosk.jobs.people.find_person import PeopleFound
from kiosk.jobs.people.reveal import Revealed
from kiosk.jobs.records.history import History
from kiosk.jobs.records.look_up import ParcelStory
from kiosk.jobs.records.report import Report
from kiosk.jobs.records.undo import Undone
from kiosk.jobs.sheets.awaited import AwaitedList, CourierChased
from kiosk.jobs.sheets.cycle_count import Counted, CountStory
from kiosk.jobs.sheets.home_round import RoundList
from kiosk.jobs.sheets.manifests import ManifestList, ManifestWithdrawn
from kiosk.jobs.sheets.sheet import SheetClosed, SheetList, SheetStory, Written
from kiosk.jobs.staff.leave import Left
from kiosk.jobs.staff.pauses import Pauses
from kiosk.jobs.staff.sign_in import SignedIn
from kiosk.jobs.taking_in.announce import Announcement
from kiosk.jobs.taking_in.checked_in import CheckedIn
from kiosk.jobs.taking_in.manifest_files import ManifestFiles
from kiosk.jobs.taking_in.put_away import PutAway
from kiosk.parcels.particulars import Particulars
from kiosk.parcels.problems import Refused


@dataclass(frozen=True, slots=True)
class NotCertain:
    """The disk failed when `about` (a waybill or a code) was done: it may be on record or not."""

    about: str
    fault: StationFault


@dataclass(frozen=True, slots=True)
class Said:
    """What a clerk has said of the next items as it stands now. `what`: the particular said just now, "" where all was
    taken back; `after`: the parcel that came in before, which it might be meant for."""

    said: Particulars
    what: str = ""
    after: str | None = None


@dataclass(frozen=True, slots=True)
class WhoseAsked:
    """Whether what was said of somebody is this parcel's or the next one's: before that is decided nothing comes in.

    `waybill`: this parcel, None where it was refused; `tail`: the phone's end that is on record of it; `is_here`: it
    has come in. `held_up`: what was scanned meanwhile, and did not come in.
    """

    said: Particulars
    waybill: str | None = None
    tail: str | None = None
    is_here: bool = False
    held_up: str | None = None


@dataclass(frozen=True, slots=True)
class GivenTo:
    """What was said after a parcel had come in is that parcel's. `is_new`: False where it was on record already."""

    said: Particulars
    parcel: Changed
    is_new: bool = True


class Mode(NamedTuple):
    """Each scan of a parcel is this word's job, with the same argument, such as the reason; `done`: how often."""

    word: str
    argument: str = ""
    done: int = 0


@dataclass(frozen=True, slots=True)
class ModeSet:
    """From now on the desk is in this mode; None: scans are again what they usually are. `ended`: the one before."""

    mode: Mode | None
    ended: Mode | None = None


@dataclass(frozen=True, slots=True)
class PlaceLeft:
    """What is scanned from now on does not go to this slot or level any more. `confirmed`: as of SheetClosed."""

    place: str
    confirmed: tuple[str, str] | Refused | None = None


StaffAnswer = (
    AllHandedOver | Announcement | AwaitedList | Changed | CheckedIn | Counted | CountStory | CourierChased
    | DeliveryAsked | FreePlaces | GivenTo | HandedOver | History | Left | ManifestFiles | ManifestList
    | ManifestWithdrawn | ModeSet | NotCertain | Notice | OverdueList | ParcelStory | Pauses | PeopleFound
    | PlaceChanged | PlaceContents | PlaceLeft | ProxyPass | PutAway | Refused | Reminded | Report | Revealed
    | RoundList | Said | Settled | SheetClosed | SheetList | SheetStory | SignedIn | StationPicture
    | Undone | WhoseAsked | Written
)  # fmt: skip
