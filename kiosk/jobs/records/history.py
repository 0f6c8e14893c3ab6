"""History: everything that happened to a parcel, a code, a waybill or a slot."""

import json
from dataclasses import dataclass
from datetime import timedelta

from kiosk.jobs.find_parcel import parcels_meant
from kiosk.jobs.records.look_up import LoggedEvent, logged
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import Subject
from kiosk.store.events import About, EventRow, read_events
from kiosk.store.tables.codes import with_code

SLOT_DAYS = 30  # how far the history of a slot goes back


@dataclass(frozen=True, slots=True)
class History:
    """`about` as it was asked for; events of several parcels stand in the order in which they happened."""

    about: str
    events: tuple[LoggedEvent, ...]


def tell_history(station: Station, scan: Scan) -> History | Refused:
    """Of a slot the last 30 days; of a code or a waybill every parcel that ever had it."""
    slot = scan.slot_name
    if slot is not None and slot in station.settings.slots_by_name:
        return History(slot, tuple(logged(station, *row) for row in _of_slot(station, slot)))
    had_it = with_code(station.conn, scan.code) if scan.code else []
    parcels = had_it or parcels_meant(station, scan, any_piece=True)
    if isinstance(parcels, Refused):
        return parcels
    rows = [row for parcel in parcels for row in read_events(station.conn, About(Subject.PARCEL, parcel.id))]
    return History(scan.text.strip(), tuple(logged(station, *row) for row in sorted(rows, key=lambda row: row[0].seq)))


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
