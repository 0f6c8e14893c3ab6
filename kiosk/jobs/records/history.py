"""History: everything that happened to a parcel, a code, a waybill or a slot."""

import json
from dataclasses import dataclass
from datetime import timedelta

from kiosk.jobs.records.look_up import LoggedEvent, logged
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Problem, Refused
from kiosk.parcels.scans import CodeScan, recognise, recognise_waybill
from kiosk.parcels.sheets import Subject
from kiosk.parcels.slots import read_slot
from kiosk.parcels.waybills import Waybill
from kiosk.store.events import About, EventRow, read_events
from kiosk.store.tables.parcels import by_waybill, with_code

SLOT_DAYS = 30  # how far the history of a slot goes back


@dataclass(frozen=True, slots=True)
class History:
    """`about` as it was asked for; events of several parcels stand in the order in which they happened."""

    about: str
    events: tuple[LoggedEvent, ...]


def tell_history(station: Station, text: str) -> History | Refused:
    """Of a slot the last 30 days; of a code or a waybill every parcel that ever had it."""
    address = read_slot(text.upper().removeprefix("SLOT:"))
    if address is not None and str(address) in station.settings.slots_by_name:
        return History(str(address), tuple(logged(station, *row) for row in _of_slot(station, str(address))))
    scan = recognise(text)
    parcels = with_code(station.conn, scan.codes[0]) if isinstance(scan, CodeScan) else []
    if not parcels:
        waybill = recognise_waybill(text)
        if not isinstance(waybill, Waybill):
            return Refused(Problem.NO_SUCH_CODE if isinstance(scan, CodeScan) else waybill)
        parcels = by_waybill(station.conn, waybill.number)
    if not parcels:
        return Refused(Problem.NO_SUCH_WAYBILL)
    rows = [row for parcel in parcels for row in read_events(station.conn, About(Subject.PARCEL, parcel.id))]
    return History(text.strip(), tuple(logged(station, *row) for row in sorted(rows, key=lambda row: row[0].seq)))


def _of_slot(station: Station, slot: str) -> list[tuple[EventRow, str]]:
    """What came into the slot, and the next that happened to each of these: how it left."""
    since = station.stamp(ago=timedelta(days=SLOT_DAYS))
    inside: set[int] = set()
    found = []
    for row, waybill in read_events(station.conn, About(since=since)):
        if row.subject == Subject.PLACE and json.loads(row.changes).get("place") == slot:
            found.append((row, waybill))
        if row.subject != Subject.PARCEL or '"slot":' not in row.changes:
            continue
        came = json.loads(row.changes)["slot"] == slot
        if came or row.subject_id in inside:
            found.append((row, waybill))
        inside = inside | {row.subject_id} if came else inside - {row.subject_id}
    return found
