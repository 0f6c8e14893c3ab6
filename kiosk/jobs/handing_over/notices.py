"""Arrival notices: a signed QR opens all parcels of its consignee, and cannot be guessed.

It names one stay of one parcel and ends with it, so nothing has to be kept of it: sent again it is the same.
"""

import hmac
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kiosk.jobs.allowed import allowed
from kiosk.jobs.find_parcel import find_parcel
from kiosk.jobs.handing_over.not_shelved import call_for
from kiosk.jobs.handing_over.open_codes import why_not_now
from kiosk.jobs.handing_over.pick_up import Found, light_up, together
from kiosk.jobs.station import Station
from kiosk.parcels.meanings import NoticeScan
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.qr_texts import as_letters, from_letters, notice_text
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import StationEvent
from kiosk.parcels.states import State
from kiosk.store.tables.parcels import Parcel, by_id, last_id

VALID_DAYS = 90  # overdue parcels are collected too; this only bounds how long a found message is of use
_EPOCH = date(2020, 1, 1)
_ID, _DAY = 5, 2  # bytes


@dataclass(frozen=True, slots=True)
class Notice:
    """What a consignee is told; `text` goes into the QR, valid until the end of the day `valid_until`."""

    text: str
    waybill: str
    code: str
    slot: str
    valid_until: date


@allowed(StationEvent.ISSUE_PASS)
def make_notice(station: Station, scan: Scan) -> Notice | Refused:
    """The notice of a parcel on the shelf, by its code or waybill."""
    parcel = find_parcel(station, scan, lambda row: row.state == State.SHELVED)
    return parcel if isinstance(parcel, Refused) else notice_of(station, parcel)


def notice_of(station: Station, parcel: Parcel) -> Notice:
    """The same for a parcel at hand."""
    last_day = station.local(parcel.checked_in_at or station.stamp()).date() + timedelta(days=VALID_DAYS)
    signed = parcel.id.to_bytes(_ID) + (last_day - _EPOCH).days.to_bytes(_DAY)
    token = as_letters(signed + _signature(station, signed, parcel))
    qr = notice_text(station.settings.number, token)
    return Notice(qr, parcel.numbered_waybill, parcel.code or "", parcel.slot or "", last_day)


def open_notice(station: Station, scan: NoticeScan, shown_session: str | None = None) -> Found | Refused:
    """Light the parcel of the notice and all others of the same person. No pause holds it up: nobody guesses it."""
    parcel = read_notice(station, scan)
    if isinstance(parcel, Refused):
        return parcel
    problem = why_not_now(station, parcel)
    if problem is Problem.NOT_SHELVED:
        call_for(station, [parcel])
    if problem is not None:
        return Refused(problem)
    return light_up(station, [parcel, *together(station, [parcel])], shown_session)


def read_notice(station: Station, scan: NoticeScan) -> Parcel | Refused:
    """The parcel that a notice is about."""
    if scan.station != station.settings.number:
        return Refused(Problem.OTHER_STATION)
    octets = from_letters(scan.token)
    signed, signature = octets[: _ID + _DAY], octets[_ID + _DAY :]
    parcel_id = int.from_bytes(signed[:_ID])
    parcel = by_id(station.conn, parcel_id) if 0 < parcel_id <= last_id(station.conn) else None
    if parcel is None or not hmac.compare_digest(signature, _signature(station, signed, parcel)):
        return Refused(Problem.NO_SUCH_CODE)
    last_day = _EPOCH + timedelta(days=int.from_bytes(signed[_ID:]))
    if station.has_passed(datetime.combine(last_day + timedelta(days=1), time(), station.settings.time_zone)):
        return Refused(Problem.PASS_EXPIRED)
    return parcel


def _signature(station: Station, signed: bytes, parcel: Parcel) -> bytes:
    """Of one person: where a wrong phone was set right, what the first one was sent opens nothing any more."""
    whose = f"{station.settings.number}:{parcel.contact_id}:".encode()
    return station.key.signature(whose + signed)
