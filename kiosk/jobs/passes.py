"""Proxy passes: somebody else collects these parcels, until a day, with a QR instead of a code."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kiosk.jobs.allowed import allowed
from kiosk.jobs.find_parcel import find_parcel
from kiosk.jobs.pick_up import read_pick_up
from kiosk.jobs.station import Station
from kiosk.parcels.codes import PickupCode
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import CodeScan, PassScan, new_token, pass_text, recognise
from kiosk.parcels.sheets import StationEvent, Subject
from kiosk.parcels.states import State
from kiosk.store.parcels import Parcel, by_id
from kiosk.store.passes import pass_by_hash


@dataclass(frozen=True, slots=True)
class ProxyPass:
    """`text` goes into the QR. It is told once: the database keeps a hash."""

    text: str
    waybills: tuple[str, ...]
    valid_until: datetime


@allowed(StationEvent.ISSUE_PASS)
def issue_pass(station: Station, texts: list[str], hours: int) -> ProxyPass | Refused:
    """A pass for these parcels (codes or waybills) and no others. It ends with them, or after so many hours."""
    with station.transaction():
        parcels = []
        for text in texts:
            parcel = find_parcel(station, text, lambda row: row.state == State.SHELVED)
            if isinstance(parcel, Refused):
                return parcel
            parcels.append(parcel)
        token = new_token(station.random)
        until = station.clock.now().astimezone(UTC) + timedelta(hours=hours)
        changes = {
            "parcels": json.dumps([parcel.id for parcel in parcels]),
            "valid_until": until.isoformat(timespec="milliseconds"),
        }
        private = {"token_hash": station.key.secret_hash("pass", token)}
        station.record_about(StationEvent.ISSUE_PASS, Subject.PASS, None, changes, private)
    numbers = tuple(parcel.numbered_waybill for parcel in parcels)
    return ProxyPass(pass_text(token), numbers, until.astimezone(station.settings.time_zone))


def codes_of_pass(station: Station, scan: PassScan) -> CodeScan | Refused:
    """The codes that a pass opens now: of those of its parcels that are still on the shelf."""
    digest = station.key.secret_hash("pass", scan.token)
    found = pass_by_hash(station.conn, digest)
    if found is None:
        return Refused(Problem.NO_SUCH_CODE)
    if found[1] < station.stamp():
        return Refused(Problem.PASS_EXPIRED)
    parcels = [by_id(station.conn, number) for number in found[0]]
    codes = [PickupCode(parcel.code) for parcel in parcels if _is_waiting(parcel) and parcel.code]
    return CodeScan(tuple(codes)) if codes else Refused(Problem.PASS_EXPIRED)


def read_search(station: Station, text: str) -> CodeScan | Refused:
    """What was scanned or typed where a search begins: pickup codes, or a pass for them."""
    scan = recognise(text)
    return codes_of_pass(station, scan) if isinstance(scan, PassScan) else read_pick_up(text)


def _is_waiting(parcel: Parcel) -> bool:
    return parcel.state == State.SHELVED
