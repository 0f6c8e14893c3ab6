"""What a scan at the staff desk means: what is done with it follows from its shape and from what the clerk is at."""

from dataclasses import replace

from kiosk.counter.answers import StaffAnswer
from kiosk.counter.arguments import AtHand
from kiosk.counter.words import is_mistyped, read_desk_word
from kiosk.jobs.handing_over.notices import read_notice
from kiosk.jobs.handing_over.passes import ProxyPass, tell_pass
from kiosk.jobs.keeping.places import light_walk, look_into
from kiosk.jobs.records.look_up import ParcelStory, tell_parcel
from kiosk.jobs.sheets.cycle_count import count_parcel, open_count
from kiosk.jobs.sheets.home_round import put_on_round
from kiosk.jobs.sheets.returns import put_on_return
from kiosk.jobs.sheets.transfer import put_on_transfer
from kiosk.jobs.staff.sign_in import is_sign_in, sign_in, sign_in_by_badge
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import announce_scanned
from kiosk.jobs.taking_in.check_in import check_in
from kiosk.jobs.taking_in.put_away import pending, put_away_pending
from kiosk.parcels.codes import plain
from kiosk.parcels.couriers import forms_of
from kiosk.parcels.phones import without_phones
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import (
    BadgeScan,
    CodeScan,
    ManifestScan,
    NoticeScan,
    PassScan,
    Scan,
    SlotScan,
    Unrecognised,
    WaybillScan,
    misplaced,
    recognise,
    unframed,
)
from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.slots import read_slot
from kiosk.store.tables.parcels import by_code
from kiosk.store.tables.staff import was_given

ON_SHEET = {
    SheetKind.RETURN: put_on_return,
    SheetKind.TRANSFER: put_on_transfer,
    SheetKind.ROUND: put_on_round,
    SheetKind.COUNT: count_parcel,
}


def serve_staff(station: Station, text: str, at_hand: AtHand) -> StaffAnswer:
    """Recognise the scan, or the word, and do the likely thing."""
    word = read_desk_word(text)
    if word is not None:
        return word[0].does(station, at_hand, word[1])
    if is_sign_in(station, text):
        is_somebody = was_given(station.conn, unframed(text).partition(" ")[0])  # a slip at an open desk is no try
        return sign_in(station, text) if is_somebody else Refused(Problem.WRONG_PIN)
    scan = recognise(text)
    problem = _why_no_scan(scan, text)
    if problem is not None:
        return problem
    address = read_slot(plain(text))
    if address is not None and str(address) in station.settings.slots_by_name and not _is_code(station, scan):
        scan = SlotScan(address)
    match scan:
        case SlotScan(slot):
            return _slot(station, str(slot), at_hand)
        case WaybillScan() | CodeScan() | Unrecognised(Problem.UNKNOWN_FORM):  # odd numbers are taken too
            return _parcel(station, text, scan, at_hand)
        case BadgeScan(token):
            return sign_in_by_badge(station, token)
        case ManifestScan():
            return announce_scanned(station, scan)
        case PassScan():
            shown = tell_pass(station, scan)
            if isinstance(shown, ProxyPass):
                _shown(station, shown.waybills[0])
            return shown
        case NoticeScan():
            parcel = read_notice(station, scan)
            return parcel if isinstance(parcel, Refused) else _shown(station, parcel.numbered_waybill)
    return Refused(misplaced(scan))


def _why_no_scan(scan: Scan, text: str) -> Refused | None:
    """A mistyped word, or a phone with something behind it, must not become a parcel."""
    is_known_form = isinstance(scan, WaybillScan) and bool(forms_of(scan.waybill.number))  # "SF 2000 0000 00002"
    if isinstance(scan, WaybillScan | Unrecognised) and is_mistyped(text) and not is_known_form:
        return Refused(Problem.UNKNOWN_WORD, detail=unframed(text).partition(" ")[0])
    holds_phone = isinstance(scan, WaybillScan) and not is_known_form and without_phones(text) != text
    return Refused(Problem.BAD_PHONE) if holds_phone else None


def _is_code(station: Station, scan: Scan) -> bool:
    """`3-2-4` may be a slot and, of an old style, a code."""
    return isinstance(scan, CodeScan) and by_code(station.conn, scan.codes[0]) is not None


def _slot(station: Station, slot: str, at_hand: AtHand) -> StaffAnswer:
    """The label confirms where the parcel at hand lies; in a count it names the level; else it asks what lies there."""
    if at_hand.kind is SheetKind.COUNT:
        return open_count(station, slot)
    waits = pending(station)
    if waits is not None and waits.numbered_waybill == at_hand.parcel:
        return put_away_pending(station, slot)
    return look_into(station, slot)


def _parcel(station: Station, text: str, scan: Scan, at_hand: AtHand) -> StaffAnswer:
    """On an open sheet a parcel is written down; else a code is looked up and a waybill is checked in."""
    is_customers = isinstance(scan, CodeScan) and at_hand.kind is not SheetKind.COUNT
    if is_customers and _is_code(station, scan):
        return _shown(station, text)  # whatever sheet is open, customers are served
    on_sheet = ON_SHEET.get(at_hand.kind) if at_hand.kind else None
    if on_sheet is not None and at_hand.sheet is not None:
        return on_sheet(station, at_hand.sheet, text)
    if is_customers:
        return _shown(station, text)
    said = at_hand.said
    if at_hand.kind is SheetKind.BATCH:
        said = replace(said, batch=at_hand.sheet)
    return check_in(station, text, said)


def _shown(station: Station, text: str) -> StaffAnswer:
    """A parcel with its story, and a light for the clerk who fetches it."""
    story = tell_parcel(station, text)
    if isinstance(story, ParcelStory) and story.slot and story.on_shelf:
        light_walk(station, [(story.parcel_id, story.slot)])
    return story
