"""What a scan at the staff desk means: what is done with it follows from its shape and from what the clerk is at."""

from kiosk.counter.answers import ModeSet, StaffAnswer
from kiosk.counter.arguments import AtHand
from kiosk.counter.modes import do_in_mode, is_without_reason
from kiosk.counter.seen import take_in_or_tell
from kiosk.counter.shelf_first import place_scanned, put_in_place, scan_place
from kiosk.counter.words import LONGEST_ARGUMENT, is_mistyped, read_desk_word
from kiosk.jobs.find_parcel import coded_parcel
from kiosk.jobs.handing_over.notices import read_notice
from kiosk.jobs.handing_over.passes import ProxyPass, tell_pass
from kiosk.jobs.records.look_up import ParcelStory, tell_one, tell_parcel
from kiosk.jobs.sheets.cycle_count import count_parcel, open_count
from kiosk.jobs.sheets.home_round import put_on_round
from kiosk.jobs.sheets.returns import put_on_return
from kiosk.jobs.sheets.transfer import put_on_transfer
from kiosk.jobs.shelf.walk import light_walk
from kiosk.jobs.staff.sign_in import is_sign_in, sign_in, sign_in_by_badge
from kiosk.jobs.station import Station
from kiosk.jobs.taking_in.announce import announce_scanned
from kiosk.parcels.couriers import forms_of
from kiosk.parcels.exceptions import is_reason
from kiosk.parcels.meanings import (
    BadgeScan,
    CodeScan,
    ManifestScan,
    NoticeScan,
    PassScan,
    Unrecognised,
    WaybillScan,
)
from kiosk.parcels.phones import is_landline, without_phones
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import Scan, recognise, unframed
from kiosk.parcels.sheets import SheetKind
from kiosk.store.tables.staff import was_given

ON_SHEET = {
    SheetKind.RETURN: put_on_return,
    SheetKind.TRANSFER: put_on_transfer,
    SheetKind.ROUND: put_on_round,
    SheetKind.COUNT: count_parcel,
}


def serve_staff(station: Station, scan: Scan, at_hand: AtHand) -> StaffAnswer:
    """Do the likely thing with the word or the scan."""
    mode = at_hand.mode
    if mode is not None and is_without_reason(mode) and _is_reason(scan):
        return ModeSet(mode._replace(argument=unframed(scan.text)[:LONGEST_ARGUMENT]))
    word = read_desk_word(scan.text)
    if word is not None:
        return word[0].does(station, at_hand, word[1])
    if is_sign_in(station, scan.text):
        is_somebody = was_given(station.conn, unframed(scan.text).partition(" ")[0])  # a slip at an open desk is no try
        return sign_in(station, scan) if is_somebody else Refused(Problem.WRONG_PIN)
    problem = _why_no_scan(scan)
    if problem is not None:
        return problem
    place = place_scanned(station, scan)
    if place is not None:
        is_count = at_hand.kind is SheetKind.COUNT  # there it names the level
        return open_count(station, place) if is_count else scan_place(station, place, at_hand)
    match scan.means:
        case WaybillScan() | CodeScan() | Unrecognised(Problem.UNKNOWN_FORM):  # odd numbers are taken too
            return _parcel(station, scan, at_hand)
        case BadgeScan(token):
            return sign_in_by_badge(station, token)
        case ManifestScan() as manifest:
            return announce_scanned(station, manifest)
        case PassScan() as proxy_pass:
            return _pass(station, proxy_pass)
        case NoticeScan() as notice:
            parcel = read_notice(station, notice)
            return parcel if isinstance(parcel, Refused) else _lit(station, tell_one(station, parcel))
    return Refused(scan.misplaced)


def _is_reason(scan: Scan) -> bool:
    """What is said where a mode waits for its reason: one that has a name, such as `lost`, or any words but a word."""
    if is_reason(unframed(scan.text)):
        return True
    is_prose = is_mistyped(scan.text) or scan.is_prose
    return (
        is_prose and not isinstance(scan.means, CodeScan) and read_desk_word(scan.text) is None and not _is_known(scan)
    )


def _is_known(scan: Scan) -> bool:
    """`SF 2000 0000 00002`."""
    return isinstance(scan.means, WaybillScan) and bool(forms_of(scan.means.waybill.number))


def _why_no_scan(scan: Scan) -> Refused | None:
    """A mistyped word, or a phone with something behind it, must not become a parcel."""
    means, text = scan.means, scan.text
    is_known_form = _is_known(scan)
    if isinstance(means, WaybillScan | Unrecognised) and is_mistyped(text) and not is_known_form:
        return Refused(Problem.UNKNOWN_WORD, detail=unframed(text).partition(" ")[0])
    holds_phone = isinstance(means, WaybillScan) and (
        is_landline(text) or (not is_known_form and without_phones(text) != text)
    )
    return Refused(Problem.BAD_PHONE) if holds_phone else None


def _is_code(station: Station, scan: Scan) -> bool:
    return coded_parcel(station, scan) is not None


def _parcel(station: Station, scan: Scan, at_hand: AtHand) -> StaffAnswer:
    """On an open sheet a parcel is written down; else a code is looked up and a waybill is checked in."""
    is_customers = scan.code is not None and at_hand.kind is not SheetKind.COUNT
    mode = at_hand.mode
    is_proof = mode is not None and mode.word == "delivered"
    if is_customers and _is_code(station, scan) and not is_proof:
        return _lit(station, tell_parcel(station, scan))  # whatever sheet is open, customers are served
    if mode is not None:
        return do_in_mode(station, at_hand, mode, scan)
    on_sheet = ON_SHEET.get(at_hand.kind) if at_hand.kind else None
    if on_sheet is not None and at_hand.sheet is not None:
        return on_sheet(station, at_hand.sheet, scan)
    if is_customers:
        return _lit(station, tell_parcel(station, scan))
    answer: StaffAnswer = take_in_or_tell(station, scan, at_hand)
    if at_hand.place is not None:
        answer = put_in_place(station, answer, at_hand, at_hand.place)
    return _lit(station, answer) if isinstance(answer, ParcelStory) else answer


def _pass(station: Station, scan: PassScan) -> StaffAnswer:
    shown = tell_pass(station, scan)
    if isinstance(shown, ProxyPass):
        _lit(station, tell_parcel(station, recognise(shown.waybills[0])))
    return shown


def _lit(station: Station, story: ParcelStory | Refused) -> ParcelStory | Refused:
    """A parcel with its story, and a light for the clerk who fetches it."""
    if isinstance(story, ParcelStory) and story.slot and story.on_shelf:
        light_walk(station, [(story.parcel_id, story.slot)])
    return story
