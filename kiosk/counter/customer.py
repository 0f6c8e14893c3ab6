"""What a scan at a customer's screen means: a code starts a search, a waybill is the exit scan."""

import re

from kiosk.counter.search import search
from kiosk.jobs.find_parcel import coded_parcel
from kiosk.jobs.handing_over.check_out import HandedOver, check_out
from kiosk.jobs.handing_over.pick_up import Found, current, pick_up
from kiosk.jobs.station import Station
from kiosk.parcels.codes import PickupCode, plain
from kiosk.parcels.meanings import CodeScan, CommandScan, NoticeScan, PassScan, Unrecognised, WaybillScan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scan_places import ScanPlace
from kiosk.parcels.scans import Scan
from kiosk.parcels.waybills import Waybill
from kiosk.store.tables.parcels import is_known

_TAIL = re.compile(r"[0-9]{4}")

Answer = Found | HandedOver | Refused | CommandScan


def serve_customer(station: Station, scan: Scan, shown_session: str | None, at: ScanPlace = ScanPlace.ANY) -> Answer:
    """Do what the scan asks for. `shown_session`: whose parcels the screen shows now.

    Four digits typed where more of the same person's parcels wait are the end of a phone number. At a scanner that
    only begins searches, or only hands over, the other kind of scan is sent to where it belongs.
    """
    if at is ScanPlace.EXIT:
        return _serve_at_exit(station, scan)
    with_tail = _with_phone_tail(station, scan, shown_session)
    if with_tail is not None:
        return with_tail
    if isinstance(scan.means, CommandScan):
        return scan.means
    if _is_search(station, scan):
        return search(station, scan, shown_session=shown_session)
    if _is_waybill(station, scan):
        return Refused(Problem.WAYBILL_AT_ENTRY) if at is ScanPlace.ENTRY else check_out(station, scan)
    return Refused(scan.misplaced)


def _serve_at_exit(station: Station, scan: Scan) -> Answer:
    """Parcels leave here, whoever's search a screen shows. Nothing is looked up for a code: it is no try at one."""
    if _is_waybill(station, scan):
        return check_out(station, scan)
    match scan.means:
        case CodeScan() | PassScan() | NoticeScan():
            return Refused(Problem.CODE_AT_EXIT)
        case Unrecognised(Problem.UNKNOWN_FORM):
            return Refused(Problem.NO_SUCH_WAYBILL)
        case CommandScan() as command:
            return command
    return Refused(scan.misplaced)


def _is_search(station: Station, scan: Scan) -> bool:
    """A short waybill may look like a code: it is one where no parcel has that code."""
    if scan.code and _is_waybill(station, scan):
        return coded_parcel(station, scan) is not None
    return isinstance(scan.means, CodeScan | PassScan | NoticeScan)


def _is_waybill(station: Station, scan: Scan) -> bool:
    """Odd numbers are taken at check-in, so they have to find their way out too."""
    if isinstance(scan.means, WaybillScan):
        return True
    waybill = scan.waybill
    return isinstance(waybill, Waybill) and is_known(station.conn, waybill)


def _with_phone_tail(station: Station, scan: Scan, shown_session: str | None) -> Found | Refused | None:
    tail = plain(scan.text).strip()
    if shown_session is None or not _TAIL.fullmatch(tail):
        return None
    shown = current(station, shown_session)
    if shown is None or not shown.left:
        return None
    codes = tuple(PickupCode(parcel.code) for parcel in shown.left)
    return pick_up(station, CodeScan(codes), tail, shown_session)
