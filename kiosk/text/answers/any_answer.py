"""What the answer of any staff job says: a word, a mood, the place to walk to, some lines, perhaps a table.

The desk paints it, the command line prints it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.counter.answers import GivenTo, ModeSet, NotCertain, PlaceLeft, Said, StaffAnswer, WhoseAsked
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
from kiosk.parcels.problems import Refused
from kiosk.text import Say
from kiosk.text.answers import advice
from kiosk.text.answers import lists as list_answers
from kiosk.text.answers import manifests as manifest_answers
from kiosk.text.answers import parcel as parcel_answers
from kiosk.text.answers import people as people_answers
from kiosk.text.answers import picture as picture_answers
from kiosk.text.answers import report as report_answers
from kiosk.text.answers import said as said_answers
from kiosk.text.answers import story as story_answers
from kiosk.text.answers.checked_in import checked_in
from kiosk.text.answers.parts import Mood, Words
from kiosk.text.sentences import fault_sentence

_WORDS: Mapping[type, Callable[[Say, Any], Words]] = {
    AllHandedOver: people_answers.all_handed_over,
    Announcement: manifest_answers.announcement,
    AwaitedList: manifest_answers.awaited_list,
    Changed: parcel_answers.changed,
    CheckedIn: checked_in,
    Counted: list_answers.counted,
    CountStory: list_answers.count_story,
    CourierChased: manifest_answers.courier_chased,
    DeliveryAsked: parcel_answers.delivery_asked,
    FreePlaces: list_answers.free_places,
    GivenTo: said_answers.given_to,
    HandedOver: parcel_answers.handed_over,
    History: parcel_answers.history,
    ManifestFiles: manifest_answers.manifest_files,
    ManifestList: manifest_answers.manifest_list,
    ManifestWithdrawn: manifest_answers.manifest_withdrawn,
    Left: advice.left,
    ModeSet: advice.mode_set,
    NotCertain: parcel_answers.not_certain,
    Notice: people_answers.notice,
    OverdueList: list_answers.overdue_list,
    ParcelStory: story_answers.parcel_story,
    Pauses: people_answers.pauses,
    PeopleFound: people_answers.people_found,
    PlaceChanged: list_answers.place_changed,
    PlaceContents: list_answers.place_contents,
    PlaceLeft: list_answers.place_left,
    ProxyPass: people_answers.proxy_pass,
    PutAway: parcel_answers.put_away,
    Refused: parcel_answers.refused,
    Reminded: list_answers.reminded,
    Report: report_answers.report,
    Revealed: people_answers.revealed,
    RoundList: list_answers.round_list,
    Said: said_answers.said,
    Settled: parcel_answers.settled,
    SheetClosed: list_answers.sheet_closed,
    SheetList: list_answers.sheet_list,
    SheetStory: list_answers.sheet_story,
    SignedIn: people_answers.signed_in,
    StationPicture: picture_answers.picture,
    Undone: parcel_answers.undone,
    WhoseAsked: said_answers.whose_asked,
    Written: list_answers.written,
}


def words_of(say: Say, answer: StaffAnswer) -> Words:
    """Any answer in words."""
    return _WORDS[type(answer)](say, answer)


def broken(say: Say, fault: StationFault | None) -> Words:
    """A job met something broken (None: a defect of ours)."""
    sentence = fault_sentence(say, fault) if fault else say("See kiosk.log.")
    return Words(say("NOT DONE"), Mood.BAD, "", (say("Something is broken. Check with: kiosk parcel"), sentence))
