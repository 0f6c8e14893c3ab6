"""What a scan at a customer's screen means: a code starts a search, a waybill is the exit scan."""

import re

from kiosk.jobs.check_out import HandedOver, check_out
from kiosk.jobs.pick_up import Found, current, pick_up
from kiosk.jobs.search import search
from kiosk.jobs.station import Station
from kiosk.parcels.codes import PickupCode, plain
from kiosk.parcels.problems import Refused
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
from kiosk.store.parcels import by_code, is_known

_TAIL = re.compile(r"[0-9]{4}")

Answer = Found | HandedOver | Refused | CommandScan


def serve_customer(station: Station, text: str, shown_session: str | None) -> Answer:
    """Recognise the scan and do what it asks for. `shown_session`: whose parcels the screen shows now.

    Four digits typed where more of the same person's parcels wait are the end of a phone number.
    """
    with_tail = _with_phone_tail(station, text, shown_session)
    if with_tail is not None:
        return with_tail
    scan = recognise(text)
    match scan:
        case CodeScan() if _is_short_waybill(station, text) and by_code(station.conn, scan.codes[0]) is None:
            return check_out(station, text)
        case CodeScan() | PassScan() | NoticeScan():
            return search(station, text, shown_session=shown_session)
        case WaybillScan():
            return check_out(station, text)
        case CommandScan():
            return scan
        case Unrecognised() if _is_short_waybill(station, text):
            return check_out(station, text)
    return Refused(misplaced(scan))


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
