"""What a scan at a customer's screen means: a code starts a search, a waybill is the exit scan."""

import re

from kiosk.counter.search import search
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.handing_over.pick_up import Found, current, pick_up
from kiosk.jobs.station import Station
from kiosk.parcels.codes import PickupCode, plain
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scan_places import ScanPlace
from kiosk.parcels.scans import (
    CodeScan,
    CommandScan,
    NoticeScan,
    PassScan,
    Unrecognised,
    WaybillScan,
    misplaced,
    recognise,
    recognise_waybill,
)
from kiosk.parcels.waybills import Waybill
from kiosk.store.tables.parcels import by_code, is_known

_TAIL = re.compile(r"[0-9]{4}")

Answer = Found | HandedOver | Refused | CommandScan


def serve_customer(station: Station, text: str, shown_session: str | None, at: ScanPlace = ScanPlace.ANY) -> Answer:
    """Recognise the scan and do what it asks for. `shown_session`: whose parcels the screen shows now.

    Four digits typed where more of the same person's parcels wait are the end of a phone number. At a scanner that
    only begins searches, or only hands over, the other kind of scan is sent to where it belongs.
    """
    if at is ScanPlace.EXIT:
        return _serve_at_exit(station, text)
    with_tail = _with_phone_tail(station, text, shown_session)
    if with_tail is not None:
        return with_tail
    scan = recognise(text)
    match scan:
        case CodeScan() if _is_short_waybill(station, text) and by_code(station.conn, scan.codes[0]) is None:
            return _exit_scan(station, text, at)
        case CodeScan() | PassScan() | NoticeScan():
            return search(station, text, shown_session=shown_session)
        case WaybillScan():
            return _exit_scan(station, text, at)
        case CommandScan():
            return scan
        case Unrecognised() if _is_short_waybill(station, text):
            return _exit_scan(station, text, at)
    return Refused(misplaced(scan))


def _exit_scan(station: Station, text: str, at: ScanPlace) -> HandedOver | Refused:
    return Refused(Problem.WAYBILL_AT_ENTRY) if at is ScanPlace.ENTRY else check_out(station, text)


def _serve_at_exit(station: Station, text: str) -> Answer:
    """Parcels leave here, whoever's search a screen shows. Nothing is looked up for a code: it is no try at one."""
    scan = recognise(text)
    if isinstance(scan, WaybillScan) or _is_short_waybill(station, text):
        return check_out(station, text)
    if isinstance(scan, CodeScan | PassScan | NoticeScan):
        return Refused(Problem.CODE_AT_EXIT)
    if scan == Unrecognised(Problem.UNKNOWN_FORM):
        return Refused(Problem.NO_SUCH_WAYBILL)
    return scan if isinstance(scan, CommandScan) else Refused(misplaced(scan))


def _is_short_waybill(station: Station, text: str) -> bool:
    """Odd numbers are taken at check-in, so they have to find their way out too."""
    waybill = recognise_waybill(text)
    return isinstance(waybill, Waybill) and is_known(station.conn, waybill, None)


def _with_phone_tail(station: Station, text: str, shown_session: str | None) -> Found | Refused | None:
    tail = plain(text).strip()
    if shown_session is None or not _TAIL.fullmatch(tail):
        return None
    shown = current(station, shown_session)
    if shown is None or not shown.left:
        return None
    codes = tuple(PickupCode(parcel.code) for parcel in shown.left)
    return pick_up(station, CodeScan(codes), tail, shown_session)
