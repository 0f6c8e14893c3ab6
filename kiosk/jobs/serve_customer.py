"""What a scan at a customer's screen means: a code starts a search, a waybill is the exit scan."""

import re
from dataclasses import dataclass

from kiosk.jobs.check_out import HandedOver, check_out
from kiosk.jobs.pick_up import Found, current, pick_up
from kiosk.jobs.station import Station
from kiosk.parcels.codes import PickupCode, plain
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import (
    CodeScan,
    Command,
    CommandScan,
    PhoneScan,
    SlotScan,
    Unrecognised,
    WaybillScan,
    recognise,
)

_TAIL = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command card was scanned; the screen carries it out."""

    command: Command


Answer = Found | HandedOver | Refused | Commanded


def serve_customer(station: Station, text: str, shown_session: str | None) -> Answer:
    """Recognise the scan and do what it asks for. `shown_session`: whose parcels the screen shows now.

    Four digits typed where more of the same person's parcels wait are the end of a phone number.
    """
    with_tail = _with_phone_tail(station, text, shown_session)
    if with_tail is not None:
        return with_tail
    scan = recognise(text)
    match scan:
        case CodeScan():
            return pick_up(station, scan)
        case WaybillScan():
            return check_out(station, text)
        case CommandScan(command):
            return Commanded(command)
        case PhoneScan():
            return Refused(Problem.PHONE_SCANNED)
        case SlotScan():
            return Refused(Problem.SLOT_LABEL_SCANNED)
        case Unrecognised(problem):
            return Refused(problem)


def _with_phone_tail(station: Station, text: str, shown_session: str | None) -> Found | Refused | None:
    tail = plain(text).strip()
    if shown_session is None or not _TAIL.fullmatch(tail):
        return None
    shown = current(station, shown_session)
    if shown is None or not shown.more:
        return None
    codes = tuple(PickupCode(parcel.code) for parcel in shown.left)
    return pick_up(station, CodeScan(codes), phone_tail=tail)
