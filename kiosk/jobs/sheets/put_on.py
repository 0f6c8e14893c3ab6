"""Putting a parcel on an open sheet, with which it leaves when that is closed."""

from collections.abc import Callable

from kiosk.jobs.find_parcel import find_parcel
from kiosk.jobs.sheets.sheet import Written, open_one
from kiosk.jobs.station import Station
from kiosk.parcels.problems import Refused
from kiosk.parcels.scans import Scan
from kiosk.parcels.sheets import SheetKind
from kiosk.parcels.states import Event
from kiosk.store.tables.parcels import Parcel
from kiosk.store.tables.sheets import Sheet, count_on


def put_on(
    station: Station,
    sheet_id: int,
    kind: SheetKind,
    scan: Scan,
    fitting: Callable[[Parcel], bool],
    ready: Callable[[Sheet, Parcel], Parcel | Refused],
) -> Written | Refused:
    """Write it on the sheet and put its lights out; twice is harmless. `ready` makes the parcel ready to
    go on that sheet, or says why it may not; it is called inside the transaction."""
    with station.transaction():
        sheet = open_one(station, sheet_id, kind)
        if isinstance(sheet, Refused):
            return sheet
        parcel = find_parcel(station, scan, fitting)
        going = parcel if isinstance(parcel, Refused) else ready(sheet, parcel)
        if isinstance(going, Refused):
            return going
        if going.sheet_id != sheet.id:
            station.record(Event.AMEND, going, {"sheet_id": sheet.id})
        count = count_on(station.conn, sheet)
        written = station.keep(
            Written(sheet.id, kind, sheet.party, going.numbered_waybill, going.code, going.slot, count, sheet.expected)
        )
    with station.after_commit():
        station.leases.drop_parcel(going.id)
    return written
